// Large text and colours, as the reader has chosen them. Runs before the page is painted; where nothing can be kept the
// choice lasts as long as the page.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("js");

  function kept(name) {
    try { return localStorage.getItem(`policykb-${name}`) ?? ""; } catch { return ""; }
  }

  function keep(name, value) {
    try {
      if (value) localStorage.setItem(`policykb-${name}`, value); else localStorage.removeItem(`policykb-${name}`);
    } catch { /* storage is refused, as for files of some browsers */ }
  }

  const chosen = { size: kept("size"), theme: kept("theme") };

  function show() {
    for (const [name, value] of Object.entries(chosen)) {
      if (value) root.dataset[name] = value; else delete root.dataset[name];
    }
    for (const button of document.querySelectorAll("[data-set]")) {
      button.setAttribute("aria-pressed", String(chosen[button.dataset.set] === button.value));
    }
  }

  show();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set]");
    if (!button) return;
    const name = button.dataset.set;
    // 大字 is put on and off; of the colours one is always on
    chosen[name] = name === "size" && chosen[name] === button.value ? "" : button.value;
    keep(name, chosen[name]);
    show();
  });
})();
