// SPDX-License-Identifier: Apache-2.0
// Rows of a worklist in memory: which match the filters, and in what order. No page.
(() => {
  "use strict";

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /// What a search looks through, made once a row.
  function haystack(row) {
    if (row.haystack === undefined) {
      const lesions = row.y.concat(row.n).map((lesion) => lesion.join(" "));
      row.haystack = plain([row.p, row.a, ...row.c, ...lesions].join("\n"));
    }
    return row.haystack;
  }

  /// The places of the rows that match all that is asked; an empty value asks nothing.
  function matching(rows, asked) {
    const words = plain(asked.search || "").split(/\s+/).filter(Boolean);
    const found = [];
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place];
      if (asked.verdict && row.v !== asked.verdict) continue;
      if (asked.advice && row.a !== asked.advice) continue;
      if (asked.leading && row.l !== asked.leading) continue;
      if (asked.missing && !row.m.includes(asked.missing)) continue;
      if (asked.also && !row.o.includes(asked.also)) continue;
      if (words.length) {
        const text = haystack(row);
        if (!words.every((word) => text.includes(word))) continue;
      }
      found.push(place);
    }
    return found;
  }

  const collator = new Intl.Collator(undefined, { numeric: true });

  /// Places in the order of a column; the list's own order decides where it does not, and what is unknown stays last.
  function sorted(rows, places, column, isUp, isFigure) {
    if (column === "rank") return isUp ? places : places.slice().reverse();
    const key = column === "patient" ? (row) => row.p : isFigure ? (row) => row.f[column] : (row) => row.c[column];
    const keyed = places.map((place) => [key(rows[place]), place]);
    keyed.sort(([a, x], [b, y]) => {
      const [unknownA, unknownB] = [a === null || a === undefined || a === "?", b === null || b === undefined || b === "?"];
      if (unknownA || unknownB) return unknownA === unknownB ? x - y : unknownA ? 1 : -1;
      const order = typeof a === "number" ? a - b : collator.compare(a, b);
      return order === 0 ? x - y : isUp ? order : -order;
    });
    return keyed.map((entry) => entry[1]);
  }

  /// The values of one kind in all rows, with how many rows have each, the most frequent first.
  function values(rows, key) {
    const counts = new Map();
    for (const row of rows) {
      for (const value of [].concat(row[key])) if (value) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]));
  }

  OligoPlan.worklist = { matching, sorted, values };
})();
