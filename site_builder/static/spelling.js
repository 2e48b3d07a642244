// How words are compared: folded characters, and numbers and 文号 in one spelling beside them. The same as
// site_builder/search/folding.py and terms.py; a test holds them together.
"use strict";

const PolicySpelling = (() => {
  let table = null;

  // [from, to, spaces, breaks], as the index was made with
  function learn({ fold, spaces, breaks }) {
    if (table) return;
    const to = Array.from(fold[1]);
    table = new Map(Array.from(fold[0], (character, i) => [character, to[i]]));
    for (const space of spaces) table.set(space, "");
    for (const stop of breaks) table.set(stop, "\n");
    for (const [one, simplified] of traditional ?? []) table.set(one, simplified);
  }

  // traditional characters: a script of its own, which most queries never load
  let traditional = null;

  // 发發髮 补補 …
  function learnTraditional(groups) {
    traditional = groups.trim().split(/\s+/).flatMap(([simplified, ...all]) => all.map((one) => [one, simplified]));
    for (const [one, simplified] of table ? traditional : []) table.set(one, simplified);
  }

  // the characters of GB 2312, by what browsers know of old pages: rows B0 to F7 of 94 characters
  function plain() {
    const bytes = new Uint8Array(72 * 94 * 2);
    for (let i = 0; i < bytes.length; i += 2) {
      bytes[i] = 0xb0 + Math.floor(i / 188);
      bytes[i + 1] = 0xa1 + ((i >> 1) % 94);
    }
    return new TextDecoder("gb2312").decode(bytes);
  }
  let known = null;

  // whether words can be folded only with that script
  function mayBeTraditional(text) {
    known ??= plain();
    return !traditional && Array.from(text.matchAll(/\p{Script=Han}/gu)).some(([one]) => !known.includes(one));
  }

  // folded words, and for each of their UTF-16 units where its character begins and ends in `text`
  function fold(text) {
    let words = "";
    const starts = [];
    const ends = [];
    let place = 0;
    for (const character of text) {
      const folded = table.get(character) ?? character;
      for (let unit = 0; unit < folded.length; unit++) {
        starts.push(place);
        ends.push(place + character.length);
      }
      words += folded;
      place += character.length;
    }
    return { words, starts, ends };
  }

  // a 文号 without its brackets, as it is typed: 穗府办规2020 10号, 国发2018 41, 国发201841号, 商服贸函2026年322号
  const BARE = new RegExp("(?<=^|[\\s\"])(\\p{Script=Han}{1,15}[发函办规字文电告])\\s*(19[4-9]\\d|20\\d\\d)"
    + "(?:(?:\\s*年\\s*第?\\s*|\\s*第\\s*|\\s*[-/]\\s*|\\s+)(\\d{1,4})(?![\\d元万亿千百人名%个天月年])(?:\\s*号)?|(\\d{1,4})号)", "gu");

  // the words that all must be found; quotation marks hold a phrase together, spaces inside a 文号 do not part it
  function wordsOf(query) {
    const plain = Array.from(query, (c) => (/\s/.test(c) ? " " : table.get(c) || c)).join("");
    const joined = plain.replace(BARE, (_, of, year, serial, glued) => `${of}(${year})${serial ?? glued}号`).replace(/(?:(?<=[发函办规字文电告])\s+)?\(\s*(\d{4})\s*\)\s*(第?)\s*(\d{1,5})\s*号/g, "($1)$2$3号")
      .replace(/(\d)\s+(?=[元万亿千百人名%])/g, "$1");
    const found = Array.from(joined.matchAll(/"([^"]+)"|[^\s"]+/g), (m) => m[1] ?? m[0]);
    return [...new Set(found.map((word) => fold(word).words.replaceAll("\n", "")).filter(Boolean))];
  }

  // ---- numbers

  const UNITS = "元人名家个天日月年号次%户亩所期课学周倍岁项条章款批";
  const ONES = "一二三四五六七八九两壹贰叁肆伍陆柒捌玖";
  const CHINESE = `零〇○${ONES}十百千万亿拾佰仟`;
  const TERM = new RegExp("\\((?<year>\\d{4})\\)第?(?<serial>\\d{1,5})号"
    + "|(?<issued>(?:19|20)\\d\\d)年第?(?<issue>\\d{1,5})号"
    + `|百分之(?<share>\\d+(?:\\.\\d+)?|[${ONES}十百零]+)`
    + `|(?<arabic>(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)[十百千万亿]*)(?<of>[${UNITS}])`
    + `|(?<chinese>[${ONES}十拾][${CHINESE}]*)(?<counted>[${UNITS}])`, "gu");
  const BESIDE = new RegExp(`[${ONES}]{2}`, "u");
  const YEAR = new RegExp(`^[零〇○${ONES}]{4}$`, "u");
  const NUMBERED = /^[0-9]{1,2}\.[0-9]{4}年$/;
  const BEGUN = new Set(`${CHINESE}0123456789.几数多余`);
  const SCALES = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 };
  const DIGITS = new Map([..."零一二三四五六七八九"].map((c, i) => [c, i])
    .concat([..."零壹贰叁肆伍陆柒捌玖"].map((c, i) => [c, i]), [["〇", 0], ["○", 0], ["两", 2]]));
  const SMALL = { 十: 10, 百: 100, 千: 1000, 拾: 10, 佰: 100, 仟: 1000 };
  const LARGE = { 万: 1e4, 亿: 1e8 };

  // by moving the point in the digits: 1.15亿 is not 114999999.99
  function arabic(printed) {
    const [, digits, scale] = /^([\d.]+)([十百千万亿]*)$/.exec(printed.replaceAll(",", ""));
    const [whole, fraction = ""] = digits.split(".");
    const zeros = [...scale].reduce((sum, c) => sum + SCALES[c], 0);
    const moved = fraction.padEnd(zeros, "0");
    const left = (whole + moved.slice(0, zeros)).replace(/^0+(?=\d)/, "");
    const right = moved.slice(zeros).replace(/0+$/, "");
    return right ? `${left}.${right}` : left;
  }

  function chinese(printed) {
    const characters = [...printed];
    if (characters.every((c) => DIGITS.has(c))) return String(Number(characters.map((c) => DIGITS.get(c)).join("")));
    let total = 0;
    let section = 0;
    let digit = null;
    let last = 1;
    for (const c of characters) {
      if (DIGITS.has(c)) {
        digit = DIGITS.get(c);
        if (digit === 0) last = 1;
      } else if (SMALL[c]) {
        last = SMALL[c];
        section += (digit ?? 1) * last;
        digit = null;
      } else {
        last = LARGE[c];
        const head = section + (digit ?? 0);
        if (!head && !total) return "";
        total = total >= last ? total + head * last : (total + head) * last;
        section = 0;
        digit = null;
      }
    }
    if (digit !== null) section += digit * (last >= 100 ? Math.floor(last / 10) : 1);
    return String(total + section);
  }

  function value(printed, unit) {
    if (BESIDE.test(printed) && !(unit === "年" && YEAR.test(printed))) return "";
    return /^\d/.test(printed) ? arabic(printed) : chinese(printed);
  }

  // [{text, start, length}] of folded words, in UTF-16 units; of a 文号 its serial number follows it
  function terms(folded) {
    const found = [];
    const add = (number, unit, start, length) => { if (number) found.push({ text: number + unit, start, length }); };
    for (const match of folded.matchAll(TERM)) {
      const { year, serial, issued, issue, share, of, counted } = match.groups;
      const [printed] = match;
      const start = match.index;
      if (year) {
        const number = String(Number(serial));
        add(`(${year})${number}`, "号", start, printed.length);
        add(number, "号", start + printed.length - serial.length - 1, serial.length + 1);
      } else if (issued) {
        const number = String(Number(issue));
        if (start === 0 || !BEGUN.has(folded[start - 1])) {
          add(`(${issued})${number}`, "号", start, printed.length);
          add(issued, "年", start, 5);
        }
        add(number, "号", start + printed.length - issue.length - 1, issue.length + 1);
      } else if (share) {
        add(value(share, "%"), "%", start, printed.length);
      } else if (NUMBERED.test(printed)) {
        add(printed.slice(-5, -1), "年", start + printed.length - 5, 5);
      } else if (start === 0 || !BEGUN.has(folded[start - 1])) {
        add(value(printed.slice(0, -1), of ?? counted), of ?? counted, start, printed.length);
      }
    }
    return found;
  }

  // a word as pieces, [text, whether it is a term]; null where it has no term
  function pieces(word) {
    const cut = [];
    let at = 0;
    for (const term of terms(word)) {
      if (term.start < at) continue;
      if (term.start > at) cut.push([word.slice(at, term.start), false]);
      cut.push([term.text, true]);
      at = term.start + term.length;
    }
    if (!cut.length) return null;
    if (at < word.length) cut.push([word.slice(at), false]);
    return cut;
  }

  // ---- where words stand in a text that is shown

  function literal(folded, word) {
    const found = [];
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) found.push([at, at + word.length]);
    return found;
  }

  function follow(folded, printed, cut) {
    const spans = (piece) => (piece[1]
      ? printed.filter((t) => t.text === piece[0]).map((t) => [t.start, t.start + t.length]) : literal(folded, piece[0]));
    let found = spans(cut[0]);
    for (const piece of cut.slice(1)) {
      const next = new Map(spans(piece));
      found = found.filter(([, end]) => next.has(end)).map(([start, end]) => [start, next.get(end)]);
    }
    return found;
  }

  // places of the words in a text as [start, end], in order, overlaps joined
  function spans(text, words) {
    const { words: folded, starts, ends } = fold(text);
    const cuts = words.map(pieces);
    const printed = cuts.some(Boolean) ? terms(folded) : [];
    const found = words.flatMap((word, i) => [...literal(folded, word), ...(cuts[i] ? follow(folded, printed, cuts[i]) : [])]);
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return found.map(([start, end]) => [starts[start], ends[end - 1]]).reduce((joined, [start, end]) => {
      const before = joined.at(-1);
      if (before && start <= before[1]) before[1] = Math.max(before[1], end);
      else joined.push([start, end]);
      return joined;
    }, []);
  }

  return { learn, learnTraditional, mayBeTraditional, fold, wordsOf, terms, pieces, spans };
})();
globalThis.PolicySpelling = PolicySpelling;
