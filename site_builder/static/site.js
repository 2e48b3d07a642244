// What every page does beyond links: "/" goes to the search box, long lists fold on a phone, a linked rule lights up,
// the table of rules filters.
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

const filter = document.querySelector("[data-filter]");
if (filter) {
  const input = filter.querySelector("input");
  const kind = filter.querySelector("select");
  const sections = [...document.querySelectorAll("[data-kind]")];
  const apply = () => {
    const wanted = input.value.trim().toLowerCase();
    for (const section of sections) {
      const rows = [...section.querySelectorAll("tbody tr")];
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      const left = rows.filter((row) => !row.hidden).length;
      section.querySelector("[data-count]").textContent = String(left);
      section.hidden = Boolean(kind.value) && section.dataset.kind !== kind.value;
    }
  };
  const follow = () => {
    const chosen = location.hash.slice(1);
    if (!sections.some((section) => section.dataset.kind === chosen)) return;
    kind.value = chosen;
    apply();
  };
  filter.hidden = false;
  document.querySelector(".jump").hidden = true;
  addEventListener("hashchange", follow);
  filter.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  apply();
  follow();
}
