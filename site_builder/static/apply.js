// 我能申领什么: reads the form and the address, asks PolicyClaims, and shows what fits, what a person has to judge and what does
// not fit, each with the sentence that decided. All that was asked stands in the address.
"use strict";

(() => {
  const form = document.getElementById("claim-form");
  const byId = (id) => document.getElementById(id);
  const [answers, heading, status, list, problems] = ["claim-answers", "claim-heading", "claim-status", "claim-list", "claim-problems"].map(byId);
  const [province, region] = ["ask-province", "ask-region"].map(byId);
  const root = document.body.dataset.root;
  const ANSWERS = [
    ["符合", "fits", "写明的条件都满足，以原文和主管部门核定为准。"],
    ["需人工判断", "open", "有的情况没有填，有的只有人能判断；补上以后再看。"],
  ];
  // characters of a sentence that are shown: of one that decides, and of one that is told besides
  const LONGEST = 160;
  const BESIDES = 60;
  const PAGE = 10;
  // what PolicyClaims calls a place that is not known
  const UNPLACED = 2;
  let turn = 0;
  let current = null;
  let decisions = { confirmed: [], denied: [] };

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children.flat().filter((child) => child !== null));
    return made;
  };

  const bdi = (words) => element("bdi", "", words);

  function button(className, words, act) {
    const made = element("button", className, words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function link(href, ...children) {
    const made = element("a", "", ...children);
    made.href = root + href;
    return made;
  }

  // ---- the form and the address

  const inputs = () => [...form.elements].filter((field) => field.name);
  const percentInto = (text) => { const read = Exact.read(text); return read ? Exact.text(Exact.percentOf(read, Exact.read(1))) : text; };
  const percentFrom = (text) => { const read = Exact.read(text); return read ? Exact.text(Exact.times(read, Exact.HUNDRED)) : text; };

  function parametersOf() {
    const told = new URLSearchParams();
    for (const field of inputs()) {
      const value = field.value.trim();
      if (!value || (field.type === "checkbox" && !field.checked)) continue;
      told.append(field.name, "percent" in field.dataset ? percentInto(value) : value);
    }
    const place = region.value || province.value;
    if (place) told.set("region", place);
    for (const [key, ids] of Object.entries(decisions)) for (const id of ids) told.append(key, id);
    return told;
  }

  async function fill(told) {
    for (const field of inputs()) {
      const values = told.getAll(field.name);
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = ("percent" in field.dataset ? percentFrom(values[0] ?? "") : values[0]) ?? "";
    }
    if (!form.elements.on.value) form.elements.on.value = PolicyDay.today();
    decisions = { confirmed: told.getAll("confirmed"), denied: told.getAll("denied") };
    const place = told.get("region") ?? "";
    province.value = /^\d{6}$/.test(place) ? `${place.slice(0, 2)}0000` : place;
    if (province.selectedIndex < 0) province.value = "";
    await offerPlaces();
    region.value = place === province.value ? "" : place;
    if (region.selectedIndex < 0) region.value = "";
    tellGroups();
    const folded = [...byId("ask-more").querySelectorAll("[name]")];
    if (folded.some((field) => field.value)) byId("ask-more").open = true;
  }

  function tellGroups() {
    const chosen = inputs().filter((field) => field.name === "groups" && field.checked).map((field) => field.value);
    form.querySelector("[data-chosen]").textContent = chosen.join("、") || "可多选";
  }

  // the cities of a province with their counties
  async function offerPlaces() {
    const code = province.value;
    const whole = new Option(code && code !== "境外" ? "全省（区、市）" : "—", "");
    region.disabled = !/^\d{6}$/.test(code);
    // until those of this province are here, none of another may be chosen
    region.replaceChildren(whole);
    if (region.disabled) return undefined;
    const places = await PolicyClaims.placesOf(code);
    if (code !== province.value) return undefined;
    const groups = new Map();
    for (const [place, name] of places) {
      const city = place.slice(0, 4);
      if (!groups.has(city)) groups.set(city, { name: place.endsWith("00") ? name : "直辖县、区", options: [] });
      groups.get(city).options.push(new Option(name, place));
    }
    const offered = [...groups.values()].map(({ name, options }) => {
      const group = element("optgroup", "", options);
      group.label = name;
      return group;
    });
    return region.replaceChildren(whole, ...offered);
  }

  // ---- what cannot be

  function problemsOf() {
    const found = [];
    const tell = (field, words) => found.push([field, words]);
    for (const field of inputs()) {
      if (field.validity.badInput || field.validity.rangeOverflow || field.validity.rangeUnderflow) {
        tell(field, "日期写作 2024-03-01，年份从1949到2199");
      }
      if (!("number" in field.dataset) || !field.value.trim()) continue;
      const value = Exact.read(field.value);
      if (!value) tell(field, "要用阿拉伯数字，如 12");
      else if (value.digits < 0n) tell(field, "不能小于0");
      else if ("whole" in field.dataset && Exact.compare(value, Exact.whole(value))) tell(field, "要是整数");
      else if (Exact.compare(value, Exact.read(field.dataset.most)) > 0) tell(field, `不能大于${field.dataset.most}`);
      else if (value.places > 20) tell(field, "小数点后不能超过20位");
    }
    const { people, employed, employment_rate: rate } = Object.fromEntries(
      ["people", "employed", "employment_rate"].map((name) => [name, Exact.read(form.elements[name].value)]));
    if (!found.length && people && employed) {
      if (Exact.compare(employed, people) > 0) tell(form.elements.employed, "不能多于人数");
      else if (rate && people.digits > 0n && Exact.compare(employed, Exact.whole(Exact.percentOf(people, rate)))) {
        tell(form.elements.employed, "与人数、就业率不符，两者填一个即可");
      }
    }
    return found;
  }

  const labelOf = (field) => field.labels[0].textContent;

  function showProblems(found) {
    for (const field of inputs()) field.removeAttribute("aria-invalid");
    problems.hidden = !found.length;
    problems.replaceChildren(...found.map(([field, words]) => {
      field.setAttribute("aria-invalid", "true");
      const fold = field.closest("details");
      if (fold) fold.open = true;
      return element("p", "", button("plain", labelOf(field), () => field.focus()), `${words}。`);
    }));
  }

  // ---- pieces of an answer

  // the page of a sentence, scrolled to its words where the browser can (URL fragment text directives)
  function sentenceLink({ name, page, clause, anchor, quote }, home) {
    const lines = quote.split("\n").map((line) => line.trim()).filter(Boolean);
    const escaped = (words) => encodeURIComponent(words).replaceAll("-", "%2D");
    const [first, last] = [lines[0] ?? "", lines.at(-1) ?? ""];
    const range = first.length > 24 || lines.length > 1 ? `${escaped(first.slice(0, 12))},${escaped(last.slice(-12))}` : escaped(first);
    // of the notice that is told above, the clause is enough
    return link(`${page}#${encodeURIComponent(anchor)}:~:text=${range}`, ...(name === home && clause ? [clause] : [bdi(name), clause ? ` ${clause}` : ""]));
  }

  function quoted(sentence, longest = LONGEST, home = "") {
    const words = sentence.quote.replace(/\s+/g, " ");
    const cut = words.length > longest ? `${words.slice(0, longest)}…` : words;
    return [element("q", "", cut), " ", sentenceLink(sentence, home)];
  }

  function asked(key) {
    const field = { groups: byId("ask-groups").querySelector("summary"), region: province, received: null }[key] ?? form.elements[key];
    if (!field) return null;
    return button("plain", "去填写", () => {
      const fold = byId("ask-more");
      if (fold.contains(field)) fold.open = true;
      if (key === "groups") byId("ask-groups").open = true;
      field.focus();
    });
  }

  async function decide(id, key, rule) {
    const kept = (list) => list.filter((one) => one !== id);
    const undone = decisions[key].includes(id);
    decisions = { confirmed: kept(decisions.confirmed), denied: kept(decisions.denied) };
    if (!undone) decisions[key].push(id);
    await go({ keep: true });
    // the same button of the same answer; where that has gone to what does not fit, the head of all
    const again = [...list.querySelectorAll(`[data-decides="${id}"] [data-says=${key}]`)];
    (again.find((one) => one.closest("[data-rule]").dataset.rule === rule) ?? again[0] ?? heading).focus();
  }

  // what a person has to judge, or has judged
  function decider({ asks, id }, about) {
    const [yes, no] = asks === "force" ? ["有效", "无效"] : ["满足", "不满足"];
    const made = element("span", "decide", [["confirmed", yes], ["denied", no]].map(([key, words]) => {
      const one = button("chip", words, () => decide(id, key, one.closest("[data-rule]").dataset.rule));
      one.dataset.says = key;
      one.setAttribute("aria-pressed", String(decisions[key].includes(id)));
      return one;
    }));
    made.dataset.decides = id;
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", `核定：${about}`);
    return made;
  }

  function nameOf({ row: { words }, rule }, level) {
    const title = element(level, "claim-name", link(words.measure || words.page, bdi(words.name.join(" · "))));
    return title;
  }

  function sumOf({ sum, missing, row: { words } }) {
    const called = (name) => labelOf(form.elements[name]).replace("（必填）", "");
    if (sum) {
      const means = sum.means === "应得金额" ? "" : `${sum.means}，`;
      return element("p", "claim-sum", element("strong", "reckoned", PolicyReckoning.said(sum)), " ",
        element("span", "remark", means, link(words.page, bdi(words.formula))));
    }
    const wanted = missing.filter((name) => form.elements[name]);
    const needs = wanted.flatMap((name) => ["　", button("plain", `填${called(name)}`, () => {
      if (byId("ask-more").contains(form.elements[name])) byId("ask-more").open = true;
      form.elements[name].focus();
    })]);
    return element("p", "claim-sum", element("strong", "", link(words.page, bdi(words.formula))),
      wanted.length ? element("span", "remark", "　填了数量就能算出金额：", needs) : null);
  }

  // that a sum comes on top of another, or is taken off it, and which that is
  function relativeOf({ row: { words: { relative } } }) {
    if (!relative) return null;
    const other = relative.page ? [" ", link(relative.page, "看那一项")] : [];
    return element("p", "claim-relative", element("strong", "", relative.says), "。", quoted(relative.sentence, BESIDES), other);
  }

  function reckonedOf({ sum }) {
    if (!sum || !(sum.steps.length || sum.notes.length)) return null;
    const shown = [...sum.steps, ...sum.notes.map((note) => `注：${note}`)];
    return ["计算", shown.map((words) => element("p", "", words))];
  }

  function becauseOf({ deciding, decidedBy, document: { name }, judgements }) {
    const open = judgements.filter(({ holds }) => holds === null);
    if (!deciding || deciding.holds === false) {
      return element("p", "claim-why", deciding ? `${deciding.because}。` : "依据：", quoted(decidedBy, LONGEST, name));
    }
    return element("ul", "claim-open", open.map(({ condition, because, missing }) => element("li", "",
      element("p", "", element("strong", "", because), missing ? asked(missing) : decider(condition, because)),
      quoted(condition.sentence, LONGEST, name))));
  }

  function decidedOf({ document: { name }, judgements }) {
    const settled = judgements.filter(({ condition: { id } }) => [...decisions.confirmed, ...decisions.denied].includes(id));
    if (!settled.length) return null;
    return ["核定", settled.map(({ condition, because }) => element("p", "", because, " ", quoted(condition.sentence, LONGEST, name), decider(condition, because)))];
  }

  // what is told of its force; what lets it be claimed is no doubt about it
  function forceOf({ condition: { says }, because, holds }) {
    const told = holds || because.startsWith(says) ? because : `${says}：${because}`;
    return told.replace(/。*$/, "。");
  }

  const department = (found) => link(`search.html?q=${encodeURIComponent(found)}`, bdi(found));
  const joined = (pieces) => pieces.flatMap((piece, n) => (n ? ["、", piece] : [piece]));

  function besidesOf(offer) {
    const { row: { words }, document: { page }, judgements, instead, conflicts } = offer;
    const limits = judgements.filter(({ condition, holds }) => condition.asks === "times" && holds);
    const deadline = ([quote, clause, anchor]) => element("p", "", element("q", "", quote), " ", link(`${page}#${anchor}`, clause || "正文"));
    const rows = [
      reckonedOf(offer),
      decidedOf(offer),
      ["期限", words.deadlines.map(deadline)],
      ["谁支付", words.payer ? [element("p", "", `${words.payer.name}　`, quoted(words.payer.sentence, BESIDES))] : []],
      ["向谁申领", words.apply.map((sentence) => element("p", "", quoted(sentence, BESIDES)))],
      ["部门", words.departments.length ? [element("p", "", joined(words.departments.map(department)))] : []],
      ["问谁", words.contacts.map((parts) => element("p", "", bdi(parts.join(" "))))],
      ["次数", limits.map(({ condition, because }) => element("p", "", `${because}。`, quoted(condition.sentence, BESIDES)))],
      ["叠加", [
        ...(instead ? [element("p", "", "与另一项不重复享受，取较高的一项：", ruleLink(instead))] : []),
        ...words.stacking.map((sentence) => element("p", "", quoted(sentence))),
      ]],
      ["冲突", conflicts.map((rule) => element("p", "", "与另一处规定不一致，待核定：", ruleLink(rule)))],
      ["效力", [element("p", "", forceOf(judgements[0]))]],
    ].filter((one) => one && one[1].length);
    const shown = rows.map(([name, values]) => element("div", "", element("dt", "", name), element("dd", "", values)));
    const remark = element("p", "remark", coveredOf(offer));
    return [element("dl", "fields", shown), remark];
  }

  // how far the program could go: what is left is for a person
  function coveredOf({ judgements }) {
    const asked = judgements.filter(({ condition }) => condition.asks === "person").length;
    return asked ? `${judgements.length} 个条件中，程序能判断 ${judgements.length - asked} 个，其余 ${asked} 个须由人判断` : `${judgements.length} 个条件都由程序判断`;
  }

  // the page of a rule that is shown here or elsewhere on this page
  function ruleLink(rule) {
    const known = shownPages.get(rule);
    return known ? link(known.page, bdi(known.name)) : bdi(rule);
  }
  const shownPages = new Map();

  function claimOf(offer, level = "h4") {
    const { answer, beneath, document: { name, page }, row: { words } } = offer;
    const title = nameOf(offer, level);
    if (beneath.length) title.append(" ", element("span", "state presumed", "推定替代在先规定"));
    if (level !== "h4") title.append(" ", element("span", "state", answer));
    const made = element("article", "claim", title,
      element("p", "remark", link(page, bdi(name)), words.quote.clause ? ` ${words.quote.clause}` : ""),
      sumOf(offer), relativeOf(offer), becauseOf(offer), besidesOf(offer));
    made.dataset.rule = offer.rule;
    made.dataset.answer = answer;
    if (beneath.length && level === "h4") made.append(earlierOf(offer));
    return made;
  }

  // what an offer presumably takes the place of: the nearest, and the others in a fold
  function earlierOf(offer) {
    const all = PolicyClaims.earlier(offer);
    const [shown, rest] = [all.slice(0, PolicyClaims.EARLIER), all.slice(PolicyClaims.EARLIER)];
    const made = element("div", "earlier", element("p", "remark", "在先规定，推定已被上面一项替代；没有人核定，所以仍列出："),
      element("ul", "refusals", shown.map(entry)));
    if (rest.length) made.append(folded("更早的规定", rest.length, "", () => listed(rest, current, entry)));
    return made;
  }

  // what does not fit in short, all else in full
  const entry = (offer) => (offer.answer === "不符合" ? refusalOf(offer) : element("li", "", claimOf(offer, "h5")));

  // what does not fit, on a line each
  function refusalOf(offer) {
    const { deciding, decidedBy, replaced, row: { words }, rule } = offer;
    const name = element("span", "claim-name", link(words.page, bdi(words.name.join(" · "))));
    const made = element("li", "", element("p", "", replaced ? "在先规定　" : "", name, "　", bdi(words.formula)), element("p", "claim-why", `${deciding.because}。`, quoted(decidedBy)));
    made.dataset.rule = rule;
    made.dataset.answer = "不符合";
    return made;
  }

  function leftOf({ at, row: { words }, rule, why }) {
    const [label, because, sentence, successors = []] = at === undefined ? [] : words.force[at];
    const made = element("li", "", element("p", "", element("span", "claim-name", link(words.page, bdi(words.name.join(" · ")))), "　", bdi(words.formula)),
      element("p", "claim-why", why ? `${why}。` : `${because.startsWith(label) ? because : `${label}：${because}`}`.replace(/。*$/, "。"), sentence ? quoted(sentence) : null),
      successors?.length ? element("p", "", "现在看：", joined(successors.map(([, name, page]) => (page ? link(page, bdi(name)) : bdi(name))))) : null);
    made.dataset.rule = rule;
    made.dataset.answer = "未列入";
    return made;
  }

  // ---- groups of answers

  // the first of a list, and a button for those that follow
  function paged(found, about, show, className) {
    const shown = element(className === "claim-rows" ? "div" : "ul", className);
    const more = button("plain", "", () => extend());
    let at = 0;
    async function extend() {
      const next = found.slice(at, at + PAGE);
      await PolicyClaims.tell(next, about);
      for (const one of next.flatMap(withEarlier).filter((offer) => offer.row.words)) {
        shownPages.set(one.rule, { page: one.row.words.page, name: `${one.document.name} ${one.row.words.quote.clause}` });
      }
      const made = next.map(show);
      shown.append(...made);
      at += next.length;
      more.hidden = at >= found.length;
      more.textContent = `再看 ${Math.min(PAGE, found.length - at)} 项`;
      return made;
    }
    return { nodes: [shown, more], extend };
  }

  async function groupOf(found, about, [answer, code, meaning]) {
    const { nodes, extend } = paged(found, about, (offer) => claimOf(offer), "claim-rows");
    if (found.length) await extend(); else nodes[1].hidden = true;
    const title = element("h3", "", element("span", `mark-${code}`), `${answer} `, element("span", "count", `${found.length} 项`));
    const made = element("section", `claim-group ${code}`, title, element("p", "remark", found.length ? meaning : "没有。"), nodes);
    made.dataset.group = answer;
    return made;
  }

  // a fold that is filled when it is opened
  function folded(title, many, remark, fill) {
    const made = element("details", "claim-fold", element("summary", "", `${title} `, element("span", "count", `${many} 项`)));
    if (remark) made.append(element("p", "remark", remark));
    made.dataset.group = title;
    made.addEventListener("toggle", async () => {
      if (!made.open || made.dataset.filled) return;
      made.dataset.filled = "1";
      made.append(...await fill());
    });
    return made;
  }

  const withEarlier = (offer) => [offer, ...PolicyClaims.earlier(offer).map((one) => ({ ...one, replaced: true }))];

  async function listed(found, about, show) {
    const { nodes, extend } = paged(found, about, show, "refusals");
    await extend();
    return nodes;
  }

  // regions that are not judged unasked
  function regionsFold(title, regions, remark, told, on) {
    const many = regions.reduce((sum, [, , count]) => sum + count, 0);
    return folded(title, many, remark, async () => {
      const { offers, about } = await PolicyClaims.find(told, on, { regions: regions.map(([code]) => code) });
      return listed(offers.flatMap(withEarlier), about, entry);
    });
  }

  async function show() {
    const mine = (turn += 1);
    // what the form has taken of the address: a kind or a place that is not known is left out
    const told = parametersOf();
    const found = problemsOf();
    showProblems(found);
    if (!told.get("kind") || found.length) {
      answers.hidden = true;
      return;
    }
    const place = told.get("region");
    const on = told.get("on") ?? PolicyDay.today();
    try {
      const { about, below, elsewhere, left, offers } = await PolicyClaims.find(told, on);
      const of = (answer) => offers.filter((offer) => offer.answer === answer);
      const groups = [];
      shownPages.clear();
      current = about;
      // notices whose place is not known stand behind all others, where there are others
      const unplaced = of("需人工判断").filter(({ around }) => around === UNPLACED);
      const apart = offers.some(({ answer, around }) => answer !== "不符合" && around !== UNPLACED) ? unplaced : [];
      for (const kind of ANSWERS) groups.push(await groupOf(of(kind[0]).filter((offer) => !apart.includes(offer)), about, kind));
      if (apart.length) groups.push(folded("地区不明", apart.length, "发文机关所在地区没有查明，是否适用于当地须由人判断。", () => listed(apart, about, entry)));
      if (mine !== turn) return;
      const refused = of("不符合");
      if (below.length) groups.push(regionsFold("选定市县后再判断", below, "所选地区以下的规定很多，选定市、县后逐项判断；也可以在这里打开。", told, on));
      if (refused.length) groups.push(folded("不符合", refused.length, "至少有一个条件不满足。", () => listed(refused.flatMap(withEarlier), about, entry)));
      if (elsewhere.length) groups.push(regionsFold("其他地区", elsewhere, `${elsewhere.slice(0, 8).map(([, name]) => name).join("、")}${elsewhere.length > 8 ? "等" : ""}的规定不适用于所在地区。`, told, on));
      if (left.length) groups.push(folded("未列入", left.length, "到这一天已经失效的，和不向谁支付的（预算、门槛、分担比例）。", () => listed(left, about, leftOf)));
      const who = [told.get("kind"), place ? about.named(place) : "地区不限", PolicyDay.spoken(on), told.get("certificate"), told.get("training"), ...told.getAll("groups")];
      const counts = ["符合", "需人工判断", "不符合"].map((answer) => `${answer} ${of(answer).length} 项`).join("，");
      list.replaceChildren(element("p", "claim-who", who.filter(Boolean).join(" · ")), ...groups);
      status.textContent = `${counts}。`;
    } catch (error) {
      status.textContent = "";
      list.replaceChildren(element("p", "notice", `数据没有读到（${error.message}）。刷新一次；从硬盘打开的，检查 apply 文件夹是否在站点旁边。`));
    }
    answers.hidden = false;
  }

  function go({ keep = false } = {}) {
    const parameters = parametersOf();
    if (!problemsOf().length) history[keep ? "replaceState" : "pushState"](null, "", `?${parameters}`);
    return show();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.elements.kind.value) {
      showProblems([[form.elements.kind, "还没有选择"]]);
      return form.elements.kind.focus();
    }
    await go();
    if (answers.hidden) return problems.querySelector("button")?.focus();
    heading.focus({ preventScroll: true });
    return answers.scrollIntoView();
  });
  form.addEventListener("reset", () => setTimeout(async () => {
    history.pushState(null, "", location.pathname);
    await fill(new URLSearchParams());
    show();
  }));
  form.addEventListener("change", async ({ target }) => {
    if (target === province) {
      region.value = "";
      await offerPlaces();
    }
    tellGroups();
    if (form.elements.kind.value) go({ keep: true });
  });
  addEventListener("popstate", async () => {
    await fill(new URL(location.href).searchParams);
    show();
  });

  (async () => {
    form.hidden = false;
    byId("no-scripts").hidden = true;
    try { await fill(new URL(location.href).searchParams); } catch { /* show tells what is missing */ }
    show();
  })();
})();
