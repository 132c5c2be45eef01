// SPDX-License-Identifier: Apache-2.0
// Pure geometry, no page: the lines along which a picture of distances has one value.
(() => {
  "use strict";

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

  Object.assign(OligoPlan.sections, { contours });
})();
