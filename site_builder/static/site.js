// What every page does beyond links: "/" goes to the search box, long lists fold on a phone, a linked rule lights up,
// everything unfolds on paper.
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
  document.querySelectorAll("[data-fold], .reader footer > details").forEach((fold) => fold.removeAttribute("open"));
}
// until now the style sheet has kept them shut there
document.documentElement.classList.add("folded");

function lightUp() {
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  const name = decodeURIComponent(location.hash.slice(1));
  if (!name) return;
  const quoted = CSS.escape(name);
  document.querySelectorAll(`mark#${quoted}, mark:has(> #${quoted}), [data-rules~="${quoted}"]`).forEach((lit) => lit.classList.add("lit"));
  document.querySelectorAll(".reader footer li a").forEach((link) => {
    if (decodeURIComponent(link.hash.slice(1)) === name && link.pathname === location.pathname) {
      link.closest("li").classList.add("lit");
      const fold = link.closest("footer > details details");
      if (fold) fold.open = true;
    }
  });
}
addEventListener("hashchange", lightUp);
lightUp();

// paper cannot be clicked: what is folded is printed, and folded again afterwards
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach((fold) => { fold.open = true; });
  document.querySelectorAll("[data-here]").forEach((here) => {
    if (location.protocol !== "file:") here.textContent = location.href.split("#")[0];
  });
});
addEventListener("afterprint", () => unfolded.forEach((fold) => { fold.open = false; }));
