// Marks the section in view in the outline, and folds the outline again on a phone once it has led somewhere.
"use strict";

(() => {
  const outline = document.querySelector(".outline");
  const links = [...outline.querySelectorAll("a")];
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const folds = () => getComputedStyle(outline.querySelector("summary")).display !== "none";
  let marked = null;

  // the last section that has begun above a line in the upper third of the window
  function inView() {
    const line = innerHeight / 3;
    let found = 0;
    places.forEach((place, at) => { if (place.getBoundingClientRect().top <= line) found = at; });
    return links[found];
  }

  function mark() {
    const now = inView();
    if (now === marked) return;
    marked?.removeAttribute("aria-current");
    now.setAttribute("aria-current", "location");
    marked = now;
    // only the outline moves, never the page
    const box = outline.getBoundingClientRect(), at = now.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) outline.scrollTop += at.top - box.top - box.height / 3;
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  addEventListener("resize", mark);
  mark();

  outline.addEventListener("click", (event) => {
    if (event.target.closest("a") && folds()) outline.querySelector("details").open = false;
  });
})();
