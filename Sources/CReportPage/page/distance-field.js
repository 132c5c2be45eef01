// SPDX-License-Identifier: Apache-2.0
// Pure geometry, no page: how far each place around a body lies from its surface, and that picture in a plane.
(() => {
  "use strict";
  const { AXES, crossings } = OligoPlan.sections;

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

  Object.assign(OligoPlan.sections, { distanceField, slice });
})();
