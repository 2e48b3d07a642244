// The search box of the home page takes the focus where a keyboard is at hand; on a phone that would open one unasked.
// "/", which leads to the box on every page, does not become the first letter of a question here.
"use strict";

(() => {
  const box = document.getElementById("q");
  if (!box || location.hash || !matchMedia("(hover: hover) and (pointer: fine)").matches) return;
  box.focus({ preventScroll: true });
  box.addEventListener("keydown", (event) => {
    if (event.key === "/" && !box.value) event.preventDefault();
  });
})();
