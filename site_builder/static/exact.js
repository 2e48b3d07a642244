// Exact decimal numbers: a whole number and how many of its digits stand behind the point. Money is never a float here.
"use strict";

const Exact = (() => {
  const ten = (power) => 10n ** BigInt(power);
  const SHAPE = /^(-?)(\d+)(?:\.(\d+))?$/;

  const make = (digits, places) => Object.freeze({ digits, places });
  const scaled = (value, places) => value.digits * ten(places - value.places);

  // the number that a text writes in plain digits; null where it writes none
  function read(text) {
    const found = SHAPE.exec(String(text ?? "").trim());
    if (!found) return null;
    const [, sign, whole, part = ""] = found;
    return make(BigInt(sign + whole + part), part.length);
  }

  function both(one, other, act) {
    const places = Math.max(one.places, other.places);
    return make(act(scaled(one, places), scaled(other, places)), places);
  }

  const plus = (one, other) => both(one, other, (a, b) => a + b);
  const minus = (one, other) => both(one, other, (a, b) => a - b);
  const times = (one, other) => make(one.digits * other.digits, one.places + other.places);
  const percentOf = (one, percent) => { const made = times(one, percent); return make(made.digits, made.places + 2); };
  const least = (one, other) => (compare(one, other) <= 0 ? one : other);
  const most = (one, other) => (compare(one, other) >= 0 ? one : other);
  // for numbers from 0 on
  const whole = (value) => make(value.digits / ten(value.places), 0);

  function compare(one, other) {
    const { digits } = minus(one, other);
    return digits < 0n ? -1 : digits > 0n ? 1 : 0;
  }

  function text(value) {
    const sign = value.digits < 0n ? "-" : "";
    const digits = String(value.digits < 0n ? -value.digits : value.digits).padStart(value.places + 1, "0");
    const point = digits.length - value.places;
    const part = digits.slice(point).replace(/0+$/, "");
    return sign + digits.slice(0, point) + (part && `.${part}`);
  }

  const ZERO = make(0n, 0);
  return { ZERO, HUNDRED: make(100n, 0), compare, least, minus, most, percentOf, plus, read, text, times, whole };
})();
