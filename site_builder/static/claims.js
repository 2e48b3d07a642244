// What a profile may claim on a day, amount by amount, as kb/claims/applicability.py answers. Conditions come as scripts that
// hand their data to PolicyClaims.accept: a file a region, loaded for the place of whoever asks and all above it, and the
// words of a notice once one of its amounts is shown.
"use strict";

const PolicyClaims = (() => {
  const { ABROAD, UNKNOWN, answerOf, chain, deciding, judge } = PolicyJudging;
  const { accept, load } = PolicyScripts.of("apply", document.getElementById("claim-form").dataset.version);
  const ORDER = ["符合", "需人工判断", "不符合"];
  const RECEIVED = "received-";
  // so many amounts below a place are judged unasked
  const MOST_BELOW = 300;
  // and so many that an offer presumably replaces are told with it
  const EARLIER = 2;

  const manifest = () => load("manifest");
  const placesOf = (province) => load(`places-${province.slice(0, 2)}`);

  // ---- which files

  // the regions whose amounts may be for a place, those below it apart, and all others
  function regionsFor(place, regions) {
    const codes = Object.keys(regions);
    if (!place) return { here: [UNKNOWN], below: codes.filter((code) => code !== UNKNOWN), elsewhere: [] };
    if (place === ABROAD) return { here: [UNKNOWN], below: [], elsewhere: codes.filter((code) => code !== UNKNOWN) };
    const above = [...chain(place), UNKNOWN];
    const below = codes.filter((code) => !above.includes(code) && chain(code).includes(place));
    return { here: above, below, elsewhere: codes.filter((code) => !above.includes(code) && !below.includes(code)) };
  }

  const amountsIn = (codes, regions) => codes.reduce((sum, code) => sum + (regions[code]?.[1] ?? 0), 0);

  async function filesOf(codes, regions) {
    const files = await Promise.all(codes.filter((code) => code in regions).map((code) => load(`region-${code}`)));
    return files.map((file, at) => ({ ...file, code: codes.filter((code) => code in regions)[at] }));
  }

  // ---- who asks

  // a profile in the words of kb/claims/profile.py, of the parameters of an address
  function profileOf(told, numbers) {
    const yesOrNo = (key) => ({ true: true, false: false })[told.get(key)];
    const read = (keys, of) => Object.fromEntries(
      keys.map((key) => [of(key), Exact.read(told.get(key))]).filter(([, value]) => value));
    return {
      kind: told.get("kind"), region: told.get("region"), sector: told.get("sector"), obtained: told.get("obtained"),
      groups: told.getAll("groups"), training: told.getAll("training"), certificate: told.getAll("certificate"),
      age: Exact.read(told.get("age")), free: yesOrNo("free"), filed: yesOrNo("filed"), qualified: yesOrNo("qualified"),
      numbers: read(Object.keys(numbers), (key) => key),
      received: read([...told.keys()].filter((key) => key.startsWith(RECEIVED)), (key) => key.slice(RECEIVED.length)),
      confirmed: told.getAll("confirmed"), denied: told.getAll("denied"),
    };
  }

  // ---- judging

  async function caseOf(profile, on, { regions, wider, traits }) {
    const names = new Map([["00", "全国"]].concat(Object.entries(regions).map(([code, [name]]) => [code, name])));
    if (/^\d{6}$/.test(profile.region ?? "")) {
      const places = await placesOf(profile.region);
      for (const [code, name] of places) names.set(code, name);
    }
    for (const option of document.querySelectorAll("[data-provinces] option")) names.set(option.value, option.label);
    return { profile, on, wider, traits, named: (code) => names.get(code) ?? code };
  }

  // what an amount stands for on a day: the last stretch that has begun
  function stretch(row, on) {
    let at = 0;
    while (at + 1 < row.force.length && row.force[at + 1][0] <= on) at += 1;
    return at;
  }

  function forceOf(row, at, { confirmed, denied }) {
    const [, held, , id] = row.force[at];
    const [label = "", because = "", sentence = null] = row.words?.force[at] ?? [];
    const condition = { asks: "force", id, says: label, sentence };
    if (held !== null) return { condition, holds: held, because };
    if (confirmed.includes(id)) return { condition, holds: true, because: `人工判断：有效（${because}）` };
    if (denied.includes(id)) return { condition, holds: false, because: `人工判断：无效（${because}）` };
    return { condition, holds: null, because };
  }

  // what notices for the place say, in the order of the rule base, that shuts somebody out from an item
  function restrictionsFor(files, { profile: { region: place }, on }) {
    if (!place || place === ABROAD) return [];
    return files.filter((file) => chain(place).includes(file.code))
      .flatMap((file) => file.later.map((entry) => ({ ...entry, code: file.code })))
      .filter(({ days }) => days.reduce((held, [first, bears]) => (first <= on ? bears : held), false))
      .sort((one, other) => one.order - other.order);
  }

  // those of later notices for the same place, or one within it
  function laterOn(row, file, restrictions) {
    const [, , , , , last] = file.documents[row.document];
    if (!row.item || !last) return [];
    return restrictions
      .filter(({ code, issued, item }) => item === row.item && last < issued && chain(code).includes(file.code))
      .map(({ condition, sentence }) => ({ ...condition, sentence: sentenceOf(sentence) }));
  }

  function judgementsOf(offer, about) {
    const { row, later, at } = offer;
    const own = (row.conditions ?? []).map((condition, n) => ({
      ...condition, says: row.words?.says[n], sentence: row.words?.evidence[n],
    }));
    const conditions = [...own, ...later];
    return [forceOf(row, at, about.profile), ...conditions.map((one) => judge(one, { ...about, others: conditions }))];
  }

  function offerOf(row, file, later, about, words) {
    const at = stretch(row, about.on);
    const [number, id, name, page, issued] = file.documents[row.document];
    const offer = {
      row, at, later, rule: row.id, state: row.force[at][2],
      document: { number, id, name, page, issued, depth: chain(file.code).length },
      around: around(file.code, about.profile.region), beneath: [], conflicts: [], instead: null,
    };
    const employment = (row.conditions ?? []).find((one) => one.asks === "employment")?.employment;
    const sum = PolicyReckoning.reckon(row.sum, about.profile.numbers, employment, words);
    offer.missing = sum?.missing ?? [];
    offer.sum = sum && !sum.missing ? sum : null;
    return judged(offer, about);
  }

  function judged(offer, about) {
    offer.judgements = judgementsOf(offer, about);
    offer.answer = answerOf(offer.judgements);
    offer.deciding = deciding(offer.judgements);
    const { words } = offer.row;
    offer.decidedBy = offer.deciding ? offer.deciding.condition.sentence : words?.quote;
    return offer;
  }

  // ---- one beside another

  // each presumed predecessor beneath the one that presumably takes its place
  function arranged(offers) {
    const byRule = new Map(offers.map((offer) => [offer.rule, offer]));
    const beneath = new Set();
    for (const offer of offers) {
      offer.conflicts = (offer.row.conflicts ?? []).filter((rule) => byRule.has(rule));
      if (offer.state !== "presumed") continue;
      const later = (offer.row.later ?? []).filter((rule) => byRule.has(rule)).at(-1);
      if (!later) continue;
      byRule.get(later).beneath.push(offer);
      beneath.add(offer.rule);
    }
    return offers.filter((offer) => !beneath.has(offer.rule));
  }

  // of amounts that one sentence says may not be had together the highest is kept
  function withoutStacking(offers) {
    const best = new Map();
    const high = (offer) => offer.sum.high ?? Exact.ZERO;
    for (const offer of offers) {
      for (const key of exclusive(offer)) {
        if (!best.has(key) || Exact.compare(high(offer), high(best.get(key))) > 0) best.set(key, offer);
      }
    }
    for (const offer of offers) {
      const better = exclusive(offer).map((key) => best.get(key)).find((one) => one !== offer);
      offer.instead = better?.rule ?? null;
    }
    return offers;
  }

  function exclusive({ answer, sum, document: { id }, row }) {
    return answer === "符合" && sum?.total ? (row.exclusive ?? []).map((quote) => `${id}\n${quote}`) : [];
  }

  // 0 where what is said in a region holds at the place, 1 elsewhere, 2 where nobody knows
  function around(code, place) {
    if (code === UNKNOWN) return 2;
    return Number(Boolean(place) && !chain(place).includes(code));
  }

  // 符合 first, then what holds at the place, of the nearer region first; what is in force before what presumably is no more,
  // then what lacks least; the later notice, then as printed
  function before(one, other) {
    const open = ({ judgements }) => judgements.filter(({ holds }) => holds === null).length;
    const keys = [
      ({ answer }) => ORDER.indexOf(answer), ({ around: n }) => n, ({ document }) => -document.depth,
      ({ state }) => Number(state === "presumed"), open, ({ document }) => document.issued, ({ document }) => document.id, ({ row }) => row.at,
    ];
    for (const [n, key] of keys.entries()) {
      const [a, b] = [key(one), key(other)];
      if (a !== b) return n === 5 ? laterFirst(a, b) : a < b ? -1 : 1;
    }
    return 0;
  }

  // the later day first; where one is only a year of the other the year
  function laterFirst(a, b) {
    if (a.startsWith(b) || b.startsWith(a)) return a.length - b.length;
    return a > b ? -1 : 1;
  }

  // ---- the answer

  // ``told`` are parameters of an address; ``regions`` names those to be judged instead of those of the place
  async function find(told, on, { regions: asked = null } = {}) {
    const known = await manifest();
    const { regions } = known;
    const profile = profileOf(told, known.numbers);
    const { here, below, elsewhere } = regionsFor(profile.region, regions);
    const few = amountsIn(below, regions) <= MOST_BELOW;
    const codes = asked ?? (few ? [...here, ...below] : here);
    const [about, files] = await Promise.all([caseOf(profile, on, known), filesOf(codes, regions)]);
    const restrictions = restrictionsFor(files, about);
    const offers = [];
    const left = [];
    for (const file of files) {
      for (const row of file.amounts) {
        if (row.none) left.push({ row, why: row.none, ...placed(row, file) });
        else if (row.force[stretch(row, on)][2] === "over") left.push({ row, at: stretch(row, on), ...placed(row, file) });
        else offers.push(offerOf(row, file, laterOn(row, file, restrictions), about, known));
      }
    }
    const apart = (few ? [] : below).map((code) => [code, ...regions[code]]);
    return {
      about, left, offers: withoutStacking(arranged(offers)).sort(before),
      below: apart.filter(([, , many]) => many),
      elsewhere: elsewhere.map((code) => [code, ...regions[code]]).filter(([, , many]) => many),
    };
  }

  function placed(row, file) {
    const [number, id, name, page] = file.documents[row.document];
    return { rule: row.id, document: { number, id, name, page } };
  }

  // ---- words

  const sentenceOf = ([name, page, clause, anchor, quote]) => ({ name, page, clause, anchor, quote });

  // loads what is said of some offers, or of what is left out, and judges them again in words
  async function tell(offers, about) {
    const all = offers.flatMap((offer) => [offer, ...earlier(offer).slice(0, EARLIER)]);
    const numbers = [...new Set(all.map(({ document }) => document.number))];
    const files = new Map(await Promise.all(numbers.map(async (n) => [n, await load(`words-${n}`)])));
    for (const { row, document } of all) row.words ??= wordsOf(files.get(document.number), row.id);
    for (const offer of all) if (offer.judgements) judged(offer, about);
    return offers;
  }

  // all that an offer presumably takes the place of, the nearest first
  const earlier = ({ beneath = [] }) => beneath.flatMap((one) => [one, ...earlier(one)]);

  // what an amount does to another, where it is no sum of its own
  const relativeOf = ([says, n, rule = null, page = null], sentence) => ({ says, sentence: sentence(n), rule, page });

  function wordsOf(file, rule) {
    const told = file.amounts[rule];
    const sentence = (n) => sentenceOf(file.sentences[n]);
    return {
      ...told,
      quote: sentence(told.quote),
      contacts: file.contacts,
      force: told.force.map(([label, because, n, successors]) => [label, because, sentence(n), successors]),
      says: told.says ?? [],
      evidence: (told.evidence ?? []).map(sentence),
      payer: told.payer && { name: told.payer[0], sentence: sentence(told.payer[1]) },
      apply: (told.apply ?? []).map(sentence),
      stacking: (told.stacking ?? []).map(sentence),
      relative: told.relative && relativeOf(told.relative, sentence),
      deadlines: told.deadlines ?? [],
      departments: told.departments ?? [],
    };
  }

  // the share of its conditions that a machine can decide, in percent, half to even as in the command line
  function coverage({ judgements }) {
    const hundreds = judgements.filter(({ condition }) => condition.asks !== "person").length * 100;
    const [down, rest] = [Math.floor(hundreds / judgements.length), 2 * (hundreds % judgements.length)];
    return rest > judgements.length || (rest === judgements.length && down % 2) ? down + 1 : down;
  }

  return { accept, coverage, earlier, EARLIER, find, manifest, placesOf, tell };
})();
