// Numbers as the index packs them, and sorted lists of them. A number is its digits of base 45, the lowest first; all but the
// last are from the upper half of the alphabet (site_builder/search/packing.py).
"use strict";

const PolicyPacking = (() => {
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

  // the last place of a sorted list that a test still holds at
  function last(list, holds) {
    let low = -1;
    for (let high = list.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (holds(list[middle])) low = middle; else high = middle;
    }
    return low;
  }

  // all numbers of lists that rise, each once
  function merged(sorted) {
    const all = new Int32Array(sorted.reduce((sum, list) => sum + list.length, 0));
    let at = 0;
    for (const list of sorted) {
      all.set(list, at);
      at += list.length;
    }
    return all.sort().filter((n, i) => i === 0 || n !== all[i - 1]);
  }

  // whether a list that rises has a number
  function holds(list, n) {
    let low = 0;
    for (let high = list.length; low < high;) {
      const middle = (low + high) >> 1;
      if (list[middle] < n) low = middle + 1; else high = middle;
    }
    return list[low] === n;
  }

  return { holds, last, merged, rising, runs, sparse, unpack };
})();
