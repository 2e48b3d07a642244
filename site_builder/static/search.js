// Finds what the rule base says. The index comes as scripts, since a page opened from a disk cannot fetch;
// each script hands its data to PolicyIndex.accept. Every hit is checked against the words themselves.
"use strict";

const PolicyIndex = (() => {
  const root = document.body.dataset.root;
  const version = document.body.dataset.index;
  const waiting = new Map();
  const loaded = new Map();
  const MOST_BLOCKS = 32;

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
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  }

  // ---- folding: the same table that the index was made with

  let table = null;

  async function manifest() {
    const data = await load("manifest");
    if (!table) {
      const to = Array.from(data.fold[1]);
      table = new Map(Array.from(data.fold[0], (character, i) => [character, to[i]]));
      for (const space of data.spaces) table.set(space, "");
      for (const stop of data.breaks) table.set(stop, "\n");
    }
    return data;
  }

  // folded characters, and for each its place in `text`
  function fold(text) {
    const characters = [];
    const places = [];
    let place = 0;
    for (const character of text) {
      const folded = table.get(character) ?? character;
      if (folded) {
        characters.push(folded);
        places.push(place);
      }
      place += character.length;
    }
    return { characters, places, words: characters.join("") };
  }

  // the words that all must be found; quotation marks hold a phrase together, spaces inside a 文号 do not part it
  function wordsOf(query) {
    const plain = Array.from(query, (c) => (/\s/.test(c) ? " " : table.get(c) || c)).join("");
    const joined = plain.replace(/\s*\(\s*(\d{4})\s*\)\s*(?:第\s*)?(\d{1,5})\s*号/g, "($1)$2号");
    const found = Array.from(joined.matchAll(/"([^"]+)"|[^\s"]+/g), (m) => m[1] ?? m[0]);
    return [...new Set(found.map((word) => fold(word).words).filter(Boolean))];
  }

  // ---- candidates: items that hold all pairs of a word

  async function postings(word) {
    const { shards } = await manifest();
    const characters = Array.from(word);
    const shardOf = (character) => load(`shard-${character.codePointAt(0) % shards}`);
    if (characters.length === 1) {
      const shard = await shardOf(word);
      return new Set(Object.keys(shard).filter((key) => key.startsWith(word)).flatMap((key) => numbers(shard[key])));
    }
    const pairs = [...new Set(characters.slice(0, -1).map((c, i) => c + characters[i + 1]))];
    const lists = await Promise.all(pairs.map(async (pair) => (await shardOf(pair))[pair] ?? []));
    return lists.sort((a, b) => a.length - b.length).map(numbers)
      .reduce((kept, list) => { const next = new Set(list); return new Set([...kept].filter((n) => next.has(n))); },
        new Set(numbers(lists[0])));
  }

  function numbers(steps) {
    let at = 0;
    return steps.map((step) => (at += step));
  }

  // items of the documents that a word names by title, number, issuer or region
  async function named(word) {
    const { documents } = await manifest();
    const found = new Set();
    for (const [title, number, , names, ...ranges] of documents) {
      if (!fold(`${title}\n${number}\n${names}`).words.includes(word)) continue;
      for (const [from, to] of ranges) for (let n = from; n < to; n++) found.add(n);
    }
    return found;
  }

  async function candidates(words) {
    const own = await Promise.all(words.map(postings));
    if (words.length === 1) return [...own[0]];
    const around = await Promise.all(words.map(named));
    const all = new Set(own.flatMap((set) => [...set]));
    return [...all].filter((n) => words.every((_, i) => own[i].has(n) || around[i].has(n)));
  }

  // ---- items

  async function item(n) {
    const { starts } = await manifest();
    const block = blockOf(starts, n);
    const rows = await load(`items-${block}`);
    return rows[n - starts[block]];
  }

  function blockOf(starts, n) {
    let low = 0;
    for (let high = starts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= n) low = middle; else high = middle;
    }
    return low;
  }

  async function describe(n) {
    const { kinds, documents } = await manifest();
    const [kind, position, address, title, where, text] = await item(n);
    const [code, label] = kinds[kind];
    const record = documents[position];
    const [source, number, page] = record ?? ["", "", ""];
    return {
      n, kind, code, label, title, where, text, source, number,
      clause: `${page}#${address.split(".")[0]}`,
      names: record ? record[3] : "",
      href: root + (record ? `${page}#${encodeURIComponent(address)}` : address),
    };
  }

  // ---- checking and ranking

  const isRule = (found) => !["document", "organ", "clause"].includes(found.code);

  function check(found, words) {
    const title = fold(found.title).words;
    const text = fold(found.text).words;
    const own = found.code === "clause" ? text : `${title}\n${text}`;
    const around = fold(`${found.source}\n${found.number}\n${found.names}`).words;
    const here = words.map((word) => own.includes(word));
    if (!here.includes(true)) return null;
    if (!words.every((word, i) => here[i] || around.includes(word))) return null;
    return { ...found, rank: rank(found, words, title, own) };
  }

  // the document of that number, the department of that name, rules, headings, the rest
  function rank(found, words, title, own) {
    const inTitle = words.every((word) => title.includes(word));
    const number = fold(found.number).words;
    let order = inTitle ? 2 : 3;
    if (found.code === "document" && words.some((word) => /\d/.test(word) && number.includes(word))) order = 0;
    else if (found.code === "organ" && words.length === 1 && title === words[0]) order = 0;
    else if (isRule(found)) order = 1;
    const whole = words.every((word) => !own.includes(word) || standsAlone(own, word));
    return [order, inTitle ? 0 : 1, whole ? 0 : 1, found.kind, found.n];
  }

  // 800元 inside 1800元 is found, but comes after 800元
  function standsAlone(text, word) {
    const digit = (character) => /\d/.test(character ?? "");
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const before = digit(word[0]) && (digit(text[at - 1]) || text[at - 1] === ".");
      const after = digit(word.at(-1)) && digit(text[at + word.length]);
      if (!before && !after) return true;
    }
    return false;
  }

  // a rule whose clause holds the words comes before one that only its summary names so
  function weigh(found, clauses) {
    const backed = !isRule(found) || clauses.has(found.clause);
    return { ...found, rank: [found.rank[0], backed ? 0 : 1, ...found.rank.slice(1)] };
  }

  function byRank(a, b) {
    const i = a.rank.findIndex((value, k) => value !== b.rank[k]);
    return i < 0 ? 0 : a.rank[i] - b.rank[i];
  }

  // {words, results, more}: all results in order; more says that the rest was not looked at
  async function find(query) {
    const { starts } = await manifest();
    const words = wordsOf(query);
    if (!words.length) return { words, results: [], more: false };
    const numbers = (await candidates(words)).sort((a, b) => a - b);
    const blocks = new Set();
    const looked = numbers.filter((n) => blocks.add(blockOf(starts, n)).size <= MOST_BLOCKS);
    const described = await Promise.all(looked.map(describe));
    const checked = described.map((found) => check(found, words)).filter(Boolean);
    const clauses = new Set(checked.filter((found) => found.code === "clause").map((found) => found.clause));
    const results = checked.map((found) => weigh(found, clauses)).sort(byRank);
    return { words, results, more: looked.length < numbers.length };
  }

  // how many items hold each word alone
  async function counts(words) {
    return Promise.all(words.map(async (word) => (await find(`"${word}"`)).results.length));
  }

  // places of the words in a text as [start, end], in order, overlaps joined
  function spans(text, words) {
    const { characters, places, words: folded } = fold(text);
    const starts = [];
    characters.forEach((character, i) => { for (let k = 0; k < character.length; k++) starts.push(i); });
    const found = [];
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        const last = starts[at + word.length - 1];
        found.push([places[starts[at]], places[last] + (text.codePointAt(places[last]) > 0xffff ? 2 : 1)]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return found.reduce((joined, [start, end]) => {
      const before = joined.at(-1);
      if (before && start <= before[1]) before[1] = Math.max(before[1], end);
      else joined.push([start, end]);
      return joined;
    }, []);
  }

  return { accept, find, counts, spans };
})();
globalThis.PolicyIndex = PolicyIndex;
