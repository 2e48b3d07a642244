// The search box with its results: shown while typing, kept in the address, walked with the arrow keys.
"use strict";

(() => {
  const form = document.querySelector("form[data-search]");
  const input = form.querySelector("input");
  const status = document.getElementById("search-status");
  const list = document.getElementById("results");
  const rest = document.getElementById("without-query");
  const PAGE = 50;
  const CONTEXT = 60;
  let turn = 0;
  document.getElementById("no-scripts").hidden = true;
  let shownFor = null;

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  function lit(text, words, from = 0, to = text.length) {
    const pieces = [];
    let at = from;
    for (const [start, end] of PolicyIndex.spans(text, words)) {
      if (end <= from || start >= to) continue;
      pieces.push(text.slice(at, Math.max(at, start)), element("mark", "hit", text.slice(Math.max(at, start), end)));
      at = end;
    }
    if (at < to) pieces.push(text.slice(at, to));
    return pieces;
  }

  // the words around the first hit, from line to line if the lines are short
  function excerpt(text, words) {
    const first = PolicyIndex.spans(text, words)[0]?.[0] ?? 0;
    const lineStart = text.lastIndexOf("\n", first - 1) + 1;
    const lineEnd = text.indexOf("\n", first);
    const start = Math.max(lineStart, first - CONTEXT);
    const end = Math.min(lineEnd < 0 ? text.length : lineEnd, first + 3 * CONTEXT);
    const tail = end < text.length && end !== lineEnd ? "…" : "";
    return [start > lineStart ? "…" : "", ...lit(text, words, start, end), tail];
  }

  function resultOf(found, words) {
    const title = element("a", "result-title", ...lit(found.title, words));
    title.href = found.href;
    const head = element("p", "result-head", element("span", `kind ${found.code}`, found.label), title);
    const parts = [head];
    if (found.text) parts.push(element("p", "result-text", ...excerpt(found.text, words)));
    const within = found.code === "document" ? [] : [found.number, found.source].filter(Boolean);
    const place = `${[within[0], found.where].filter(Boolean).join(" › ")}　${within[1] ?? ""}`.trim();
    if (place) parts.push(element("p", "result-place", ...lit(place, words)));
    return element("li", "result", ...parts);
  }

  function show(results, words, from) {
    list.querySelector(".more")?.remove();
    list.append(...results.slice(from, from + PAGE).map((found) => resultOf(found, words)));
    if (results.length <= from + PAGE) return;
    const button = element("button", "", `再显示 ${Math.min(PAGE, results.length - from - PAGE)} 条`);
    button.type = "button";
    button.addEventListener("click", () => {
      show(results, words, from + PAGE);
      list.children[from + PAGE]?.querySelector("a")?.focus();
    });
    list.append(element("li", "more", button));
  }

  async function nothing(query, words) {
    const each = await PolicyIndex.counts(words);
    const hints = words.length > 1
      ? [`分开看：${words.map((word, i) => `“${word}” ${each[i]} 条`).join("，")}。各词须同时出现，可去掉一个再试。`]
      : ["可以换一个更短的词，例如只输入“补贴”或“级工”；文号可以只输入“68号”这样的后半段。"];
    list.replaceChildren(element("li", "nothing", element("p", "", ...hints)));
    return `没有找到“${query}”。`;
  }

  async function search(query) {
    const mine = ++turn;
    if (rest) rest.hidden = Boolean(query);
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      shownFor = query;
      return;
    }
    try {
      const { words, results, more } = await PolicyIndex.find(query);
      if (mine !== turn) return;
      list.replaceChildren();
      if (results.length) {
        show(results, words, 0);
        status.textContent = more ? `先列出 ${results.length} 条；结果太多，请再加一个词。` : `找到 ${results.length} 条。`;
      } else {
        const message = await nothing(query, words);
        if (mine !== turn) return;
        status.textContent = message;
      }
      shownFor = query;
    } catch (problem) {
      if (mine !== turn) return;
      list.replaceChildren();
      status.textContent = `检索数据没有读到（${problem.message}）。请确认整个站点文件夹完整，然后刷新。`;
    }
  }

  function remember(query) {
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query); else address.searchParams.delete("q");
    address.hash = "";
    history.replaceState(null, "", address);
  }

  let pause = 0;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const query = input.value.trim();
      remember(query);
      search(query);
    }, 80);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(pause);
    const query = input.value.trim();
    remember(query);
    if (shownFor !== query) await search(query);
    if (shownFor === query) list.querySelector("a")?.click();
  });

  // an input method's own Enter and arrows choose a character, not a result
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...list.querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next || stops.length === 1) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });

  const asked = new URL(location.href).searchParams.get("q");
  if (asked) {
    input.value = asked;
    search(asked.trim());
  }
})();
