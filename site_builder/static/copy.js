// Copies words to the clipboard and says so. Where the clipboard is refused they stand selected in a field; without scripts
// they can be selected by hand. On the page of a document each clause gets buttons, that of a rule has them already.
"use strict";

const PolicyCopy = (() => {
  const SHOWN_FOR = 6000;
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
      say(`已复制：${text}`);
    } catch {
      offer(place, text, name);
    }
  }

  return { copy };
})();

(() => {
  function address(place) {
    const here = new URL(location.href);
    here.hash = place.querySelector("a").hash;
    return here.href;
  }

  // the work, as the card cites it, and the words of the clause; the whole text is told in full
  function words(place) {
    const whole = place.querySelector("details p");
    if (whole) return whole.textContent;
    const work = document.querySelector(`[data-work="${place.dataset.of ?? "notice"}"]`);
    return work.textContent + place.querySelector("a").textContent;
  }

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
