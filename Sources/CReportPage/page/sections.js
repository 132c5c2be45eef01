// SPDX-License-Identifier: Apache-2.0
// Pure geometry, no page: exact sections of prism stacks and spheroids, distance fields, contours.
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

  // ── Distance field ──────────────────────────────────────────────────────
  // Squared distances, one axis after another (Felzenszwalb and Huttenlocher), but the sources are not cells of the
  // grid: along x the ends of the spans are exact, across y there are three rows to a cell, and in z the sources
  // lie on the faces of the slabs. A coarse grid then still gives round lines, without the flats of cell centres.

  /// Lower envelope of the parabolas f[q] + (x − c[q])², c ascending, read at first + i·step into out.
  function envelope(c, f, n, first, step, count, out, base, stride, v, z) {
    let k = -1;
    for (let q = 0; q < n; q++) {
      if (f[q] >= 1e20) continue;
      let s = -Infinity;
      while (k >= 0) {
        const p = v[k], apart = c[q] - c[p];
        s = apart > 1e-9 ? ((f[q] + c[q] * c[q]) - (f[p] + c[p] * c[p])) / (2 * apart) : (f[q] < f[p] ? -Infinity : Infinity);
        if (s > z[k]) break;
        k--;
      }
      if (s === Infinity) continue;             // same place, but no nearer
      k++;
      v[k] = q; z[k] = k ? s : -Infinity;
    }
    if (k < 0) { for (let i = 0; i < count; i++) out[base + i * stride] = 1e20; return; }
    const last = k;
    k = 0;
    for (let i = 0; i < count; i++) {
      const x = first + i * step;
      while (k < last && z[k + 1] < x) k++;
      const d = x - c[v[k]];
      out[base + i * stride] = d * d + f[v[k]];
    }
  }

  /// Squared distance along a row from each x of the grid to the spans, or to what lies between them.
  function rowDistance(ends, first, step, count, outside, out, base) {
    let e = 0;
    for (let i = 0; i < count; i++) {
      const x = first + i * step;
      while (e < ends.length && ends[e] < x) e++;           // e odd: x lies within a span
      const within = (e & 1) === 1;
      if (within !== outside) { out[base + i] = 0; continue; }
      const before = e > 0 ? x - ends[e - 1] : Infinity, after = e < ends.length ? ends[e] - x : Infinity, d = Math.min(before, after);
      out[base + i] = d < Infinity ? d * d : 1e20;
    }
  }

  /// Squared distance of every node to the body (or, `outside`, to everything else).
  function squared(body, origin, cell, size, outside) {
    const [nx, ny, nz] = size, zs = [], slabOf = [];
    const layer = (z, slab) => { zs.push(z); slabOf.push(slab); };
    if (outside) layer(body.low[2], -1);
    for (let s = 0; s < body.count; s++) {
      const low = body.lower[s], high = body.upper[s];
      if (outside && s > 0 && low - body.upper[s - 1] > 1e-4) { layer(body.upper[s - 1], -1); layer(low, -1); }
      // Slabs thinner than half a cell are met once, in their middle, and of many such only as many as the grid can tell apart.
      const n = high - low < 0.5 * cell ? 0 : Math.max(1, Math.ceil((high - low) / cell));
      const middle = (low + high) / 2, ends = s === 0 || s === body.count - 1;
      if (!n) { if (ends || middle - zs[zs.length - 1] > 0.4 * cell) layer(middle, s); }
      else for (let i = 0; i <= n; i++) layer(low + (high - low) * i / n, s);
    }
    if (outside) layer(body.high[2], -1);
    const tall = body.high[1] - body.low[1], rows = Math.max(2, Math.ceil(3 * tall / cell));
    // Rows in the middles of thin strips and just within both ends; one beyond each end closes the complement.
    const ys = [body.low[1] + 1e-3];
    for (let r = 0; r < rows; r++) ys.push(body.low[1] + tall * (r + 0.5) / rows);
    ys.push(body.high[1] - 1e-3);
    if (outside) { ys.unshift(body.low[1]); ys.push(body.high[1]); }
    const longest = Math.max(ys.length, zs.length);
    const v = new Int32Array(longest), z = new Float64Array(longest), f = new Float64Array(longest);
    const row = new Float32Array(ys.length * nx), layers = new Float32Array(zs.length * nx * ny);
    for (let l = 0; l < zs.length; l++) {
      for (let r = 0; r < ys.length; r++) {
        const beyond = slabOf[l] < 0 || (outside && (r === 0 || r === ys.length - 1));
        rowDistance(beyond ? [] : crossings(body, slabOf[l], 1, ys[r]), origin[0], cell, nx, outside, row, r * nx);
      }
      for (let i = 0; i < nx; i++) {
        for (let r = 0; r < ys.length; r++) f[r] = row[r * nx + i];
        envelope(ys, f, ys.length, origin[1], cell, ny, layers, l * nx * ny + i, nx, v, z);
      }
    }
    const values = new Float32Array(nx * ny * nz);
    for (let at = 0; at < nx * ny; at++) {
      for (let l = 0; l < zs.length; l++) f[l] = layers[l * nx * ny + at];
      envelope(zs, f, zs.length, origin[2], cell, nz, values, at, nx * ny, v, z);
    }
    return values;
  }

  /// Signed distance (mm, negative inside) from a body's surface on a grid that reaches `reach` mm around it.
  function distanceField(body, reach) {
    const sides = [0, 1, 2].map(i => body.high[i] - body.low[i] + 2 * reach);
    // As fine as about 250 000 nodes allow: 1 mm for a small target, 2 mm or more for a large one.
    const cell = Math.max(1, Math.cbrt(sides[0] * sides[1] * sides[2] / 250000));
    const origin = [0, 1, 2].map(i => body.low[i] - reach), size = sides.map(side => Math.ceil(side / cell) + 1);
    const [nx, ny] = size, values = squared(body, origin, cell, size, false);
    for (let i = 0; i < values.length; i++) values[i] = Math.sqrt(values[i]);
    // Inside only the nodes within the body's own box count; beyond it the complement was not sampled.
    const first = [0, 1, 2].map(i => Math.ceil((body.low[i] - origin[i]) / cell));
    const span = [0, 1, 2].map(i => Math.max(0, Math.floor((body.high[i] - origin[i]) / cell) - first[i] + 1));
    const depth = squared(body, origin.map((o, i) => o + first[i] * cell), cell, span, true);
    for (let k = 0, at = 0; k < span[2]; k++) {
      for (let j = 0; j < span[1]; j++) {
        const base = ((k + first[2]) * ny + j + first[1]) * nx + first[0];
        for (let i = 0; i < span[0]; i++, at++) values[base + i] -= Math.sqrt(depth[at]);
      }
    }
    return { origin, cell, size, values };
  }

  /// The field in a plane: a small picture of distances, or null beyond the field.
  function slice(field, plane, at) {
    const { n, h, v } = AXES[plane];
    const { size, cell, origin, values } = field;
    const position = (at - origin[n]) / cell;
    if (position < 0 || position > size[n] - 1) return null;
    const layer = Math.min(Math.floor(position), size[n] - 2), t = position - layer;
    const stride = [1, size[0], size[0] * size[1]];
    const w = size[h], height = size[v], out = new Float32Array(w * height);
    for (let j = 0; j < height; j++) {
      for (let i = 0; i < w; i++) {
        const index = i * stride[h] + j * stride[v] + layer * stride[n];
        out[j * w + i] = values[index] * (1 - t) + values[index + stride[n]] * t;
      }
    }
    return { w, height, values: out, origin: [origin[h], origin[v]], cell };
  }

  /// Marching squares: closed loops where the picture equals `level`. Every contour point lies on an edge of the
  /// grid; segments keep the inside (below the level) on one hand, so each edge leads to exactly one other.
  function contours(picture, level) {
    if (!picture) return [];
    const { w, height, values, origin, cell } = picture;
    const next = new Int32Array(2 * w * height).fill(-1);
    const starts = [];
    for (let j = 0; j + 1 < height; j++) {
      for (let i = 0; i + 1 < w; i++) {
        const base = j * w + i;
        const a = values[base], b = values[base + 1], c = values[base + w + 1], d = values[base + w];
        const code = (a < level ? 1 : 0) | (b < level ? 2 : 0) | (c < level ? 4 : 0) | (d < level ? 8 : 0);
        if (code === 0 || code === 15) continue;
        const south = 2 * base, north = 2 * (base + w), west = 2 * base + 1, east = 2 * (base + 1) + 1;
        const link = (from, to) => { next[from] = to; starts.push(from); };
        switch (code) {
          case 1: link(south, west); break;
          case 2: link(east, south); break;
          case 3: link(east, west); break;
          case 4: link(north, east); break;
          case 6: link(north, south); break;
          case 7: link(north, west); break;
          case 8: link(west, north); break;
          case 9: link(south, north); break;
          case 11: link(east, north); break;
          case 12: link(west, east); break;
          case 13: link(south, east); break;
          case 14: link(west, south); break;
          default: {
            const joined = (a + b + c + d) / 4 < level;       // a saddle: the middle decides
            if (code === 5) {
              if (joined) { link(south, east); link(north, west); } else { link(south, west); link(north, east); }
            } else if (joined) { link(east, north); link(west, south); } else { link(east, south); link(west, north); }
          }
        }
      }
    }
    const loops = [];
    for (const start of starts) {
      if (next[start] < 0) continue;
      const loop = [];
      let edge = start;
      while (edge >= 0) {
        const node = edge >> 1, up = edge & 1, i = node % w, j = (node - i) / w;
        const p = values[node], q = values[node + (up ? w : 1)];
        const t = (level - p) / (q - p);
        loop.push(origin[0] + (i + (up ? 0 : t)) * cell, origin[1] + (j + (up ? t : 0)) * cell);
        const after = next[edge];
        next[edge] = -1;
        edge = after;
      }
      if (edge === -1 && loop.length >= 8) {
        // The walk ends where it began; the first point is there twice.
        loops.push(Float32Array.from(loop.slice(0, loop.length - 2)));
      }
    }
    return loops;
  }

  OligoPlan.sections = { AXES, crossings, outline, section, spansOf, area, spheroid, distanceField, slice, contours };
})();
