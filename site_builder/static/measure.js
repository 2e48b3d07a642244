// On the pages of measures and rules: draws the line of the day asked for, compares any two places.
"use strict";

(() => {
  const HEAD = 14;
  const svg = (name, className) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    made.setAttribute("class", className);
    return made;
  };

  // behind the bars and words, of which those of lanes come last
  function parts(picture) {
    const drawn = [picture.querySelector(".now"), picture.querySelector(".now-name")];
    if (drawn[0]) return drawn;
    const made = [svg("line", "now"), svg("text", "now-name")];
    picture.querySelector(".bar, .place").before(...made);
    return made;
  }

  const put = (part, values) => Object.entries(values).forEach(([name, value]) => part.setAttribute(name, value));

  // the line of the day in a timeline; a day outside of the axis stands at its edge, with the way to it
  function move(picture, day) {
    const [first, last, at] = [picture.dataset.first, picture.dataset.last, day].map((text) => Date.parse(text));
    const share = (100 * (at - first)) / (last - first + 86400000);
    const x = `${Math.min(100, Math.max(0, share))}%`;
    const left = share < 50;
    const [line, name] = parts(picture);
    put(line, { x1: x, x2: x, y1: 2, y2: picture.getAttribute("height") });
    put(name, { x, dx: left ? 4 : -4, y: HEAD, "text-anchor": left ? "start" : "end" });
    name.textContent = `${share < 0 ? "← " : ""}${PolicyDay.spoken(day)}${share > 100 ? " →" : ""}`;
  }

  function show(day) {
    for (const picture of document.querySelectorAll(".timeline")) move(picture, day);
  }
  addEventListener("policyday", (event) => show(event.detail));
  show(PolicyDay.current());
})();

// any two places side by side; without scripts each stands beside the one before it
(() => {
  const form = document.getElementById("compare-form");
  const places = [...document.querySelectorAll("[data-facts]")];
  if (!form || places.length < 2) return;
  const PLACES = ["文件", "条款", "原文"];
  const [before, after] = form.querySelectorAll("select");

  function facts(place) {
    const rows = [...place.querySelectorAll("div")];
    return new Map(rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]));
  }

  function cell(row, kind, text) {
    const made = row.appendChild(document.createElement(kind));
    made.textContent = text;
    if (kind === "th") made.scope = "row";
    return made;
  }

  function compared(one, other) {
    const [old, now] = [facts(one), facts(other)];
    const table = document.createElement("table");
    table.className = "compare";
    table.createCaption().textContent = `${one.dataset.facts}　对比　${other.dataset.facts}`;
    const head = table.createTHead().insertRow();
    for (const name of ["项目", one.dataset.facts, other.dataset.facts, "异同"]) cell(head, "th", name).scope = "col";
    const body = table.createTBody();
    for (const name of NAMES.filter((field) => old.has(field) || now.has(field))) {
      const row = body.insertRow();
      const differs = !PLACES.includes(name) && old.get(name) !== now.get(name);
      row.classList.toggle("differs", differs);
      cell(row, "th", name);
      cell(row, "td", old.get(name) ?? "未写");
      cell(row, "td", now.get(name) ?? "未写");
      const verdict = cell(row, "td", PLACES.includes(name) ? "" : differs ? "" : "相同");
      if (differs) verdict.appendChild(document.createElement("strong")).textContent = "≠ 不同";
    }
    return table;
  }

  // fields in the order in which the places have them
  const NAMES = form.dataset.fields.split(" ");

  function show() {
    const shown = document.getElementById("compared");
    shown.replaceChildren(compared(places[before.value], places[after.value]));
    shown.hidden = false;
  }

  places.forEach((place, number) => {
    for (const select of [before, after]) select.add(new Option(place.dataset.facts, number));
  });
  before.value = places.length - 2;
  after.value = places.length - 1;
  form.addEventListener("change", show);
  form.querySelector("button").addEventListener("click", () => {
    [before.value, after.value] = [after.value, before.value];
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const pair of document.querySelectorAll(".pair")) pair.hidden = true;
  form.hidden = false;
  show();
})();
