// The map of relations opens where the latest documents are; whoever does not scroll sees those first.
"use strict";

document.querySelectorAll(".map-scroll").forEach((map) => { map.scrollLeft = map.scrollWidth; });
