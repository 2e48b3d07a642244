// Answers a query: which items hold its words or words used for them, in what order, and what is shown of each.
"use strict";

const PolicySearch = (() => {
  const { fold, mayBeTraditional, wordsOf } = PolicySpelling;
  const { sift } = PolicyFacets;
  const { holds, merged } = PolicyPacking;
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

  const NONE = [];

  // what is known of how an item answers: `every` holds of all words; `quoted` that what is held stands in what is quoted,
  // `numbered` that a word with a digit is; `instead` are the words taken for those that are asked for
  const matchOf = (n, kind) => ({ n, kind, every: ALONE, quoted: true, numbered: false, instead: NONE, state: "", year: 0, rank: 0 });

  // items that hold all words, or stand in a document that holds those that they lack themselves
  async function matching(words, exact) {
    const { documents, kindAt } = await manifest();
    const own = await Promise.all(words.map(holders));
    const others = exact ? words.map(() => NONE) : await Promise.all(words.map(othersOf));
    const same = await Promise.all(others.map(async (list) => Promise.all(list.map(async (word) => [word, await holders(word)]))));
    const lists = [...own, ...same.flat().map(([, holding]) => holding)].map(({ numbers }) => numbers);
    const candidates = lists.length > 1 ? merged(lists) : lists[0];
    const at = await allFacts(candidates);
    const asked = words.map((word, w) => ({ own: own[w].flags, same: same[w], isNumber: /\d/.test(word) }));
    const isAround = ({ own: flags }, n) => words.length > 1 && n >= documents && documentsOf(at(n), n).some((document) => flags[document]);
    const found = [];
    for (const n of candidates) {
      const match = matched(n, kindAt(n), asked, isAround);
      if (match) found.push(match);
    }
    return { found, others, at };
  }

  function documentsOf(block, n) {
    const i = n - block.first;
    return [block.documents[i] - 1, ...(block.others.get(i) ?? NONE)];
  }

  function matched(n, kind, asked, isAround) {
    const match = matchOf(n, kind);
    match.every = -1;
    let isHeld = false;
    for (const word of asked) {
      let flags = word.own[n];
      if (!flags && isAround(word, n)) flags = ALONE;
      if (!flags) {
        const other = word.same.find(([, holding]) => holding.flags[n]);
        if (!other) return null;
        flags = other[1].flags[n];
        match.instead = [...match.instead, other[0]];
      }
      match.every &= flags;
      if (!(flags & HELD)) continue;
      isHeld = true;
      match.quoted &&= (flags & QUOTED) > 0;
      match.numbered ||= word.isNumber;
    }
    return isHeld ? match : null;
  }

  // ---- ranks

  const RULES = new Set(["amount", "deadline", "department", "target", "group"]);
  const ENDED = new Set(["presumed_superseded", "expired", "superseded", "repealed", "suspended"]);

  // exact words first; the document of that number, the measure, the department of that name; rules, headings, the rest
  function rank(match, isOne, block, shared, clauses) {
    const [code] = shared.kinds[match.kind];
    const { every } = match;
    let order = every & NAMED ? 2 : 3;
    if (code === "document" && match.numbered) order = 0;
    else if (code === "measure" && every & NAMED) order = 0;
    else if (code === "organ" && isOne && every & WHOLE) order = 0;
    else if (RULES.has(code)) order = 1;
    const isBacked = !RULES.has(code) || match.quoted || isBackedBy(block, match, clauses);
    const bits = [isBacked, every & NAMED, every & ALONE, !ENDED.has(match.state)];
    return bits.reduce((sum, bit) => sum * 2 + (bit ? 0 : 1), Math.min(match.instead.length, 3) * 4 + order)
      * 16 * 4096 + match.kind * 4096 + (4095 - Math.min(match.year, 4095));
  }

  // a rule whose words, or whose clause, holds what is looked for comes before one that only its summary names so
  function isBackedBy(block, match, clauses) {
    const [clause] = block.backing.get(match.n - block.first) ?? NONE;
    return clause !== undefined && holds(clauses, clause);
  }

  // by rank, and of each rank in the order of their numbers, in which they come: ranks are few, and what is found may be most of all
  function ordered(matches) {
    const shelves = new Map();
    for (const match of matches) {
      if (!shelves.has(match.rank)) shelves.set(match.rank, []);
      shelves.get(match.rank).push(match);
    }
    return [...shelves.keys()].sort((a, b) => a - b).flatMap((rank) => shelves.get(rank));
  }

  // ---- answers

  async function listed(chosen) {
    const { kindAt, kinds, total } = await manifest();
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
    return { found: fewest.map((n) => matchOf(n, kindAt(n))), others: [], at: await allFacts(fewest) };
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
    const clauses = found.map((match) => match.n).filter((n) => n >= shared.clauses);
    for (const match of kept) match.rank = rank(match, words.length === 1, at(match.n), shared, clauses);
    const exactly = kept.filter((match) => !match.instead.length).length;
    return { words, others, results: ordered(kept), counts, exactly };
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
