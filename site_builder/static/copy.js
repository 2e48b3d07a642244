// Copies words to the clipboard and says so. Where the clipboard is refused they stand selected in a field; without scripts
// they can be selected by hand. On the page of a document each clause gets buttons, that of a rule has them already. What
// is quoted is a whole sentence, as site_builder/wording/sentences.py has it; a test holds the two together.
"use strict";

const PolicyCopy = (() => {
  const SHOWN_FOR = 6000;
  const TOLD = 120;
  const said = document.createElement("p");
  said.className = "toast";
  said.setAttribute("role", "status");
  document.body.append(said);
  let timer = 0;

  function say(words) {
    said.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = ""; }, SHOWN_FOR);
  }

  function offer(place, text, name) {
    const field = place.querySelector("textarea") ?? document.createElement("textarea");
    field.className = "quotation";
    field.readOnly = true;
    field.rows = 3;
    field.value = text;
    field.setAttribute("aria-label", name);
    place.append(field);
    field.focus();
    field.select();
    say("浏览器不允许直接复制，文字已经选中，请按 Ctrl+C（苹果电脑按 ⌘C）。");
  }

  // ``place`` holds the button, and the field where one is needed
  async function copy(place, text, name) {
    try {
      await navigator.clipboard.writeText(text);
      place.querySelector("textarea")?.remove();
      say(`已复制：${text.length > TOLD ? `${text.slice(0, TOLD)}…` : text}`);
    } catch {
      offer(place, text, name);
    }
  }

  // ---- quotations

  const STOPS = "。；;！？";
  const OPENING = "（(“‘《〈【";
  const CLOSING = "）)”’》〉】";
  const NUMERAL = new RegExp("^\\s*(?:第[\\d〇零一二三四五六七八九十百]+[编章节条][ \\u3000]*"
    + "|[\\d一二三四五六七八九十百]{1,4}[、.．](?!\\d)|[（(][\\d一二三四五六七八九十百]{1,4}[）)]|[①-⑳])\\s*");
  const LONGEST = 600;

  // the sentence around text.slice(start, end) in its line; a stop inside brackets ends none
  function sentence(text, start, end) {
    let first = start ? text.lastIndexOf("\n", start - 1) + 1 : 0;
    const until = text.indexOf("\n", end);
    let last = until < 0 ? text.length : until;
    const numeral = NUMERAL.exec(text.slice(first, last));
    if (numeral && first + numeral[0].length <= start) first += numeral[0].length;
    let depth = 0;
    for (let at = first; at < last; at++) {
      depth = Math.max(depth + OPENING.includes(text[at]) - CLOSING.includes(text[at]), 0);
      const closes = at + 1 < text.length && CLOSING.includes(text[at + 1]);
      if (!STOPS.includes(text[at]) || (depth && !closes)) continue;
      let behind = at + 1;
      while (behind < last && CLOSING.includes(text[behind])) behind++;
      if (behind <= start) first = behind;
      else if (at + 1 >= end) {
        last = depth ? behind : at + 1;
        break;
      }
    }
    return text.slice(first, last).replace(/[ \u3000]*[\t\n|｜][\t\n|｜ \u3000]*/g, " ").trim();
  }

  // all words of a clause but its numeral; a long one as far as its sentences go
  function whole(words) {
    const said = words.replace(NUMERAL, "");
    if (said.length <= LONGEST) return said;
    const cut = said.slice(0, LONGEST);
    const stop = Math.max(...Array.from(STOPS, (one) => cut.lastIndexOf(one)));
    return `${cut.slice(0, stop + 1 || LONGEST)}……`;
  }

  // inside of a quotation the inner marks are those of the second rank (GB/T 15834)
  const quoted = (quote) => `“${quote.replaceAll("“", "‘").replaceAll("”", "’")}”`;
  const quotation = (cited, quote) => cited + (quote ? `：${quoted(quote.replace(/\s*\n\s*/g, ""))}` : "");

  return { copy, quotation, sentence, whole };
})();
globalThis.PolicyCopy = PolicyCopy;

(() => {
  function address(place) {
    const here = new URL(location.href);
    here.hash = place.querySelector("a").hash;
    return here.href;
  }

  // the work, as the card cites it, and how the clause is called; the whole text is told in full
  function cited(place) {
    const whole = place.querySelector("details p");
    if (whole) return whole.textContent;
    const work = document.querySelector(`[data-work="${place.dataset.of ?? "notice"}"]`);
    return work.textContent + place.querySelector("a").textContent;
  }

  // the sentence that is lit up in the clause, else all of its own words; tables are not quoted
  function said(place) {
    const told = place.closest("section").querySelector(".words");
    const lit = [...told.querySelectorAll("mark.lit")];
    const line = lit[0]?.closest("p, h2, h3, h4, h5, h6, tr");
    if (line) return sentenceIn(line, lit.filter((one) => line.contains(one)));
    if (place.querySelector("a").hash === "#front") return "";
    // a heading on a line of its own is no sentence
    const own = [...told.children].filter((one) => !one.querySelector("table"));
    const sentences = own.filter((one) => one.matches("p, .run-in"));
    const lines = sentences.length ? sentences : own;
    return PolicyCopy.whole(lines.map((one) => one.textContent.trim()).join("\n"));
  }

  function sentenceIn(line, lit) {
    if (line.matches("tr")) return [...line.cells].map((cell) => cell.textContent.trim()).filter(Boolean).join(" ");
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEndBefore(lit[0]);
    const start = range.toString().length;
    range.setEndAfter(lit.at(-1));
    return PolicyCopy.sentence(line.textContent, start, range.toString().length);
  }

  const words = (place) => PolicyCopy.quotation(cited(place), said(place));

  for (const place of document.querySelectorAll(".cite")) {
    const clause = place.querySelector("a").textContent;
    for (const [name, text] of [["复制链接", address], ["复制引用", words]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.setAttribute("aria-label", `${name} ${clause}`);
      button.addEventListener("click", () => PolicyCopy.copy(place, text(place), name));
      place.insertBefore(button, place.querySelector("span, details"));
    }
  }
})();

(() => {
  const copies = document.querySelector("[data-copies]");
  if (!copies) return;
  const texts = {
    citation: () => document.getElementById("citation").textContent,
    link: () => location.href.split("#")[0],
  };
  copies.hidden = false;
  copies.addEventListener("click", ({ target }) => {
    const text = texts[target.dataset.copy];
    if (text) PolicyCopy.copy(copies, text(), target.textContent);
  });
})();
