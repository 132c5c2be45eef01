// SPDX-License-Identifier: Apache-2.0
// Pure geometry, no page: exact sections of prism stacks and spheroids.
(() => {
  "use strict";

  // Axes of the three planes: n is the normal, h runs to the right of the picture, v along it.
  const AXES = {
    axial: { n: 2, h: 0, v: 1 },
    coronal: { n: 1, h: 0, v: 2 },
    sagittal: { n: 0, h: 1, v: 2 },
  };

  // ── Sections of a body ──────────────────────────────────────────────────
  /// Crossings of one slab with x = at (normal 0) or y = at (normal 1): ascending, always an even number,
  /// because an edge owns its lower end only.
  function crossings(body, slab, normal, at) {
    const { xy, ringStart, ringBox, slabRing } = body;
    const found = [];
    const other = 1 - normal;
    for (let r = slabRing[slab]; r < slabRing[slab + 1]; r++) {
      if (at < ringBox[4 * r + normal] || at > ringBox[4 * r + 2 + normal]) continue;
      const first = 2 * ringStart[r], end = 2 * ringStart[r + 1];
      if (end - first < 6) continue;
      let n0 = xy[end - 2 + normal], m0 = xy[end - 2 + other];
      for (let i = first; i < end; i += 2) {
        const n1 = xy[i + normal], m1 = xy[i + other];
        if ((n0 <= at) !== (n1 <= at)) found.push(m0 + (m1 - m0) * (at - n0) / (n1 - n0));
        n0 = n1; m0 = m1;
      }
    }
    return found.length > 2 ? found.sort((a, b) => a - b) : (found.length === 2 && found[0] > found[1] ? [found[1], found[0]] : found);
  }

  function boxed(loops) {
    let h0 = Infinity, v0 = Infinity, h1 = -Infinity, v1 = -Infinity;
    for (const loop of loops) {
      for (let i = 0; i < loop.length; i += 2) {
        if (loop[i] < h0) h0 = loop[i];
        if (loop[i] > h1) h1 = loop[i];
        if (loop[i + 1] < v0) v0 = loop[i + 1];
        if (loop[i + 1] > v1) v1 = loop[i + 1];
      }
    }
    return { loops, low: [h0, v0], high: [h1, v1] };
  }

  /// The outline of spans stacked in z, without inner edges. Every span end is a corner with one upright
  /// edge (to the other face of its slab) and one level edge. The level edges are the symmetric difference
  /// of the spans above and below the level: sort the ends of both and pair them up. So every corner has
  /// exactly two edges, and walking them gives closed loops, right for the pen and, even-odd, for the fill
  /// (rectangles side by side would show seams).
  function outline(slabs) {
    let total = 0;
    for (const slab of slabs) total += 2 * slab.ends.length;
    const h = new Float32Array(total), v = new Float32Array(total), level = new Int32Array(total).fill(-1);
    const face = [];                            // the corners at the level that is being closed
    const close = () => {
      // Few and nearly sorted: insertion beats the library's sort.
      for (let i = 1; i < face.length; i++) {
        const one = face[i];
        let j = i - 1;
        while (j >= 0 && h[face[j]] > h[one]) { face[j + 1] = face[j]; j--; }
        face[j + 1] = one;
      }
      for (let i = 0; i + 1 < face.length; i += 2) { level[face[i]] = face[i + 1]; level[face[i + 1]] = face[i]; }
      face.length = 0;
    };
    let next = 0, previous = null;
    for (const slab of slabs) {                 // corner i and i ^ 1 are the two ends of one upright edge
      if (previous !== null && Math.abs(slab.lower - previous) > 1e-4) close();
      const first = next;
      for (const end of slab.ends) {
        h[next] = h[next + 1] = end;
        v[next] = slab.lower; v[next + 1] = slab.upper;
        face.push(next);
        next += 2;
      }
      close();
      for (let i = first + 1; i < next; i += 2) face.push(i);
      previous = slab.upper;
    }
    close();
    const seen = new Uint8Array(h.length), loops = [];
    for (let start = 0; start < h.length; start++) {
      if (seen[start]) continue;
      const loop = [];
      let corner = start;
      do {
        for (const one of [corner, corner ^ 1]) {
          seen[one] = 1;
          const l = loop.length;
          if (!l || loop[l - 2] !== h[one] || loop[l - 1] !== v[one]) loop.push(h[one], v[one]);
        }
        corner = level[corner ^ 1];
      } while (corner >= 0 && !seen[corner]);
      if (loop.length >= 6) loops.push(Float32Array.from(loop));
    }
    return loops;
  }

  /// The section of a body by a plane: { loops, low, high } with closed loops in the plane's (h, v), even-odd,
  /// or null where there is nothing. A few are kept, for the other two views ask again at every step.
  function section(body, plane, at) {
    const n = AXES[plane].n;
    if (!body || !body.count || at < body.low[n] || at > body.high[n]) return null;
    let key = at;
    if (plane === "axial") { key = OligoPlan.slabAt(body, at); if (key < 0) return null; }
    const cache = body.cache[plane] || (body.cache[plane] = new Map());
    if (cache.has(key)) return cache.get(key);
    let found;
    if (plane === "axial") found = OligoPlan.rings(body, key).filter(ring => ring.length >= 6);
    else {
      const slabs = [];
      for (let s = 0; s < body.count; s++) {
        const ends = crossings(body, s, n, at);
        if (ends.length) slabs.push({ lower: body.lower[s], upper: body.upper[s], ends });
      }
      found = outline(slabs);
    }
    const result = found.length ? boxed(found) : null;
    if (cache.size > 12) cache.delete(cache.keys().next().value);
    cache.set(key, result);
    return result;
  }

  /// Even-odd crossings of a section with the line v = at, ascending.
  function spansOf(loops, at) {
    const found = [];
    for (const loop of loops) {
      let h0 = loop[loop.length - 2], v0 = loop[loop.length - 1];
      for (let i = 0; i < loop.length; i += 2) {
        const h1 = loop[i], v1 = loop[i + 1];
        if ((v0 <= at) !== (v1 <= at)) found.push(h0 + (h1 - h0) * (at - v0) / (v1 - v0));
        h0 = h1; v0 = v1;
      }
    }
    return found.sort((a, b) => a - b);
  }

  function area(loops) {                        // of the loops as they wind: holes must wind the other way
    let sum = 0;
    for (const loop of loops) {
      for (let i = 0, j = loop.length - 2; i < loop.length; j = i, i += 2) sum += loop[j] * loop[i + 1] - loop[i] * loop[j + 1];
    }
    return sum / 2;
  }

  // ── Section of a spheroid ───────────────────────────────────────────────
  /// Points p with (p−c)ᵀQ(p−c) = 1, Q = I/q² + (1/p² − 1/q²) a aᵀ (p along the axis a, q across).
  /// In the plane n = at the form splits into A (2 × 2), b and a number; completing the square gives the
  /// ellipse. Null where the plane misses the spheroid.
  function spheroid(zone, plane, at) {
    if (!(zone.alongMM > 0 && zone.acrossMM > 0)) return null;
    const { n, h, v } = AXES[plane];
    const a = OligoPlan.vector.unit(zone.axis);
    const q2 = 1 / (zone.acrossMM * zone.acrossMM), extra = 1 / (zone.alongMM * zone.alongMM) - q2;
    const Q = (i, j) => (i === j ? q2 : 0) + extra * a[i] * a[j];
    const d = at - zone.centre[n];
    const hh = Q(h, h), vv = Q(v, v), hv = Q(h, v), bh = Q(h, n), bv = Q(v, n);
    const det = hh * vv - hv * hv;
    const sh = -(vv * bh - hv * bv) / det, sv = -(hh * bv - hv * bh) / det;   // centre per mm off the middle
    const rest = 1 - d * d * (Q(n, n) + bh * sh + bv * sv);
    if (!(rest > 0)) return null;
    const mean = (hh + vv) / 2, spread = Math.hypot((hh - vv) / 2, hv);
    return {
      centre: [zone.centre[h] + sh * d, zone.centre[v] + sv * d],
      // The first semi-axis belongs to the smaller eigenvalue, that is to the longer one.
      semi: [Math.sqrt(rest / (mean - spread)), Math.sqrt(rest / (mean + spread))],
      angle: Math.atan2(2 * hv, hh - vv) / 2 + Math.PI / 2,
    };
  }

  OligoPlan.sections = { AXES, crossings, outline, section, spansOf, area, spheroid };
})();
