// The map of relations opens where most documents are, the latest such year: whoever does not scroll sees those first.
"use strict";

document.querySelectorAll(".map-scroll").forEach((map) => {
  const counts = new Map();
  for (const box of map.querySelectorAll("a.node rect")) counts.set(box.x.baseVal.value, (counts.get(box.x.baseVal.value) ?? 0) + 1);
  const [fullest] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0];
  // what stands to the left of it is hinted at
  map.scrollLeft = fullest - 48;
});
