// The index of all that can be found: in which items a word stands, and what is known of an item. Places of pairs of characters
// say exactly where a word stands, so texts are loaded only for what is shown.
"use strict";

const PolicyIndex = (() => {
  const { learn, pieces } = PolicySpelling;
  const { holds, last, merged, rising, runs, sparse, unpack } = PolicyPacking;
  const { accept, load } = PolicyScripts.of("search", document.body.dataset.index);
  const FREQUENT_COST = 8;
  const TRIPLE_COST = 3;
  // what is known of an item that holds a word
  const HELD = 1, NAMED = 2, ALONE = 4, QUOTED = 8, WHOLE = 16;

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

  const manifest = () => once("manifest", (data) => {
    learn(data);
    const firsts = data.kinds.map(([, , first]) => first);
    const kindAt = (n) => last(firsts, (first) => first <= n);
    return { ...data, blocks: rising(data.blocks), frequent: new Set(data.frequent), kindAt, documents: firsts[1], clauses: firsts.at(-1) };
  });

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
    const years = [...new Set(triples.filter((_, i) => i % 3 === 2))];
    for (let i = 0; i < triples.length; i += 3) {
      places.set(triples[i], { region: triples[i + 1], year: years.indexOf(triples[i + 2]) });
    }
    const rows = (name) => sparse(data[name]);
    return {
      first: block * size, count: sizes.length, starts, places, years: years.map((year) => String(year || "")), names: data.names, periods: data.periods,
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

  // {numbers, flags}: the items that hold a word, and by the number of an item what is known of how; 0 of all others
  async function holders(word) {
    const { clauses, lead, total } = await manifest();
    if (Array.from(word).length === 2) {
      const frequent = await packed(`#${word}`);
      if (frequent) return frequentHolders(frequent, total);
    }
    const [literal, same] = await Promise.all([literally(word), spelled(word)]);
    const found = same ? merged([literal, same]) : literal;
    const spelledAt = same && new Set(same);
    const length = Array.from(word).length;
    const flags = new Uint8Array(total);
    const numbers = [];
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
      const isClause = n >= clauses;
      const inside = place - block.starts[i];
      if (!flags[n]) numbers.push(n);
      flags[n] |= HELD;
      if (inside < (isClause ? lead : block.leads[i])) flags[n] |= NAMED;
      if (isClause || inside >= block.leads[i]) flags[n] |= QUOTED;
      if (!spelledAt || spelledAt.has(place)) flags[n] |= ALONE;
      if (inside === 0 && block.leads[i] === length) flags[n] |= WHOLE;
    }
    return { numbers, flags };
  }

  function frequentHolders(text, total) {
    const [numbers, named] = text.split(" ").map(rising);
    const flags = new Uint8Array(total);
    for (const n of numbers) flags[n] = HELD | QUOTED | ALONE;
    for (const n of named) flags[n] |= NAMED;
    return { numbers, flags };
  }

  return { accept, allFacts, ALONE, facts, factsOf, HELD, holders, load, manifest, NAMED, places, QUOTED, WHOLE };
})();
globalThis.PolicyIndex = PolicyIndex;
