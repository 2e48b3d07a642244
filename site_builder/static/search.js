// Answers a query: which items hold its words or words used for them, how many of each facet, in what order, and what is shown
// of each.
"use strict";

const PolicySearch = (() => {
  const { fold, mayBeTraditional, wordsOf } = PolicySpelling;
  const { merged } = PolicyPacking;
  const { allFacts, ALONE, facts, factsOf, HELD, holders, load, manifest, NAMED, places, QUOTED, WHOLE } = PolicyIndex;
  const root = document.body.dataset.root;
  const MOST_OTHERS = 8;
  // files of keys and facts that are loaded before anything is asked: some 30 kB
  const SMALL = 16;

  // ---- traditional characters

  let reading = null;

  // once this is done words can be folded; a table that cannot be had changes nothing for all other words
  async function readTraditional() {
    reading ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${root}static/traditional.js`;
      script.onload = done;
      script.onerror = () => {
        reading = null;
        done();
      };
      document.head.append(script);
    });
    await reading;
  }

  // ---- words that are used for each other: 取证补贴 and 评价补贴, 高级工 and 三级, 补助 and 补贴

  async function othersOf(word) {
    const { items, levels, endings } = await manifest();
    const level = levels.find((words) => words.includes(word));
    const known = items.flatMap((words) => words.filter((one) => word.includes(one)).map((one) => [one, words]));
    const [one, words] = known.sort((a, b) => b[0].length - a[0].length)[0] ?? [];
    const swapped = level ?? (one ? words.map((other) => word.replace(one, other)) : withEndings(word, endings));
    const spelled = [...new Set(swapped.map((other) => fold(other).words))];
    return spelled.filter((other) => !other.includes(word)).slice(0, MOST_OTHERS);
  }

  function withEndings(word, endings) {
    const all = new Set(endings.flat());
    const ending = [...all].filter((one) => word.endsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (!ending) return [];
    const common = new Map(endings).get(ending) ?? ending;
    const group = [common, ...endings.filter(([, shared]) => shared === common).map(([one]) => one)];
    return group.map((other) => word.slice(0, word.length - ending.length) + other);
  }

  // ---- a query

  // items that hold all words, or stand in a document that holds those that they lack themselves
  async function matching(words, exact) {
    const own = await Promise.all(words.map(holders));
    const others = exact ? words.map(() => []) : await Promise.all(words.map(othersOf));
    const same = await Promise.all(others.map(async (list) => Promise.all(list.map(async (w) => [w, await holders(w)]))));
    const candidates = new Set();
    for (const map of [...own, ...same.flat().map(([, map]) => map)]) for (const n of map.keys()) candidates.add(n);
    const { kinds } = await manifest();
    const documents = kinds[1][2];
    const at = await allFacts(candidates);
    const found = [];
    for (const n of [...candidates].sort((a, b) => a - b)) {
      const match = matched(n, words, own, same, (word) => around(n, at(n), documents, own[word]));
      if (match) found.push(match);
    }
    return { found, others, at };
  }

  function around(n, block, documents, holding) {
    if (n < documents) return false;
    const i = n - block.first;
    const numbers = [block.documents[i] - 1, ...(block.others.get(i) ?? [])];
    return numbers.some((document) => holding.has(document));
  }

  function matched(n, words, own, same, isAround) {
    const known = [];
    const instead = [];
    for (let w = 0; w < words.length; w++) {
      if (own[w].has(n)) known.push(own[w].get(n));
      else if (words.length > 1 && isAround(w)) known.push(ALONE);
      else {
        const other = same[w].find(([, map]) => map.has(n));
        if (!other) return null;
        known.push(other[1].get(n));
        instead.push(other[0]);
      }
    }
    return known.some((flags) => flags & HELD) ? { n, known, instead } : null;
  }

  // ---- facets

  const FACETS = {
    kind: (block, i, shared) => [shared.kinds[shared.kindAt(block.first + i)][0]],
    department: (block, i) => named(block, block.departments.get(i)),
    region: (block, i) => everywhere(block, i, "region"),
    year: (block, i) => everywhere(block, i, "year"),
    state: (block, i, shared) => (block.states[i] ? [PolicyDay.at(block.periods[block.states[i] - 1], shared.day)[1]] : []),
    amount: (block, i) => (block.sums.get(i) ?? []).map(String),
    group: (block, i) => named(block, block.groups.get(i)),
  };

  const named = (block, numbers) => (numbers ?? []).map((number) => block.names[number]);

  function everywhere(block, i, what) {
    if (!block.documents[i]) return [];
    const numbers = [block.documents[i] - 1, ...(block.others.get(i) ?? [])];
    const found = numbers.map((number) => String(block.places.get(number)[what])).filter(Boolean);
    return found.length > 1 ? [...new Set(found)] : found;
  }

  // items that pass all chosen values; counts of a facet are of those that pass the other facets
  function sift(found, chosen, at, shared) {
    const asked = Object.entries(chosen).filter(([, values]) => values.length);
    const counts = Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, new Map()]));
    const kept = [];
    for (const match of found) {
      const block = at(match.n);
      const values = {};
      for (const facet in FACETS) values[facet] = FACETS[facet](block, match.n - block.first, shared);
      const failed = asked.filter(([facet, wanted]) => !values[facet].some((value) => wanted.includes(value)));
      if (failed.length > 1) continue;
      if (!failed.length) kept.push({ ...match, state: values.state[0], year: Number(values.year[0] ?? 0), kind: shared.kindAt(match.n) });
      for (const facet in FACETS) {
        if (failed.length && failed[0][0] !== facet) continue;
        for (const value of values[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
    return { kept, counts };
  }

  // ---- ranks

  const RULES = new Set(["amount", "deadline", "department", "target", "group"]);
  const ENDED = new Set(["presumed_superseded", "expired", "superseded", "repealed"]);

  // exact words first; the document of that number, the measure, the department of that name; rules, headings, the rest
  function rank(match, words, at, shared, holding) {
    const [code] = shared.kinds[match.kind];
    const all = (flag) => match.known.every((flags) => flags & flag);
    let order = all(NAMED) ? 2 : 3;
    if (code === "document" && words.some((word, i) => /\d/.test(word) && match.known[i] & HELD)) order = 0;
    else if (code === "measure" && all(NAMED)) order = 0;
    else if (code === "organ" && words.length === 1 && all(WHOLE)) order = 0;
    else if (RULES.has(code)) order = 1;
    const backed = !RULES.has(code) || backing(match, at, holding);
    const bits = [backed, all(NAMED), all(ALONE), !ENDED.has(match.state)];
    return bits.reduce((sum, bit) => sum * 2 + (bit ? 0 : 1), Math.min(match.instead.length, 3) * 4 + order)
      * 16 * 4096 + match.kind * 4096 + (4095 - Math.min(match.year, 4095));
  }

  // a rule whose words, or whose clause, holds what is looked for comes before one that only its summary names so
  function backing(match, at, holding) {
    const block = at(match.n);
    const [clause] = block.backing.get(match.n - block.first) ?? [];
    return match.known.every((flags) => flags & QUOTED || !(flags & HELD)) || holding.has(clause);
  }

  // ---- answers

  async function listed(chosen) {
    const { kinds, total } = await manifest();
    const ways = [];
    if (chosen.kind?.length) {
      ways.push(chosen.kind.flatMap((code) => {
        const i = kinds.findIndex((kind) => kind[0] === code);
        if (i < 0) return [];
        const end = kinds[i + 1]?.[2] ?? total;
        return Array.from({ length: end - kinds[i][2] }, (_, k) => kinds[i][2] + k);
      }));
    }
    for (const facet of ["department", "group", "amount", "year", "region"]) {
      if (!chosen[facet]?.length) continue;
      const each = await Promise.all(chosen[facet].map((value) => places(`@${facet}:${value}`)));
      ways.push([...merged(each)]);
    }
    const fewest = ways.sort((a, b) => a.length - b.length)[0] ?? Array.from({ length: total }, (_, n) => n);
    return { found: fewest.map((n) => ({ n, known: [ALONE], instead: [] })), others: [], at: await allFacts(fewest) };
  }

  const isChosen = (chosen) => Object.values(chosen).some((values) => values.length);

  // {words, others, results, counts, exactly}: all results in order; `others` are the words taken for each word
  async function find(query, { chosen = {}, exact = false } = {}) {
    const shared = { ...(await manifest()), day: PolicyDay.current() };
    if (mayBeTraditional(query)) await readTraditional();
    const words = wordsOf(query);
    if (!words.length && !isChosen(chosen)) return { words, others: [], results: [], counts: {}, exactly: 0 };
    const { found, others, at } = words.length ? await matching(words, exact) : await listed(chosen);
    const { kept, counts } = sift(found, chosen, at, shared);
    const holding = new Set(found.filter((match) => match.n >= shared.kinds.at(-1)[2]).map((match) => match.n));
    for (const match of kept) match.rank = rank(match, words, at, shared, holding);
    kept.sort((a, b) => a.rank - b.rank || a.n - b.n);
    return { words, others, results: kept, counts, exactly: kept.filter((match) => !match.instead.length).length };
  }

  // how many items hold what is asked for
  const count = async (query, options) => (await find(query, options)).results.length;

  // what is shown of a result
  async function describe(match) {
    const { kinds, texts } = await manifest();
    const block = Math.floor(match.n / texts);
    const { documents, works, rows, traditional } = await load(`texts-${block}`);
    if (traditional?.includes(match.n - block * texts)) await readTraditional();
    const [document, address, title, where, text, place, page, card, work, said = "", served = ""] = rows[match.n - block * texts];
    const [source = "", number = "", home = ""] = documents[document] ?? [];
    const facts = await factsOf(match.n);
    const periods = facts.periods[facts.states[match.n - facts.first] - 1] ?? null;
    const [code, label] = kinds[match.kind];
    return {
      ...match, code, label, title, where, said: said || text, served, source, number, periods,
      citation: work < 0 ? "" : works[work] + place,
      page: page && root + page,
      href: root + (home ? `${home}#${encodeURIComponent(address)}` : address),
      values: card ? card.map(valueOf) : null,
    };
  }

  function valueOf([words, title, number, clause, citation, quote, sentence, page, since, restated, note, periods]) {
    return { words, title, number, clause, citation, quote, since, restated, note, periods, href: root + sentence, page: page && root + page };
  }

  const names = () => load("names");

  // before anything is asked: the manifest, and of a small index what nearly every query needs
  async function prepare() {
    const { pages, blocks } = await manifest();
    if (pages.length + blocks.length > SMALL) return;
    await Promise.all([...pages.map((_, i) => load(`keys-${i}`)), ...Array.from(blocks, (_, i) => facts(i))]);
  }

  return { count, describe, find, names, prepare };
})();
globalThis.PolicySearch = PolicySearch;
