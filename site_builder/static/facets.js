// Facets of what is found: how many are of each kind, department, region …, and which of them pass what a reader has chosen.
// What a row has of a facet is told in numbers, which are counted block by block and named once.
"use strict";

const PolicyFacets = (() => {
  // what row `i` of a block has of a facet, as numbers: one (below 0 none), a list, or nothing at all
  const HELD = {
    kind: (block, i, kind) => kind,
    department: (block, i) => block.departments.get(i),
    region: (block, i) => everywhere(block, i, "region"),
    year: (block, i) => everywhere(block, i, "year"),
    state: (block, i) => block.states[i] - 1,
    amount: (block, i) => block.sums.get(i),
    group: (block, i) => block.groups.get(i),
  };
  // what the numbers of a block are called; what has no name is not counted
  const CALLED = {
    kind: (block, shared) => shared.kinds.map(([code]) => code),
    department: (block) => block.names,
    region: (block) => block.names,
    year: (block) => block.years,
    state: (block, shared) => block.periods.map((periods) => PolicyDay.at(periods, shared.day)[1]),
    amount: (block, shared) => shared.sums.map((_, number) => String(number)),
    group: (block) => block.names,
  };

  // of all documents that an item stands in, each value once
  function everywhere(block, i, what) {
    const first = block.documents[i] - 1;
    if (first < 0) return -1;
    const others = block.others.get(i);
    if (!others) return block.places.get(first)[what];
    return [...new Set([first, ...others].map((document) => block.places.get(document)[what]))];
  }

  // one facet of a block: counts by number, and the numbers that are wanted
  function sheetOf(facet, block, shared, wanted) {
    const names = CALLED[facet](block, shared);
    const counts = new Int32Array(names.length);
    const held = HELD[facet];

    function count(i, kind) {
      const found = held(block, i, kind);
      if (found === undefined || found < 0) return;
      if (typeof found === "number") counts[found]++;
      else for (const number of found) counts[number]++;
    }

    function passes(i, kind) {
      const found = held(block, i, kind) ?? -1;
      return typeof found === "number" ? wanted.includes(names[found]) : found.some((number) => wanted.includes(names[number]));
    }

    return { facet, names, counts, count, passes, isAsked: wanted.length > 0 };
  }

  // {kept, counts}: the matches that pass all chosen values; counts of a facet are of those that pass the other facets.
  // A match that is kept learns its state on the day and its year, which ranks ask for.
  function sift(found, chosen, at, shared) {
    const known = new Map();
    const kept = [];
    for (const match of found) {
      const block = at(match.n);
      if (!known.has(block)) known.set(block, Object.keys(HELD).map((facet) => sheetOf(facet, block, shared, chosen[facet] ?? [])));
      const sheets = known.get(block);
      const i = match.n - block.first;
      const failed = sheets.filter((sheet) => sheet.isAsked && !sheet.passes(i, match.kind));
      if (failed.length > 1) continue;
      for (const sheet of failed.length ? failed : sheets) sheet.count(i, match.kind);
      if (failed.length) continue;
      match.state = block.states[i] ? sheets[STATE].names[block.states[i] - 1] : "";
      match.year = yearOf(block, i);
      kept.push(match);
    }
    return { kept, counts: totals([...known.values()].flat()) };
  }

  const STATE = Object.keys(HELD).indexOf("state");

  function yearOf(block, i) {
    const found = everywhere(block, i, "year");
    return typeof found === "number" ? Number(block.years[found] ?? 0) : Number(found.map((number) => block.years[number]).find(Boolean) ?? 0);
  }

  // Map of counts by name, for each facet
  function totals(sheets) {
    const counts = Object.fromEntries(Object.keys(HELD).map((facet) => [facet, new Map()]));
    for (const { facet, names, counts: told } of sheets) {
      const all = counts[facet];
      told.forEach((count, number) => {
        const name = names[number];
        if (count && name) all.set(name, (all.get(name) ?? 0) + count);
      });
    }
    return counts;
  }

  return { sift };
})();
globalThis.PolicyFacets = PolicyFacets;
