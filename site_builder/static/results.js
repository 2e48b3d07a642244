// The search box with its results: shown while typing, narrowed by facets, all of it in the address, walked with the
// arrow keys, quoted with one click.
"use strict";

(() => {
  const form = document.querySelector("form[data-search]");
  const input = form.querySelector("input");
  const byId = (id) => document.getElementById(id);
  const [status, also, chips, facets, list] = ["search-status", "search-also", "chosen", "facets", "results"].map(byId);
  const rest = byId("without-query");
  const root = document.body.dataset.root;
  const PAGE = 10;
  const CONTEXT = 60;
  const SHOWN_VALUES = 8;
  const SHORT = 4;
  const NAMES = { kind: "种类", department: "部门", region: "地区", year: "年份", state: "效力", amount: "金额范围", group: "适用对象" };
  const ENDED = new Set(["presumed_superseded", "expired", "superseded", "repealed", "suspended"]);
  let turn = 0;
  let shownFor = null;
  byId("no-scripts").hidden = true;

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  // words of documents, whatever direction they run in
  const bdi = (...children) => element("bdi", "", ...children);

  function button(className, words, act) {
    const made = element("button", className, words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // a link that keeps the day that was asked for
  function link(className, href, ...children) {
    const made = element("a", className, ...children);
    const day = PolicyDay.asked();
    const [page, anchor] = href.split("#");
    const dated = day ? `${page}${page.includes("?") ? "&" : "?"}on=${day}` : page;
    made.href = anchor === undefined ? dated : `${dated}#${anchor}`;
    return made;
  }

  // ---- what is asked for, as the address says it

  function asked() {
    const parameters = new URL(location.href).searchParams;
    const chosen = Object.fromEntries(Object.keys(NAMES).map((facet) => [facet, [...new Set(parameters.getAll(facet))]]));
    return { query: (parameters.get("q") ?? "").trim(), chosen, exact: parameters.has("exact") };
  }

  function parametersOf({ query, chosen, exact }) {
    const parameters = new URLSearchParams();
    if (query) parameters.set("q", query);
    for (const [facet, values] of Object.entries(chosen)) for (const value of values) parameters.append(facet, value);
    if (exact) parameters.set("exact", "1");
    return parameters;
  }

  function addressOf(wanted) {
    const parameters = parametersOf(wanted);
    if (PolicyDay.asked()) parameters.set("on", PolicyDay.asked());
    const text = parameters.toString();
    return text ? `?${text}` : location.pathname.split("/").at(-1) || "./";
  }

  // what is typed replaces the address, what is chosen can be gone back from
  function go(wanted, { keep = false } = {}) {
    history[keep ? "replaceState" : "pushState"](null, "", addressOf(wanted));
    return show();
  }

  const isChosen = (chosen) => Object.values(chosen).some((values) => values.length);

  function without({ query, chosen, exact }, facet, value) {
    return { query, exact, chosen: { ...chosen, [facet]: chosen[facet].filter((one) => one !== value) } };
  }

  function toggled(wanted, facet, value) {
    if (wanted.chosen[facet].includes(value)) return without(wanted, facet, value);
    return { ...wanted, chosen: { ...wanted.chosen, [facet]: [...wanted.chosen[facet], value] } };
  }

  // ---- words lit up

  function lit(text, words, from = 0, to = text.length) {
    const pieces = [];
    let at = from;
    for (const [start, end] of PolicySpelling.spans(text, words)) {
      if (end <= from || start >= to) continue;
      pieces.push(text.slice(at, Math.max(at, start)), element("mark", "hit", text.slice(Math.max(at, start), Math.min(end, to))));
      at = Math.min(end, to);
    }
    if (at < to) pieces.push(text.slice(at, to));
    return pieces;
  }

  // the words around the first hit, from line to line if the lines are short
  function excerpt(text, words) {
    const first = PolicySpelling.spans(text, words)[0]?.[0] ?? 0;
    const lineStart = text.lastIndexOf("\n", first - 1) + 1;
    const lineEnd = text.indexOf("\n", first);
    const start = Math.max(lineStart, first - CONTEXT);
    const end = Math.min(lineEnd < 0 ? text.length : lineEnd, first + 3 * CONTEXT);
    const tail = end < text.length && end !== lineEnd ? "…" : "";
    return [start > lineStart ? "…" : "", ...lit(text, words, start, end), tail];
  }

  // ---- quotations

  // the sentence that the first hit stands in
  const sentence = (text, words) => PolicyCopy.sentence(text, ...(PolicySpelling.spans(text, words)[0] ?? [0, 1]));

  const copier = (words) => button("copy", "复制引用", ({ target }) => PolicyCopy.copy(target.parentElement, words, "引用文字"));

  // ---- results

  function stateMark(periods, states) {
    if (!periods) return [];
    const [, state] = PolicyDay.at(periods, PolicyDay.current());
    const mark = element("span", "state", states[state]);
    mark.dataset.state = state;
    return [mark];
  }

  function resultOf(found, words, shared) {
    const lights = [...words, ...found.instead];
    return found.values ? measureOf(found, lights, shared) : lineOf(found, lights, shared);
  }

  function headOf(found, title, ...more) {
    return element("p", "result-head", element("span", `kind ${found.code}`, found.label), title, ...more);
  }

  function lineOf(found, words, shared) {
    const title = link("result-title", found.href, bdi(...lit(found.title, words)));
    title.dataset.stop = "";
    const parts = [headOf(found, title, ...stateMark(found.periods, shared.states))];
    if (found.said) parts.push(element("p", "result-text", bdi(...excerpt(found.said, words))));
    parts.push(...servedBy(found, words));
    const within = found.code === "document" ? [] : [found.number, found.source].filter(Boolean);
    const place = `${[within[0], found.where].filter(Boolean).join(" › ")}　${within[1] ?? ""}`.trim();
    if (place) parts.push(element("p", "result-place", bdi(...lit(place, words))));
    const acts = found.citation ? [copier(quotationOf(found, words))] : [];
    if (found.page) acts.push(link("", found.page, "规则详情"));
    if (acts.length) parts.push(element("p", "result-acts", ...acts));
    parts.push(...insteadOf(found));
    return element("li", "result", ...parts);
  }

  function quotationOf({ code, citation, said }, words) {
    const quote = { document: "", clause: code === "clause" ? sentence(said, words) : "" }[code] ?? said;
    return PolicyCopy.quotation(citation, quote);
  }

  const insteadOf = ({ instead }) => (instead.length ? [element("p", "result-also", `也包括：${[...new Set(instead)].join("、")}`)] : []);

  // whom a measure is for, where that is what was asked for
  function servedBy({ served, said }, words) {
    const untold = served.split("；").filter((one) => !said.includes(one)).join("；");
    if (!PolicySpelling.spans(untold, words).length) return [];
    return [element("p", "result-also", bdi(...excerpt(untold, words)))];
  }

  // the standing value first, those that ended struck through under it
  function measureOf(found, words, shared) {
    const day = PolicyDay.current();
    const order = Object.keys(shared.states);
    const valued = found.values.map((value) => ({ ...value, state: PolicyDay.at(value.periods, day)[1] }));
    const recent = (a, b) => (a.since < b.since ? 1 : a.since > b.since ? -1 : 0);
    valued.sort((a, b) => ENDED.has(a.state) - ENDED.has(b.state) || order.indexOf(a.state) - order.indexOf(b.state)
      || a.restated - b.restated || recent(a, b));
    const title = link("result-title", found.href, bdi(...lit(found.title, words)));
    const values = element("ul", "values", ...valued.map((value, i) => valueOf(value, words, shared, i === 0)));
    return element("li", "result measure-card", headOf(found, title), ...servedBy(found, words), values, ...insteadOf(found));
  }

  function valueOf(value, words, shared, isFirst) {
    const sum = element(ENDED.has(value.state) ? "s" : "strong", "sum", bdi(...lit(value.words, words)));
    const place = value.number ? `${value.number} › ${value.clause}` : value.clause;
    const clause = link("", value.href, bdi(place));
    if (isFirst) clause.dataset.stop = "";
    const acts = [copier(PolicyCopy.quotation(value.citation, value.quote))];
    if (value.page) acts.push(link("", value.page, "规则详情"));
    return element("li", "value",
      element("p", "value-head", sum, ...stateMark(value.periods, shared.states), element("span", "remark", value.note)),
      element("p", "result-text", bdi(...lit(value.quote, words))),
      element("p", "value-place", clause),
      element("p", "result-place", bdi(value.title)),
      element("p", "result-acts", ...acts));
  }

  async function more(answer, shared, from) {
    const page = answer.results.slice(from, from + PAGE);
    const described = await Promise.all(page.map(PolicySearch.describe));
    return described.map((found) => resultOf(found, answer.words, shared));
  }

  function append(items, answer, shared, shown) {
    list.querySelector(".more")?.remove();
    list.append(...items);
    const left = answer.results.length - shown;
    if (left <= 0) return;
    const next = button("", `再显示 ${Math.min(PAGE, left)} 条`, async () => {
      const further = await more(answer, shared, shown);
      append(further, answer, shared, shown + PAGE);
      further[0]?.querySelector("[data-stop]")?.focus();
    });
    next.dataset.stop = "";
    list.append(element("li", "more", next));
  }

  // ---- facets

  function labelOf(facet, value, shared) {
    if (facet === "kind") return shared.kinds.find(([code]) => code === value)?.[1] ?? value;
    if (facet === "state") return shared.states[value] ?? value;
    if (facet === "amount") return shared.sums[Number(value)]?.[1] ?? value;
    return facet === "year" ? `${value}年` : value;
  }

  function orderOf(facet, shared) {
    const kinds = shared.kinds.map(([code]) => code);
    const states = Object.keys(shared.states);
    const place = { kind: (v) => kinds.indexOf(v), state: (v) => states.indexOf(v), amount: Number, year: (v) => -Number(v) }[facet];
    return place ? ([a], [b]) => place(a) - place(b) : ([a, m], [b, n]) => n - m || (a < b ? -1 : 1);
  }

  function valuesOf(facet, wanted, counts, shared) {
    const all = new Map(counts[facet] ?? []);
    for (const value of wanted.chosen[facet]) if (!all.has(value)) all.set(value, 0);
    return [...all].sort(orderOf(facet, shared));
  }

  function boxOf(facet, value, count, wanted, shared) {
    const box = element("input", "");
    box.type = "checkbox";
    box.name = facet;
    box.value = value;
    box.checked = wanted.chosen[facet].includes(value);
    box.addEventListener("change", () => go(toggled(asked(), facet, value)));
    return element("li", "", element("label", "", box, " ", bdi(labelOf(facet, value, shared)), " ", element("span", "count", String(count))));
  }

  function fieldOf(facet, wanted, counts, shared) {
    const values = valuesOf(facet, wanted, counts, shared);
    const isUseful = values.length > 1 || wanted.chosen[facet].length;
    if (!isUseful || (facet === "group" && !wanted.chosen.group.length && values.length > 60)) return [];
    const boxes = values.map(([value, count]) => boxOf(facet, value, count, wanted, shared));
    const field = element("fieldset", "", element("legend", "", NAMES[facet]), element("ul", "", ...boxes.slice(0, SHOWN_VALUES)));
    if (boxes.length > SHOWN_VALUES) {
      const hidden = values.slice(SHOWN_VALUES).some(([value]) => wanted.chosen[facet].includes(value));
      const fold = element("details", "", element("summary", "", `另外 ${boxes.length - SHOWN_VALUES} 项`), element("ul", "", ...boxes.slice(SHOWN_VALUES)));
      fold.open = hidden || openFolds.has(facet);
      fold.addEventListener("toggle", () => openFolds[fold.open ? "add" : "delete"](facet));
      field.append(fold);
    }
    return [field];
  }

  const openFolds = new Set();

  function showFacets(wanted, counts, shared) {
    const focused = facets.contains(document.activeElement) ? document.activeElement : null;
    const fields = Object.keys(NAMES).flatMap((facet) => fieldOf(facet, wanted, counts, shared));
    const summary = facets.querySelector("summary");
    const number = Object.values(wanted.chosen).flat().length;
    summary.textContent = number ? `筛选（已选 ${number} 项）` : "筛选";
    facets.replaceChildren(summary, ...fields);
    facets.hidden = !fields.length;
    if (focused?.name) {
      [...facets.querySelectorAll("input")].find((box) => box.name === focused.name && box.value === focused.value)?.focus();
    }
  }

  function showChips(wanted, shared) {
    const pairs = Object.entries(wanted.chosen).flatMap(([facet, values]) => values.map((value) => [facet, value]));
    const chip = ([facet, value]) => {
      const label = labelOf(facet, value, shared);
      const made = button("chip", "", () => {
        go(without(asked(), facet, value));
        (chips.querySelector("button") ?? input).focus();
      });
      made.append(`${NAMES[facet]}：`, bdi(label), element("span", "cross", " ×"));
      made.setAttribute("aria-label", `去掉条件 ${NAMES[facet]}：${label}`);
      return element("li", "", made);
    };
    const all = pairs.length > 1 ? [element("li", "", button("chip", "全部去掉", () => {
      go({ ...asked(), chosen: Object.fromEntries(Object.keys(NAMES).map((facet) => [facet, []])) });
      input.focus();
    }))] : [];
    chips.replaceChildren(...pairs.map(chip), ...all);
    chips.hidden = !pairs.length;
  }

  // ---- words that were taken for those typed

  function showAlso(wanted, answer) {
    const others = [...new Set(answer.results.flatMap((match) => match.instead))];
    also.replaceChildren();
    if (wanted.exact) {
      also.append("只找原词。", button("plain", "也找近义的词", () => go({ ...asked(), exact: false })));
    } else if (others.length) {
      const number = answer.results.length - answer.exactly;
      also.append(`也包括：${others.join("、")}（${number} 条，排在后面）。`, button("plain", "只找原词", () => go({ ...asked(), exact: true })));
    }
    also.hidden = !also.childNodes.length;
  }

  // ---- nothing found: what is near

  const offered = (wanted, words, count) => element("li", "", link("", `${root}search.html?${parametersOf(wanted)}`, words), ` ${count} 条`);

  async function relaxed(wanted) {
    const pairs = Object.entries(wanted.chosen).flatMap(([facet, values]) => values.map((value) => [facet, value]));
    const shared = await PolicyIndex.manifest();
    const found = await Promise.all(pairs.map(async ([facet, value]) => {
      const fewer = without(wanted, facet, value);
      return [fewer, `去掉“${NAMES[facet]}：${labelOf(facet, value, shared)}”`, await PolicySearch.count(wanted.query, fewer)];
    }));
    return found.filter(([, , count]) => count);
  }

  async function fewerWords(wanted, words) {
    const each = words.length > 1 ? words : [];
    const rests = words.length > 2 ? words.map((_, i) => words.filter((_, k) => k !== i)) : [];
    const queries = [...rests.map((some) => some.join(" ")), ...each];
    return Promise.all(queries.map(async (query) => [{ ...wanted, query }, `只查“${query}”`, await PolicySearch.count(query, wanted)]));
  }

  // the longest parts of a word that stand somewhere
  async function parts(wanted, word) {
    const characters = Array.from(word).slice(0, 16);
    for (let length = characters.length - 1; length >= 2; length--) {
      const some = Array.from({ length: characters.length - length + 1 }, (_, i) => characters.slice(i, i + length).join(""));
      const counted = await Promise.all(some.map(async (part) => [{ ...wanted, query: part }, part, await PolicySearch.count(`"${part}"`, { ...wanted, exact: true })]));
      const found = counted.filter(([, , count]) => count);
      if (found.length) return found.sort((a, b) => b[2] - a[2]).slice(0, 3);
    }
    return [];
  }

  async function nearNames(wanted, word) {
    const names = await PolicySearch.names();
    const own = new Set(word);
    const likeness = (name) => [...new Set(name)].filter((c) => own.has(c)).length * 2 / (own.size + new Set(name).size);
    const near = names.map((name, i) => [name, likeness(name), i]).filter(([name, like]) => like >= 0.5 && name !== word)
      .sort((a, b) => b[1] - a[1] || a[2] - b[2]).slice(0, 5);
    const found = await Promise.all(near.map(async ([name]) => [{ ...wanted, query: name }, name, await PolicySearch.count(name, wanted)]));
    return found.filter(([, , count]) => count);
  }

  async function nothing(wanted, words) {
    const counts = await Promise.all(words.map((word) => PolicySearch.count(`"${word}"`, { exact: wanted.exact })));
    const missing = words.filter((_, i) => !counts[i]);
    const near = await Promise.all(missing.flatMap((word) => [
      nearNames(wanted, word).then((found) => [`与“${word}”相近的名称`, found]),
      parts(wanted, word).then((found) => [`“${word}”中的字句`, found]),
    ]));
    const groups = [
      ["放宽条件", await relaxed(wanted)],
      ["各词须同时出现，可以少用一个", await fewerWords(wanted, words)],
      ...near,
    ].filter(([, found]) => found.length);
    const told = groups.flatMap(([title, found]) => [
      element("p", "", `${title}：`),
      element("ul", "near", ...found.map(([where, name, count]) => (count ? offered(where, name, count) : element("li", "", `${name} 0 条`)))),
    ]);
    const known = (await PolicySearch.names()).find((name) => name.length <= SHORT && !words.includes(name));
    const example = known ? `，例如“${known}”` : "";
    const general = element("p", "", `可以换一个更短的词${example}；文号可以只输入年份或者最后的号数。`);
    return element("li", "nothing", ...told, general);
  }

  // ---- showing

  function clear() {
    list.replaceChildren();
    chips.replaceChildren();
    status.textContent = "";
    for (const part of [also, chips, facets]) part.hidden = true;
    shownFor = "";
  }

  async function show() {
    const mine = ++turn;
    const wanted = asked();
    const isAsked = Boolean(wanted.query) || isChosen(wanted.chosen);
    if (rest) rest.hidden = isAsked;
    if (!isAsked) return clear();
    try {
      const shared = await PolicyIndex.manifest();
      const answer = await PolicySearch.find(wanted.query, wanted);
      const items = answer.results.length ? await more(answer, shared, 0) : [await nothing(wanted, answer.words)];
      if (mine !== turn) return;
      list.replaceChildren();
      append(items, answer, shared, PAGE);
      showChips(wanted, shared);
      showFacets(wanted, answer.counts, shared);
      showAlso(wanted, answer);
      status.textContent = answer.results.length ? `找到 ${answer.results.length} 条。`
        : `没有找到${wanted.query ? `“${wanted.query}”` : "符合条件的内容"}。`;
      shownFor = addressOf(wanted);
    } catch (problem) {
      if (mine !== turn) return;
      list.replaceChildren();
      status.textContent = `检索数据没有读到（${problem.message}）。请确认整个站点文件夹完整，然后刷新。`;
    }
  }

  // ---- typing and keys

  let pause = 0;
  const typed = () => go({ ...asked(), query: input.value.trim() }, { keep: true });

  input.addEventListener("input", (event) => {
    clearTimeout(pause);
    // an input method is still choosing its characters
    if (!event.isComposing) pause = setTimeout(typed, 60);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(pause);
    pause = setTimeout(typed, 0);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(pause);
    const wanted = { ...asked(), query: input.value.trim() };
    if (shownFor !== addressOf(wanted)) await go(wanted, { keep: true });
    // nobody who sends a question off, least of all on a phone, asks to be taken away from its answers
    if (shownFor === addressOf(wanted)) list.querySelector("[data-stop]")?.focus();
  });

  // an input method's own Enter, Esc and arrows choose a character, not a result
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") escape(event);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...list.querySelectorAll("[data-stop]")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next || stops.length === 1) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });

  // from a result back to the box, from the box to an empty one
  function escape(event) {
    if (document.activeElement === input) {
      if (!input.value) return;
      event.preventDefault();
      input.value = "";
      typed();
    } else if (list.contains(document.activeElement)) {
      input.focus();
      input.select();
    }
  }

  function arrive() {
    input.value = asked().query;
    show();
  }

  addEventListener("popstate", arrive);
  addEventListener("policyday", () => { if (shownFor) show(); });
  // whoever opened the page will ask something, and need not wait for this then; show() tells what fails
  PolicySearch.prepare().catch(() => {});
  arrive();
})();
