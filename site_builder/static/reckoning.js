// Calculates what an amount comes to, as kb/claims/calculation.py does: rates, steps, ceilings, shares, bases. A ceiling stays
// a ceiling. A test compares sums, bounds and every step with those of the command line.
"use strict";

const PolicyReckoning = (() => {
  const COUNTED = ["person", "certificate"];
  const TIMES = ["day", "hour", "month", "quarter", "year"];
  const MEANINGS = { pay: "应得金额", reduce_by: "减少的金额", raise_by: "提高后的额度", multiply: "折算后的金额" };
  const SUM_MEANS = { raise_by: "另加的金额", reduce_by: "减少的金额" };
  const { compare, least, minus, most, percentOf, plus, read, text, times, whole, ZERO } = Exact;

  const unique = (list) => [...new Set(list)];

  // the sum of an amount with the numbers that are given: {total, low, high, bound, notes, steps}, {missing} or null
  function reckon(amount, numbers, employment, words) {
    const sheet = new Sheet(amount, numbers, employment, words);
    if (amount.unit === "pp" || sheet.bases.some((basis) => !words.bases[basis])) return null;
    const missing = sheet.missing();
    if (missing.length) return { missing };
    if (amount.tiers && !sheet.stepsOf) return null;
    return sheet.isShare ? sheet.share() : sheet.sum();
  }

  class Sheet {
    constructor(amount, numbers, employment, words) {
      Object.assign(this, { amount, numbers, employment, words, notes: [], steps: [] });
      const { per = [], tiers = [], cap } = amount;
      this.bases = unique([...per, ...tiers.map(([, , unit]) => unit).filter(Boolean), ...(cap ? cap[1] : [])]);
      this.isShare = amount.role === "share" || Boolean(amount.percents);
      this.unit = amount.currency ?? "元";
    }

    given(basis) {
      return this.numbers[this.words.bases[basis]];
    }

    get counts() {
      return this.employment && this.bases.some((basis) => COUNTED.includes(basis)) ? this.employment : null;
    }

    missing() {
      const { employed, employment_rate: rate, base } = this.numbers;
      const asked = this.bases.filter((basis) => !this.given(basis)).map((basis) => this.words.bases[basis]);
      if (this.isShare && !base) asked.unshift("base");
      if (this.counts && !employed && !rate) asked.push("employment_rate");
      return unique(asked);
    }

    step(says, value) {
      this.steps.push(`${says} = ${text(value)}${this.unit}`);
      return value;
    }

    // ---- sums

    sum() {
      const { effect, min, max, tiers, role } = this.amount;
      const bound = tiers ? "exact" : boundOf(role, min, max);
      let high = null;
      let low = null;
      if (bound !== "floor") high = this.worth(max);
      if (bound === "floor" || bound === "range") low = this.worth(min);
      if (bound === "exact") low = high;
      this.tellLimits(bound, high);
      if (!this.bases.length) this.notes.push("原文没有写明按什么计算，按一次计");
      return this.result(bound, low, high, SUM_MEANS[effect] ?? "应得金额");
    }

    worth(value) {
      const { cap } = this.amount;
      const outer = cap ? cap[1] : [];
      let [sum, bases] = this.rate(value);
      const inner = bases.filter((basis) => !outer.includes(basis));
      if (cap) sum = this.capped(this.multiplied(sum, inner), read(cap[0]));
      return this.reduced(this.multiplied(sum, cap ? outer : inner));
    }

    rate(value) {
      const { per = [], tiers } = this.amount;
      return tiers ? this.stepped(per) : [value ? read(value) : ZERO, per];
    }

    // what the steps count
    get stepsOf() {
      const { per = [], tiers } = this.amount;
      return tiers.map((tier) => tier[2]).find(Boolean) ?? per.find((basis) => TIMES.includes(basis));
    }

    // 前10天150元，之后100元
    stepped(per) {
      const { tiers } = this.amount;
      const unit = this.stepsOf;
      const count = this.given(unit);
      const [, counted] = this.words.numbers[this.words.bases[unit]];
      const parts = [];
      let done = ZERO;
      for (const [until, rate] of tiers) {
        const upto = until === null ? count : read(until);
        const fits = most(ZERO, minus(least(upto, count), done));
        const first = done.digits === 0n ? "前" : `第${text(plus(done, read(1)))}至`;
        const name = until === null ? "之后" : `${first}${text(upto)}${counted}`;
        parts.push(this.step(`${name}：${rate} × ${text(fits)}`, times(read(rate), fits)));
        done = most(done, upto);
      }
      const total = parts.reduce(plus, ZERO);
      return [this.step(`分段合计：${parts.map(text).join(" + ")}`, total), per.filter((basis) => basis !== unit)];
    }

    capped(sum, ceiling) {
      if (compare(sum, ceiling) <= 0) return sum;
      return this.step(`${text(sum)}超过上限${text(ceiling)}，按上限`, ceiling);
    }

    multiplied(sum, bases) {
      return bases.reduce((product, basis) => {
        const count = this.count(basis);
        const [, unit] = this.words.numbers[this.words.bases[basis]];
        return this.step(`${text(product)} × ${text(count)}${unit}`, times(product, count));
      }, sum);
    }

    // ---- whom an employment rate has paid

    count(basis) {
      const all = this.given(basis);
      if (!this.counts || !COUNTED.includes(basis) || this.counts[1] !== null || this.reached()) return all;
      const { employed, employment_rate: rate } = this.numbers;
      const says = `就业率低于${this.counts[0]}%，只计就业的`;
      if (employed) return this.counted(says, employed);
      const exact = times(all, rate);
      const value = whole(exact);
      const part = compare(value, exact) ? ` = ${text(exact)}，不足一人的不计` : "";
      if (part) this.notes.push("就业人数由就业率推算，以实际就业人数为准");
      return this.counted(`${says}：${text(all)} × ${text(rate)}${part}`, value);
    }

    counted(says, value) {
      this.steps.push(`${says} = ${text(value)}人`);
      return value;
    }

    reduced(sum) {
      if (!this.counts || this.counts[1] === null || this.reached()) return sum;
      const [floor, below] = this.counts;
      return this.step(`就业率低于${floor}%：× ${below}%`, percentOf(sum, read(below)));
    }

    reached() {
      const { employed = ZERO, employment_rate: rate } = this.numbers;
      const floor = read(this.counts[0]);
      if (rate) return compare(times(rate, Exact.HUNDRED), floor) >= 0;
      const people = COUNTED.map((basis) => this.given(basis)).find((count) => count && count.digits > 0n) ?? ZERO;
      return people.digits > 0n && compare(times(employed, Exact.HUNDRED), times(floor, people)) >= 0;
    }

    // ---- shares

    share() {
      const [low = null, high = null] = this.amount.percents ?? [];
      const bound = boundOf(this.amount.role, low, high);
      let upper = null;
      let lower = null;
      if (bound !== "floor") upper = this.portion(high);
      if (bound === "floor" || bound === "range") lower = this.portion(low);
      if (bound === "exact") lower = upper;
      this.tellLimits(bound, upper);
      return this.result(bound, lower, upper, MEANINGS[this.amount.effect] ?? "按比例计算的金额");
    }

    portion(percent) {
      const { effect, cap } = this.amount;
      const { base } = this.numbers;
      const rate = percent ? read(percent) : ZERO;
      let sum = this.step(`${text(base)} × ${text(rate)}%`, percentOf(base, rate));
      if (effect === "raise_by") sum = this.step(`${text(base)} + ${text(sum)}`, plus(base, sum));
      if (cap) sum = this.capped(sum, read(cap[0]));
      return this.multiplied(sum, this.bases.filter((basis) => basis !== "time"));
    }

    // ---- what is to be said of it

    tellLimits(bound, high) {
      const { cap, exclusive, limit, budgets = [] } = this.amount;
      const { notes, words } = this;
      if (bound === "ceiling") notes.push("原文只写了上限，实际金额由主管部门在上限以内确定");
      if (bound === "floor") notes.push("原文只写了下限");
      if (exclusive) notes.push("原文的界限不含本数");
      if (limit) {
        const per = words.numbers[words.bases[limit[1]]]?.[1];
        notes.push(`限${limit[0]}次${per ? `（每${per}）` : ""}`);
      }
      if (cap && !cap[1].length && this.bases.length) notes.push("原文没有写明上限按什么计，按合计金额封顶");
      for (const [budget, name] of high ? budgets : []) {
        const over = compare(high, read(budget)) > 0;
        notes.push(`${over ? "超过" : "未超过"}同一句所列预算${budget}元（${name}）`);
      }
    }

    result(bound, low, high, means) {
      const { notes, steps, unit } = this;
      return { bound, low, high, means, notes, steps, unit, total: bound === "exact" ? high : null };
    }
  }

  function boundOf(role, low, high) {
    if (role === "cap" || (!low && high)) return "ceiling";
    if (!high) return "floor";
    return compare(read(low), read(high)) ? "range" : "exact";
  }

  // 51000 元; 最高不超过 400000 元; 100 至 300 元
  function said({ bound, low, high, unit }) {
    if (bound === "range") return `${text(low)} 至 ${text(high)} ${unit}`;
    const value = bound === "floor" ? low : high;
    const words = { ceiling: "最高不超过 ", floor: "不低于 " }[bound] ?? "";
    return value ? `${words}${text(value)} ${unit}` : "没有数额";
  }

  return { reckon, said };
})();
