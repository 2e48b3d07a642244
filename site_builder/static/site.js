// What every page does beyond links: "/" goes to the search box, long lists fold on a phone, a linked rule lights up.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

if (matchMedia("(max-width: 60rem)").matches) {
  document.querySelectorAll("details[data-fold]").forEach((fold) => fold.removeAttribute("open"));
}

function lightUp() {
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  const name = decodeURIComponent(location.hash.slice(1));
  if (!name) return;
  const covers = (marked) => marked.dataset.rules.split(" ").includes(name);
  document.querySelectorAll("[data-rules]").forEach((marked) => marked.classList.toggle("lit", covers(marked)));
}
addEventListener("hashchange", lightUp);
lightUp();
