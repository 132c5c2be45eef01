// SPDX-License-Identifier: Apache-2.0
// Meshes for the 3-D view: smoothed surfaces of prism stacks, spheroids, needles. Only for the eye; nothing is measured here.
(() => {
  "use strict";
  const { crossings } = OligoPlan.sections;
  const { add, sub, scale, cross, unit, length } = OligoPlan.vector;

  /// Share of each cell that the body fills, on a grid with an empty rim. Exact along x, two samples across y and z:
  /// grey cells place the surface far better than black and white ones.
  function fill(body, cell) {
    const origin = body.low.map(low => low - 1.5 * cell);
    const size = [0, 1, 2].map(i => Math.ceil((body.high[i] - body.low[i]) / cell) + 3);
    const [nx, ny, nz] = size, values = new Float32Array(nx * ny * nz);
    for (let k = 0; k < nz; k++) {
      for (const dz of [0.25, 0.75]) {
        const slab = OligoPlan.slabAt(body, origin[2] + (k + dz) * cell);
        if (slab < 0) continue;
        for (let j = 0; j < ny; j++) {
          for (const dy of [0.25, 0.75]) {
            const ends = crossings(body, slab, 1, origin[1] + (j + dy) * cell);
            const row = (k * ny + j) * nx;
            for (let e = 0; e + 1 < ends.length; e += 2) {
              const from = (ends[e] - origin[0]) / cell, to = (ends[e + 1] - origin[0]) / cell;
              const first = Math.floor(from), last = Math.min(nx - 1, Math.floor(to));
              for (let i = first; i <= last; i++) values[row + i] += 0.25 * (Math.min(to, i + 1) - Math.max(from, i));
            }
          }
        }
      }
    }
    return { origin, cell, size, values };
  }

  /// Naive surface nets: one corner in every cube of eight cell centres that the surface crosses, at the mean of its
  /// crossings; one quad for every crossed edge.
  function nets({ origin, cell, size, values }, most) {
    const [nx, ny, nz] = size, plane = nx * ny;
    const corner = new Int32Array(nx * ny * nz).fill(-1);
    const points = [], quads = [];
    const offsets = [0, 1, nx, nx + 1, plane, plane + 1, plane + nx, plane + nx + 1];
    const edges = [[0, 1], [2, 3], [4, 5], [6, 7], [0, 2], [1, 3], [4, 6], [5, 7], [0, 4], [1, 5], [2, 6], [3, 7]];
    for (let k = 0; k + 1 < nz; k++) {
      for (let j = 0; j + 1 < ny; j++) {
        for (let i = 0; i + 1 < nx; i++) {
          const base = k * plane + j * nx + i;
          let mask = 0;
          for (let c = 0; c < 8; c++) if (values[base + offsets[c]] >= 0.5) mask |= 1 << c;
          if (mask === 0 || mask === 255) continue;
          let x = 0, y = 0, z = 0, n = 0;
          for (const [a, b] of edges) {
            if (((mask >> a) & 1) === ((mask >> b) & 1)) continue;
            const va = values[base + offsets[a]], vb = values[base + offsets[b]], t = (0.5 - va) / (vb - va);
            x += (a & 1) + ((b & 1) - (a & 1)) * t;
            y += ((a >> 1) & 1) + (((b >> 1) & 1) - ((a >> 1) & 1)) * t;
            z += ((a >> 2) & 1) + (((b >> 2) & 1) - ((a >> 2) & 1)) * t;
            n++;
          }
          corner[base] = points.length / 3;
          points.push(origin[0] + (i + 0.5 + x / n) * cell, origin[1] + (j + 0.5 + y / n) * cell, origin[2] + (k + 0.5 + z / n) * cell);
          if (points.length > 3 * most) return null;              // the caller takes larger cells
          const inside = mask & 1;
          // The quad around each of the three edges that leave the cube's first corner
          const quad = (other, p, q, r) => {
            if ((((mask >> other) & 1) === 1) === (inside === 1)) return;
            const [a, b, c, d] = [base, base - p, base - p - q, base - q].map(at => corner[at]);
            if (a < 0 || b < 0 || c < 0 || d < 0) return;
            if ((inside === 1) === r) quads.push(a, b, c, d); else quads.push(a, d, c, b);
          };
          quad(1, nx, plane, true);
          quad(2, plane, 1, true);
          quad(4, 1, nx, true);
        }
      }
    }
    return points.length ? { points: Float32Array.from(points), quads } : null;
  }

  /// Taubin's two steps, forth and back, so that the body does not shrink.
  function smooth({ points, quads }, rounds) {
    const count = points.length / 3, sum = new Float32Array(points.length), degree = new Uint16Array(count);
    for (let q = 0; q < quads.length; q += 4) for (let e = 0; e < 4; e++) { degree[quads[q + e]]++; degree[quads[q + ((e + 1) & 3)]]++; }
    for (let round = 0; round < 2 * rounds; round++) {
      sum.fill(0);
      for (let q = 0; q < quads.length; q += 4) {
        for (let e = 0; e < 4; e++) {
          const a = 3 * quads[q + e], b = 3 * quads[q + ((e + 1) & 3)];
          for (let i = 0; i < 3; i++) { sum[a + i] += points[b + i]; sum[b + i] += points[a + i]; }
        }
      }
      const step = round & 1 ? -0.53 : 0.5;
      for (let p = 0; p < count; p++) {
        if (!degree[p]) continue;
        for (let i = 3 * p; i < 3 * p + 3; i++) points[i] += step * (sum[i] / degree[p] - points[i]);
      }
    }
  }

  /// Points and normals one after another for the graphics card, corners of triangles as indices.
  function finish(points, triangles) {
    const count = points.length / 3, data = new Float32Array(6 * count);
    const normals = new Float32Array(points.length);
    for (let t = 0; t < triangles.length; t += 3) {
      const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
      const ux = points[b] - points[a], uy = points[b + 1] - points[a + 1], uz = points[b + 2] - points[a + 2];
      const vx = points[c] - points[a], vy = points[c + 1] - points[a + 1], vz = points[c + 2] - points[a + 2];
      const x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx;      // as long as twice the area: large ones count more
      for (const p of [a, b, c]) { normals[p] += x; normals[p + 1] += y; normals[p + 2] += z; }
    }
    const low = [Infinity, Infinity, Infinity], high = [-Infinity, -Infinity, -Infinity];
    for (let p = 0; p < count; p++) {
      const l = Math.hypot(normals[3 * p], normals[3 * p + 1], normals[3 * p + 2]) || 1;
      for (let i = 0; i < 3; i++) {
        const value = points[3 * p + i];
        data[6 * p + i] = value;
        data[6 * p + 3 + i] = normals[3 * p + i] / l;
        if (value < low[i]) low[i] = value;
        if (value > high[i]) high[i] = value;
      }
    }
    return { data, index: Uint16Array.from(triangles), vertices: count, low, high };
  }

  function ofBody(body, most) {
    if (!body || !body.count) return null;
    const side = body.high.map((high, i) => Math.max(0.5, high - body.low[i]));
    const area = 1.7 * (side[0] * side[1] + side[1] * side[2] + side[2] * side[0]);
    // Small bodies get small cells, large ones no more corners than `most` nor more than some 700 000 cells.
    let cell = Math.max(Math.min(2.5, Math.max(...side) / 22), Math.sqrt(area / most), Math.cbrt(side[0] * side[1] * side[2] / 700000));
    for (let attempt = 0; attempt < 6; attempt++) {
      const net = nets(fill(body, cell), most);
      if (net) {
        smooth(net, 4);
        const triangles = [];
        for (let q = 0; q < net.quads.length; q += 4) {
          const [a, b, c, d] = net.quads.slice(q, q + 4);
          triangles.push(a, b, c, a, c, d);
        }
        return finish(net.points, triangles);
      }
      // Either too many corners, or a body thinner than a cell that left none.
      cell *= Math.min(...side) < 1.5 * cell ? 0.6 : 1.3;
    }
    return null;
  }

  /// Two directions across an axis
  function frameOf(axis) {
    const helper = Math.abs(axis[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
    const first = unit(cross(axis, helper));
    return [first, cross(axis, first)];
  }

  function ofSpheroid(zone) {
    const axis = unit(zone.axis), [u, v] = frameOf(axis), rows = 24, around = 36, points = [], triangles = [];
    for (let r = 0; r <= rows; r++) {
      const t = Math.PI * r / rows;
      for (let a = 0; a < around; a++) {
        const p = 2 * Math.PI * a / around, ring = zone.acrossMM * Math.sin(t);
        points.push(...add(zone.centre, add(scale(axis, zone.alongMM * Math.cos(t)), add(scale(u, ring * Math.cos(p)), scale(v, ring * Math.sin(p))))));
      }
    }
    for (let r = 0; r < rows; r++) {
      for (let a = 0; a < around; a++) {
        const b = (a + 1) % around, i = r * around;
        triangles.push(i + a, i + around + a, i + b, i + b, i + around + a, i + around + b);
      }
    }
    return finish(Float32Array.from(points), triangles);
  }

  /// A tube of 1 mm radius from 15 mm outside the skin to the tip, with a ring every 10 mm of depth from the skin.
  function ofNeedle(needle) {
    const path = sub(needle.tip, needle.entry), long = length(path);
    if (!(long > 0)) return null;
    const axis = scale(path, 1 / long), [u, v] = frameOf(axis), around = 12, rings = [];
    const ring = (at, radius) => rings.push([at, radius]);
    ring(-15, 0); ring(-15, 1);
    for (let d = 0; d < long - 4; d += 10) {
      const radius = d === 0 ? 3.2 : d % 20 === 0 ? 2.4 : 1.8;
      ring(d - 0.5, 1); ring(d - 0.5, radius); ring(d + 0.5, radius); ring(d + 0.5, 1);
    }
    ring(long - 3, 1); ring(long, 0);
    const points = [], triangles = [];
    for (const [at, radius] of rings) {
      const middle = add(needle.entry, scale(axis, at));
      for (let a = 0; a < around; a++) {
        const p = 2 * Math.PI * a / around;
        points.push(...add(middle, add(scale(u, radius * Math.cos(p)), scale(v, radius * Math.sin(p)))));
      }
    }
    for (let r = 0; r + 1 < rings.length; r++) {
      for (let a = 0; a < around; a++) {
        const b = (a + 1) % around, i = r * around;
        triangles.push(i + a, i + b, i + around + a, i + b, i + around + b, i + around + a);
      }
    }
    return finish(Float32Array.from(points), triangles);
  }

  OligoPlan.mesh3d = { ofBody, ofSpheroid, ofNeedle };
})();
