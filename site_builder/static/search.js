// Finds what the rule base says. The index comes as scripts, since a page opened from a disk cannot fetch; each script
// hands its data to PolicyIndex.accept. Places of pairs of characters say exactly where a word stands, so texts are
// loaded only for what is shown.
"use strict";

const PolicyIndex = (() => {
  const root = document.body.dataset.root;
  const version = document.body.dataset.index;
  const { learn, mayBeTraditional, wordsOf, pieces } = PolicySpelling;
  const NONE = new Int32Array(0);
  const MOST_OTHERS = 8;
  const FREQUENT_COST = 8;
  const TRIPLE_COST = 3;
  // files of keys and facts that are loaded before anything is asked: some 30 kB
  const SMALL = 16;
  // what is known of an item that holds a word
  const HELD = 1, NAMED = 2, ALONE = 4, QUOTED = 8, WHOLE = 16;

  // ---- loading

  const waiting = new Map();
  const loaded = new Map();

  function accept(name, data) {
    waiting.get(name)?.(data);
  }

  function load(name) {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(name, resolve);
        script.src = `${root}search/${name}.js?v=${version}`;
        script.onerror = () => {
          loaded.delete(name);
          reject(new Error(`search/${name}.js`));
        };
        script.onload = () => script.remove();
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  }

  let reading = null;

  // once this is done words can be folded; a table that cannot be had changes nothing for all other words
  async function readable(text) {
    if (!mayBeTraditional(text)) return;
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

  const made = new Map();

  // what is made of a file, made once
  function once(name, make) {
    if (!made.has(name)) {
      const promise = load(name).then(make);
      made.set(name, promise);
      promise.catch(() => made.delete(name));
    }
    return made.get(name);
  }

  // ---- numbers as short text: digits of base 45, the lowest first, all but the last from the upper half

  function unpack(text) {
    const numbers = [];
    let value = 0;
    let scale = 1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const digit = code - (code > 92 ? 36 : 35);
      value += (digit % 45) * scale;
      if (digit < 45) {
        numbers.push(value);
        value = 0;
        scale = 1;
      } else scale *= 45;
    }
    return numbers;
  }

  function rising(text) {
    const numbers = Int32Array.from(unpack(text ?? ""));
    for (let i = 1; i < numbers.length; i++) numbers[i] += numbers[i - 1];
    return numbers;
  }

  function runs(text, size) {
    const numbers = new Int32Array(size);
    const pairs = unpack(text);
    for (let i = 0, at = 0; i < pairs.length; at += pairs[i], i += 2) numbers.fill(pairs[i + 1], at, at + pairs[i]);
    return numbers;
  }

  function sparse(text) {
    const rows = new Map();
    const numbers = unpack(text);
    for (let i = 0, place = 0; i < numbers.length;) {
      place += numbers[i];
      const count = numbers[i + 1];
      rows.set(place, numbers.slice(i + 2, i + 2 + count));
      i += 2 + count;
    }
    return rows;
  }

  const manifest = () => once("manifest", (data) => {
    learn(data);
    return { ...data, blocks: rising(data.blocks), frequent: new Set(data.frequent), kindAt: (n) => last(data.kinds, (kind) => kind[2] <= n) };
  });

  // the last place of a sorted list that a test still holds at
  function last(list, holds) {
    let low = -1;
    for (let high = list.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (holds(list[middle])) low = middle; else high = middle;
    }
    return low;
  }

  // ---- keys

  async function shardOf(key) {
    const { pages, page } = await manifest();
    const at = Math.max(0, last(pages, (first) => !before(key, first)));
    const keys = await load(`keys-${at}`);
    return at * page + Math.max(0, last(keys, (first) => !before(key, first)));
  }

  // the order of code points, which is the order of the index
  function before(a, b) {
    const one = Array.from(a, (c) => c.codePointAt(0));
    const other = Array.from(b, (c) => c.codePointAt(0));
    const i = one.findIndex((code, k) => code !== other[k]);
    return i < 0 ? one.length < other.length : other[i] !== undefined && one[i] < other[i];
  }

  const lists = new Map();

  // what is packed under a key: lists of numbers that rise, parted by blanks
  async function packed(key) {
    const shard = await load(`shard-${await shardOf(key)}`);
    return Object.hasOwn(shard, key) ? shard[key] : undefined;
  }

  async function places(key) {
    if (!lists.has(key)) lists.set(key, packed(key).then(rising));
    return lists.get(key);
  }

  // all keys that are pairs and begin with a character
  async function beginning(character) {
    const first = await shardOf(character);
    const end = await shardOf(`${character}\u{10ffff}`);
    const shards = await Promise.all(Array.from({ length: end - first + 1 }, (_, i) => load(`shard-${first + i}`)));
    return shards.flatMap((shard) => Object.keys(shard)
      .filter((key) => key.startsWith(character) && Array.from(key).length < 3).map((key) => rising(shard[key])));
  }

  // ---- where a word stands

  function merged(sorted) {
    const all = new Int32Array(sorted.reduce((sum, list) => sum + list.length, 0));
    let at = 0;
    for (const list of sorted) {
      all.set(list, at);
      at += list.length;
    }
    return all.sort().filter((n, i) => i === 0 || n !== all[i - 1]);
  }

  function holds(list, n) {
    let low = 0;
    for (let high = list.length; low < high;) {
      const middle = (low + high) >> 1;
      if (list[middle] < n) low = middle + 1; else high = middle;
    }
    return list[low] === n;
  }

  // pairs that cover a word, each with its place in it: as few as may be; where a pair stands nearly everywhere, the
  // three characters around it instead
  function cover(characters, frequent) {
    const part = (i, length) => characters.slice(i, i + length).join("");
    // the cheapest way to cover all up to each character
    const ways = characters.map(() => null);
    for (let end = 1; end < characters.length; end++) {
      const units = [[end - 1, 2, frequent.has(part(end - 1, 2)) ? FREQUENT_COST : 1]];
      const at = end - 2;
      if (at >= 0 && !"=@#".includes(characters[at]) && (frequent.has(part(at, 2)) || frequent.has(part(at + 1, 2)))) units.push([at, 3, TRIPLE_COST]);
      for (const [start, length, cost] of units) {
        const before = start === 0 ? [{ cost: 0, taken: [] }] : ways.slice(start - 1, end).filter(Boolean);
        for (const way of before) {
          if (ways[end] && ways[end].cost <= way.cost + cost) continue;
          ways[end] = { cost: way.cost + cost, taken: [...way.taken, [part(start, length), start]] };
        }
      }
    }
    return ways.at(-1).taken;
  }

  async function literally(word) {
    const characters = Array.from(word);
    if (characters.length === 1) return merged(await beginning(word));
    const parts = await Promise.all(cover(characters, (await manifest()).frequent).map(async ([pair, i]) => [await places(pair), i]));
    const [[fewest, offset], ...others] = parts.sort((a, b) => a[0].length - b[0].length);
    return fewest.filter((place) => others.every(([list, i]) => holds(list, place - offset + i))).map((place) => place - offset);
  }

  // where each piece may begin and end; a term knows how long it is printed
  async function stretches(text, isTerm) {
    if (!isTerm) {
      const length = Array.from(text).length;
      return Array.from(await literally(text), (start) => [start, start + length]);
    }
    const [starts, lengths] = ((await packed(`=${text}`)) ?? " ").split(" ");
    const sizes = unpack(lengths);
    return Array.from(rising(starts), (start, i) => [start, start + sizes[i]]);
  }

  // the same words with their numbers in any spelling
  async function spelled(word) {
    const cut = pieces(word);
    if (!cut) return null;
    const each = await Promise.all(cut.map((piece) => stretches(...piece)));
    const follow = (found, next) => {
      const ends = new Map(next);
      return found.filter(([, end]) => ends.has(end)).map(([start, end]) => [start, ends.get(end)]);
    };
    return Int32Array.from(each.reduce(follow), ([start]) => start);
  }

  // ---- items

  const facts = (block) => once(`facts-${block}`, async (data) => {
    const { blocks, block: size, step } = await manifest();
    const sizes = unpack(data.sizes);
    const starts = new Int32Array(sizes.length + 1);
    starts[0] = blocks[block];
    sizes.forEach((length, i) => { starts[i + 1] = starts[i] + length * step; });
    const places = new Map();
    const triples = unpack(data.places);
    for (let i = 0; i < triples.length; i += 3) {
      places.set(triples[i], { region: data.names[triples[i + 1]], year: triples[i + 2] || "" });
    }
    const rows = (name) => sparse(data[name]);
    return {
      first: block * size, count: sizes.length, starts, places, names: data.names, periods: data.periods,
      leads: unpack(data.leads), documents: runs(data.documents, sizes.length), states: runs(data.states, sizes.length),
      others: rows("others"), departments: rows("departments"), groups: rows("groups"), sums: rows("sums"), backing: rows("backing"),
    };
  });

  const factsOf = async (n) => facts(Math.floor(n / (await manifest()).block));

  async function allFacts(numbers) {
    const { block } = await manifest();
    const wanted = new Set();
    for (const n of numbers) wanted.add(Math.floor(n / block));
    const known = new Map(await Promise.all([...wanted].map(async (b) => [b, await facts(b)])));
    return (n) => known.get(Math.floor(n / block));
  }

  // the blocks in which places lie, in order; all are asked for at once, since each is a way to the server and back
  async function blocksOf(places) {
    const { blocks } = await manifest();
    const wanted = [];
    for (const place of places) {
      if (wanted.length && place < (blocks[wanted.at(-1) + 1] ?? Infinity)) continue;
      wanted.push(last(blocks, (start) => start <= place));
    }
    return Promise.all(wanted.map(facts));
  }

  // Map of items that hold a word, with what is known of how
  async function holders(word) {
    const { kinds, kindAt, lead } = await manifest();
    if (Array.from(word).length === 2) {
      const frequent = await packed(`#${word}`);
      if (frequent) return frequentHolders(frequent);
    }
    const [literal, same] = await Promise.all([literally(word), spelled(word)]);
    const found = same ? merged([literal, same]) : literal;
    const spelledAt = same && new Set(same);
    const items = new Map();
    const holding = (await blocksOf(found)).values();
    let block = null;
    let i = 0;
    for (const place of found) {
      if (!block || place >= block.starts[block.count]) {
        block = holding.next().value;
        i = last(block.starts, (start) => start <= place);
      }
      while (block.starts[i + 1] <= place) i++;
      const n = block.first + i;
      const isClause = kinds[kindAt(n)][0] === "clause";
      const inside = place - block.starts[i];
      let known = (items.get(n) ?? 0) | HELD;
      if (inside < (isClause ? lead : block.leads[i])) known |= NAMED;
      if (isClause || inside >= block.leads[i]) known |= QUOTED;
      if (!spelledAt || spelledAt.has(place)) known |= ALONE;
      if (inside === 0 && block.leads[i] === Array.from(word).length) known |= WHOLE;
      items.set(n, known);
    }
    return items;
  }

  function frequentHolders(text) {
    const [all, named] = text.split(" ").map(rising);
    const items = new Map(Array.from(all, (n) => [n, HELD | QUOTED | ALONE]));
    for (const n of named) items.set(n, HELD | QUOTED | ALONE | NAMED);
    return items;
  }

  // ---- words that are used for each other: 取证补贴 and 评价补贴, 高级工 and 三级, 补助 and 补贴

  async function othersOf(word) {
    const { items, levels, endings } = await manifest();
    const level = levels.find((words) => words.includes(word));
    const known = items.flatMap((words) => words.filter((one) => word.includes(one)).map((one) => [one, words]));
    const [one, words] = known.sort((a, b) => b[0].length - a[0].length)[0] ?? [];
    const swapped = level ?? (one ? words.map((other) => word.replace(one, other)) : withEndings(word, endings));
    const spelled = [...new Set(swapped.map((other) => PolicySpelling.fold(other).words))];
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
    await readable(query);
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
    const { documents, works, rows } = await load(`texts-${block}`);
    await readable(JSON.stringify(rows[match.n - block * texts]));
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

  return { accept, count, describe, find, manifest, names, prepare };
})();
globalThis.PolicyIndex = PolicyIndex;
