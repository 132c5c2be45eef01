// SPDX-License-Identifier: Apache-2.0
// The one global of the report's scripts. Everything else hangs on it.
const OligoPlan = {};

(() => {
  "use strict";

  // ── The two JSON scripts ────────────────────────────────────────────────
  // They may hold some megabytes, so each is parsed once, and only when it is asked for.
  const parsed = new Map();
  function json(id, fallback) {
    if (parsed.has(id)) return parsed.get(id);
    let value = fallback;
    const element = document.getElementById(id);
    if (element) {
      try { value = JSON.parse(element.textContent) || fallback; } catch (error) { value = fallback; }
    }
    parsed.set(id, value);
    return value;
  }

  const list = value => (Array.isArray(value) ? value : []);

  OligoPlan.scene = () => {
    const scene = json("scene", {});
    if (!scene.checked) {
      // Arrays may be missing when they are empty; the rest of the scripts then need not ask.
      scene.bodies = list(scene.bodies);
      scene.lesions = list(scene.lesions);
      scene.origin = list(scene.origin).length === 3 ? scene.origin : [0, 0, 0];
      scene.unitMM = scene.unitMM > 0 ? scene.unitMM : 0.1;
      for (const lesion of scene.lesions) {
        lesion.distances = list(lesion.distances);
        lesion.therapies = list(lesion.therapies);
        for (const therapy of lesion.therapies) {
          for (const key of ["needles", "zones", "ice", "isodoses"]) therapy[key] = list(therapy[key]);
        }
      }
      Object.defineProperty(scene, "checked", { value: true });
    }
    return scene;
  };

  OligoPlan.lesion = id => OligoPlan.scene().lesions.find(lesion => lesion.id === id) || null;

  // ── Words ───────────────────────────────────────────────────────────────
  // The replacement is a function, so that "$&" in a structure's name stays what it is, and one pass
  // only, so that a name with "{n}" in it is not replaced again. A missing word shows its key.
  OligoPlan.word = (key, values) => {
    const words = json("words", {});
    const text = Object.prototype.hasOwnProperty.call(words, key) ? String(words[key]) : key;
    if (!values) return text;
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      Object.prototype.hasOwnProperty.call(values, name) ? String(values[name]) : whole);
  };

  // Names come from outside. Marks that turn the writing direction would reorder the words and figures
  // around them, so they are taken out where a name stands in a sentence or in the picture.
  OligoPlan.plain = (text, longest) => {
    const clean = String(text === undefined || text === null ? "" : text)
      .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, " ")
      .replace(/\s+/g, " ").trim();
    if (!longest) return clean;
    const letters = Array.from(clean);
    return letters.length <= longest ? clean : letters.slice(0, longest - 1).join("") + "…";
  };

  OligoPlan.mm = (value, digits) => {
    const text = Number(value).toFixed(digits === undefined ? 1 : digits);
    return (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text).replace("-", "−");
  };

  // ── Bodies ──────────────────────────────────────────────────────────────
  function int16(base64) {
    const binary = atob(base64 || "");
    const count = binary.length >> 1;
    const values = new Int16Array(count);
    // Read byte by byte: the order is little-endian whatever the machine's is.
    for (let i = 0; i < count; i++) {
      values[i] = binary.charCodeAt(2 * i) | (binary.charCodeAt(2 * i + 1) << 8);
    }
    return values;
  }

  /// One body, decoded: all lengths in mm, absolute.
  ///  xy         x,y,x,y… of all points
  ///  ringStart  first point of each ring (and one past the last)
  ///  slabRing   first ring of each slab (and one past the last)
  ///  ringBox    x low, y low, x high, y high of each ring: most rings need not be walked
  function decode(raw) {
    const scene = OligoPlan.scene();
    const slabs = list(raw.slabs), ringsOf = list(raw.rings), pointsOf = list(raw.points);
    const count = Math.min(slabs.length >> 1, ringsOf.length);
    const lower = new Float64Array(count), upper = new Float64Array(count);
    const slabRing = new Int32Array(count + 1);
    for (let s = 0; s < count; s++) {
      lower[s] = slabs[2 * s];
      upper[s] = slabs[2 * s + 1];
      slabRing[s + 1] = slabRing[s] + ringsOf[s];
    }
    const rings = slabRing[count];
    const ringStart = new Int32Array(rings + 1);
    for (let r = 0; r < rings; r++) ringStart[r + 1] = ringStart[r] + (pointsOf[r] || 0);
    let integers;
    try { integers = int16(raw.xy); } catch (error) { integers = new Int16Array(0); }
    const whole = integers.length >= 2 * ringStart[rings];
    const body = {
      id: raw.id, name: String(raw.name), role: String(raw.role || ""), kind: raw.kind, derived: !!raw.derived,
      count: whole ? count : 0, lower, upper, slabRing, ringStart,
      xy: new Float32Array(2 * ringStart[rings]), ringBox: new Float32Array(4 * rings),
      low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity], cache: {},
    };
    if (!whole) return body;           // a body with missing points is left out rather than drawn wrongly
    const [ox, oy] = scene.origin, unit = scene.unitMM, xy = body.xy;
    for (let i = 0; i < xy.length; i += 2) {
      xy[i] = ox + integers[i] * unit;
      xy[i + 1] = oy + integers[i + 1] * unit;
    }
    for (let r = 0; r < rings; r++) {
      let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
      for (let i = 2 * ringStart[r]; i < 2 * ringStart[r + 1]; i += 2) {
        if (xy[i] < x0) x0 = xy[i];
        if (xy[i] > x1) x1 = xy[i];
        if (xy[i + 1] < y0) y0 = xy[i + 1];
        if (xy[i + 1] > y1) y1 = xy[i + 1];
      }
      body.ringBox.set([x0, y0, x1, y1], 4 * r);
      body.low[0] = Math.min(body.low[0], x0); body.high[0] = Math.max(body.high[0], x1);
      body.low[1] = Math.min(body.low[1], y0); body.high[1] = Math.max(body.high[1], y1);
    }
    if (count) { body.low[2] = lower[0]; body.high[2] = upper[count - 1]; }
    return body;
  }
  OligoPlan.decodeBody = decode;

  const decoded = new Map();
  let rawBodies = null;
  OligoPlan.body = id => {
    if (!rawBodies) rawBodies = new Map(OligoPlan.scene().bodies.map(raw => [raw.id, raw]));
    if (!decoded.has(id)) decoded.set(id, rawBodies.has(id) ? decode(rawBodies.get(id)) : null);
    return decoded.get(id);
  };

  /// The rings of one slab as views on the body's points (no copies).
  OligoPlan.rings = (body, slab) => {
    const rings = [];
    for (let r = body.slabRing[slab]; r < body.slabRing[slab + 1]; r++) {
      rings.push(body.xy.subarray(2 * body.ringStart[r], 2 * body.ringStart[r + 1]));
    }
    return rings;
  };

  /// The slab that holds z, or -1. The top face belongs to the body.
  OligoPlan.slabAt = (body, z) => {
    let first = 0, last = body.count - 1;
    while (first <= last) {
      const middle = (first + last) >> 1;
      if (z < body.lower[middle]) last = middle - 1;
      else if (z >= body.upper[middle] && !(z === body.upper[middle] && middle === body.count - 1)) first = middle + 1;
      else return middle;
    }
    return -1;
  };

  // ── Vectors ─────────────────────────────────────────────────────────────
  OligoPlan.vector = {
    add: (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]],
    sub: (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]],
    scale: (a, s) => [a[0] * s, a[1] * s, a[2] * s],
    dot: (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2],
    cross: (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]],
    length: a => Math.hypot(a[0], a[1], a[2]),
    mix: (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t],
    unit: a => { const l = Math.hypot(a[0], a[1], a[2]) || 1; return [a[0] / l, a[1] / l, a[2] / l]; },
  };

  /// A small builder of elements: text only ever as text, attributes only by name.
  OligoPlan.make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "class") element.className = value;
      else if (key in element && key !== "list" && key !== "form") element[key] = value;
      else element.setAttribute(key, value);
    }
    for (const child of children) element.append(child);
    return element;
  };
})();
