// Judges one condition for one profile, as kb/claims/judging.py does: it holds, it does not, or it cannot be told (null).
// What a profile does not say is never taken for a no. A test asks both the same and compares every answer.
"use strict";

const PolicyJudging = (() => {
  const PERSON = "个人";
  const ABROAD = "境外";
  const NATION = "00";
  const UNKNOWN = "xx";
  const { compare, read, text, times } = Exact;

  const answer = (holds, because, missing = null) => ({ holds, because, missing });
  const meet = (some, others = []) => some.some((one) => others.includes(one));

  // a region and all above it, the highest first
  function chain(code) {
    if (code.startsWith(UNKNOWN) || !/^\d\d/.test(code)) return [code];
    if (code.startsWith(NATION)) return [NATION];
    const steps = [NATION, `${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
    const depth = code.endsWith("0000") ? 1 : code.endsWith("00") ? 2 : 3;
    return [...new Set(steps)].slice(0, 1 + depth);
  }

  function person({ says = "", sentence = { quote: "" } }) {
    return answer(null, sentence.quote.includes(says) ? "须由人判断" : `须由人判断：${says}`);
  }

  function region({ values: [wanted] }, { profile: { region: place }, named }) {
    if (!place) return answer(null, "没有说明所在地区", "region");
    if (place === ABROAD) return answer(false, "在境外");
    if (chain(place).includes(wanted)) return answer(true, `${named(place)}在${named(wanted)}内`);
    if (chain(wanted).includes(place)) return answer(null, `所在地区只说到${named(place)}`, "region");
    return answer(false, `${named(place)}不在${named(wanted)}内`);
  }

  function sector({ values: [wanted] }, { profile: { sector: given } }) {
    if (!given) return answer(null, `是否属于${wanted}系统没有说明`, "sector");
    if (wanted.includes(given) || given.includes(wanted)) return answer(true, `属于${wanted}系统`);
    return answer(null, `说明的是${given}，文件由${wanted}部门发出`, "sector");
  }

  function applicant({ values, also = [] }, about) {
    const { kind } = about.profile;
    if (values.includes(kind)) return answer(true, `是${kind}`);
    if (also.includes(kind)) return answer(null, `原文另许${kind}在一定条件下申领`);
    if (values.includes(PERSON) && itsPeople(about)) return answer(null, `补贴写给个人，是否由${kind}申领须由人判断`);
    return answer(false, `是${kind}，不是${values.join("、")}`);
  }

  // whether the money is for people whom the applicant says it trains
  function itsPeople({ profile, others, wider }) {
    const valuesOf = (asks) => others.filter((one) => one.asks === asks).flatMap((one) => one.values ?? []);
    return meet(profile.groups, valuesOf("group")) || takesIn(valuesOf("training"), profile.training, wider);
  }

  const takesIn = (wanted, given, wider) => meet(given, [...wanted, ...wanted.flatMap((kind) => wider[kind] ?? [])]);

  function namedOne({ says = "", open, values = [] }, given, key, fits) {
    if (!given.length) return answer(null, `没有说明${says.split("：")[0]}`, key);
    const said = given.join("、");
    if (fits) return answer(true, `是${said}`);
    if (open) return answer(null, `是${said}，原文所列未尽，须由人判断`);
    return answer(false, `是${said}，不是${values.join("、")}`);
  }

  // who is 高校毕业生 has not said that they are no 残疾人
  function group(asked, { profile: { groups }, traits }) {
    const fits = meet(groups, asked.values);
    const unsaid = asked.values.filter((name) => traits.includes(name));
    if (groups.length && !fits && unsaid.length) return answer(null, `没有说明是否${unsaid.join("、")}`, "groups");
    return namedOne(asked, groups, "groups", fits);
  }

  function training(asked, { profile, wider }) {
    const { values = [] } = asked;
    return namedOne(asked, profile.training, "training", !values.length || takesIn(values, profile.training, wider));
  }

  function certificate({ values = [] }, { profile: { certificate: given } }) {
    if (!given.length) return answer(null, "没有说明证书等级", "certificate");
    const said = given.join("、");
    return meet(given, values) || !values.length ? answer(true, `有${said}证书`) : answer(false, `证书是${said}`);
  }

  function within({ low, high }, value, said) {
    return answer((!low || compare(value, read(low)) >= 0) && (!high || compare(value, read(high)) <= 0), said);
  }

  function duration(asked, { profile: { numbers } }) {
    const { unit } = asked;
    const given = { month: numbers.months, day: numbers.days }[unit];
    if (!given && unit === "month" && numbers.days) return monthsOfDays(asked, numbers.days);
    if (!given) return answer(null, "没有说明培训期限", unit === "month" ? "months" : "days");
    return within(asked, given, `培训${text(given)}${unit === "month" ? "个月" : "天"}`);
  }

  // months have 28 to 31 days: certain only where both give the same
  function monthsOfDays({ low = "0", high }, days) {
    const said = `培训${text(days)}天`;
    const against = (months, length) => compare(days, times(read(months), read(length)));
    if (against(low, 31) >= 0 && (!high || against(high, 28) <= 0)) return answer(true, said);
    if (against(low, 28) < 0 || (high && against(high, 31) > 0)) return answer(false, said);
    return answer(null, `${said}，是否满足月数须由人判断`, "months");
  }

  function age(asked, { profile }) {
    if (profile.kind !== PERSON) return answer(null, "年龄是个人的，须由人判断");
    if (!profile.age) return answer(null, "没有说明年龄", "age");
    return within(asked, profile.age, `${text(profile.age)}周岁`);
  }

  // a limit that is not known to be used up bars nobody; it is told with the answer
  function howOften({ unit = "", high }, { profile: { received } }) {
    const had = received[unit];
    if (!had) return answer(true, "没有说明已享受的次数，按未享受计", "received");
    return answer(!high || compare(had, read(high)) < 0, `已享受${text(had)}次`);
  }

  function date({ values: [first, last], dated }, { profile: { obtained }, on }) {
    const day = dated && obtained ? obtained : on;
    // of 2021 the first day is 2021-01-01; no day of it is later than 2021-12-31, nor of a month than its 31st
    const begins = first && `${first}-01-01`.slice(0, 10);
    const ends = last && last + { 4: "-12-31", 7: "-31", 10: "" }[last.length];
    const fits = (!begins || day >= begins) && (!ends || day <= ends);
    return answer(fits, `${dated && obtained ? "取得证书" : "这一天"}是${day}`);
  }

  const told = (key, yes, no) => (asked, { profile: { [key]: given } }) => {
    if (given === undefined) return answer(null, `没有说明是否${yes}`, key);
    return answer(given, given ? yes : no);
  };

  // it decides how many are paid for; at nobody employed there is nothing to be had
  function employment({ employment: [floor, below] }, { profile: { numbers } }) {
    const { employment_rate: rate, employed, people } = numbers;
    const byHeads = !rate && employed && people && compare(people, Exact.ZERO) > 0;
    if (!rate && !byHeads) return answer(null, "没有说明就业率", "employment_rate");
    // a rate against the floor in percent, or heads against heads
    const [reached, whole] = byHeads ? [employed, people] : [rate, read(1)];
    if (compare(times(reached, Exact.HUNDRED), times(read(floor), whole)) >= 0) return answer(true, `就业率达到${floor}%`);
    const missed = `就业率没有达到${floor}%`;
    if (below === null && employed && employed.digits === 0n) return answer(false, `${missed}，未就业的不计`);
    if (below === "0" || reached.digits === 0n) return answer(false, missed);
    return answer(true, `${missed}，${below === null ? "只计就业人数" : `按${below}%`}`);
  }

  const JUDGES = {
    age, applicant, certificate, date, duration, employment, group, person, region, sector, training,
    times: howOften,
    free: told("free", "免费", "不是免费"),
    filing: told("filed", "已报备", "没有报备"),
    qualification: told("qualified", "已列入目录或被确定", "没有列入目录或被确定"),
  };

  // a person's word counts before everything else
  function judge(condition, about) {
    const { confirmed, denied } = about.profile;
    if (denied.includes(condition.id)) return { condition, ...answer(false, "人工判断：不满足") };
    if (confirmed.includes(condition.id)) return { condition, ...answer(true, "人工判断：满足") };
    return { condition, ...JUDGES[condition.asks](condition, about) };
  }

  // 不符合 if one does not hold; else 需人工判断 if one is not known; else 符合
  function answerOf(judgements) {
    if (judgements.some((one) => one.holds === false)) return "不符合";
    return judgements.some((one) => one.holds === null) ? "需人工判断" : "符合";
  }

  // the first that does not hold, else the first that is not known
  function deciding(judgements) {
    return judgements.find((one) => one.holds === false) ?? judgements.find((one) => one.holds === null) ?? null;
  }

  return { ABROAD, UNKNOWN, answerOf, chain, deciding, judge };
})();
