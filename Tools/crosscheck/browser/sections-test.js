// SPDX-License-Identifier: Apache-2.0
// Checks of the geometry against closed forms. The list it returns is empty where all is well.
(() => {
  "use strict";

  /// A body from rings given in mm, made without the JSON, so that the checks do not depend on the report.
  function bodyOf(slabs) {
    const points = slabs.flatMap(slab => slab.rings).map(ring => ring.length / 2);
    const flat = slabs.flatMap(slab => slab.rings.flatMap(ring => Array.from(ring)));
    const body = {
      id: -1, name: "test", role: "", kind: "structure", count: slabs.length, cache: {},
      lower: Float64Array.from(slabs, slab => slab.lower), upper: Float64Array.from(slabs, slab => slab.upper),
      slabRing: Int32Array.from([0, ...slabs.map((_, i) => slabs.slice(0, i + 1).reduce((n, s) => n + s.rings.length, 0))]),
      ringStart: Int32Array.from([0, ...points.map((_, i) => points.slice(0, i + 1).reduce((n, m) => n + m, 0))]),
      xy: Float32Array.from(flat), ringBox: new Float32Array(4 * points.length),
      low: [Infinity, Infinity, slabs[0].lower], high: [-Infinity, -Infinity, slabs[slabs.length - 1].upper],
    };
    let r = 0;
    for (const slab of slabs) {
      for (const ring of slab.rings) {
        const xs = ring.filter((_, i) => i % 2 === 0), ys = ring.filter((_, i) => i % 2 === 1);
        const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
        body.ringBox.set(box, 4 * r++);
        for (const i of [0, 1]) {
          body.low[i] = Math.min(body.low[i], box[i]);
          body.high[i] = Math.max(body.high[i], box[i + 2]);
        }
      }
    }
    return body;
  }
  const square = (x0, y0, x1, y1) => [x0, y0, x1, y0, x1, y1, x0, y1];
  const circle = (r, n) => Array.from({ length: 2 * n }, (_, i) => r * (i % 2 ? Math.sin : Math.cos)(2 * Math.PI * (i >> 1) / n));

  OligoPlan.sections.selfTest = () => {
    const { section, area, spheroid, distanceField, slice, contours, spansOf } = OligoPlan.sections;
    const failed = [];
    const near = (what, got, want, tolerance) => {
      if (!(Math.abs(got - want) <= tolerance)) failed.push(`${what}: ${got} instead of ${want} ± ${tolerance}`);
    };

    // A ball of 20 mm as a stack of 1 mm discs: its sections are discs, whatever the plane.
    const slabs = [];
    for (let z = -20; z < 20; z++) slabs.push({ lower: z, upper: z + 1, rings: [circle(Math.sqrt(400 - (z + 0.5) ** 2), 180)] });
    const ball = bodyOf(slabs);
    for (const plane of ["axial", "coronal", "sagittal"]) {
      for (const at of [0.5, 7.5, -12.5]) {
        const cut = section(ball, plane, at);
        near(`ball ${plane} ${at} loops`, cut ? cut.loops.length : 0, 1, 0);
        if (cut) near(`ball ${plane} ${at} area`, Math.abs(area(cut.loops)), Math.PI * (400 - at * at), 8);
      }
      if (section(ball, plane, 20.6)) failed.push(`ball ${plane}: a section beyond the ball`);
    }

    // Squares with a hole and a gap: the spans and the outline are known to the last bit.
    const frame = bodyOf([
      { lower: 0, upper: 3, rings: [square(0, 0, 10, 10), square(4, 4, 6, 6)] },
      { lower: 3, upper: 6, rings: [square(2, 0, 12, 10)] },
      { lower: 9, upper: 12, rings: [square(0, 0, 10, 10)] },
    ]);
    const cut = section(frame, "coronal", 5);
    const lengths = cut.loops.map(loop => {
      let sum = 0;
      for (let i = 0, j = loop.length - 2; i < loop.length; j = i, i += 2) sum += Math.abs(loop[i] - loop[j]) + Math.abs(loop[i + 1] - loop[j + 1]);
      return sum;
    });
    // Below: 0–4 and 6–10; above: 2–12. Shared level edges 0–2, 4–6 and 10–12 (6 mm), bottom 8, top 10,
    // uprights 6 × 3; the part behind the gap: 2 × 10 + 2 × 3.
    near("frame outline", lengths.reduce((a, b) => a + b, 0), 6 + 8 + 10 + 18 + 26, 1e-4);
    near("frame spans", spansOf(cut.loops, 1.5).length, 4, 0);
    near("frame span end", spansOf(cut.loops, 1.5)[1], 4, 1e-5);
    near("frame span above", spansOf(cut.loops, 4.5)[0], 2, 1e-5);
    near("frame gap", spansOf(cut.loops, 7.5).length, 0, 0);

    // A spheroid: its sections' areas are known; the ellipse's ends must lie on the surface.
    const zone = { centre: [3, -2, 5], axis: [0.48, 0.6, 0.64], alongMM: 18, acrossMM: 11 };
    for (const [plane, n] of [["axial", 2], ["coronal", 1], ["sagittal", 0]]) {
      const a = zone.axis[n], reach2 = 121 + (324 - 121) * a * a;          // (half height across the plane)²
      for (const d of [0, 4, -7]) {
        const ellipse = spheroid(zone, plane, zone.centre[n] + d);
        if (!ellipse) { failed.push(`spheroid ${plane}: none at ${d}`); continue; }
        near(`spheroid ${plane} ${d} area`, ellipse.semi[0] * ellipse.semi[1],
          18 * 121 / Math.sqrt(reach2) * (1 - d * d / reach2), 1e-9);
        for (const i of [0, 1]) {
          const angle = ellipse.angle + i * Math.PI / 2, { h, v } = OligoPlan.sections.AXES[plane], p = [0, 0, 0];
          p[n] = d;
          p[h] = ellipse.centre[0] + ellipse.semi[i] * Math.cos(angle) - zone.centre[h];
          p[v] = ellipse.centre[1] + ellipse.semi[i] * Math.sin(angle) - zone.centre[v];
          const along = OligoPlan.vector.dot(p, zone.axis), all = OligoPlan.vector.dot(p, p);
          near(`spheroid ${plane} ${d} end`, along * along / 324 + (all - along * along) / 121, 1, 1e-9);
        }
      }
      if (spheroid(zone, plane, zone.centre[n] + Math.sqrt(reach2) + 0.01)) failed.push(`spheroid ${plane}: a section beyond it`);
    }

    // A cube of 20 mm: 10 mm off its faces runs a square of 40 mm with rounded corners.
    const cube = bodyOf([{ lower: -10, upper: 10, rings: [square(-10, -10, 10, 10)] }]);
    const field = distanceField(cube, 14);
    const half = 0.25 * field.cell;
    for (const plane of ["axial", "coronal", "sagittal"]) {
      const loops = contours(slice(field, plane, 0.3), 10);
      near(`cube ${plane} loops`, loops.length, 1, 0);
      if (!loops.length) continue;
      const row = spansOf(loops, 0.2);
      near(`cube ${plane} offset`, row[row.length - 1], 20, half);
      near(`cube ${plane} offset left`, row[0], -20, half);
      near(`cube ${plane} area`, Math.abs(area(loops)), 20 * 20 + 4 * 20 * 10 + Math.PI * 100, 12);
      // In the diagonal the offset is 10 mm from the corner, not 10 mm in x and y.
      let corner = 0;
      for (let i = 0; i < loops[0].length; i += 2) corner = Math.max(corner, loops[0][i] + loops[0][i + 1]);
      near(`cube ${plane} corner`, corner / Math.SQRT2, 10 * Math.SQRT2 + 10, 2 * half);
      const inner = spansOf(contours(slice(field, plane, 0.3), -4), 0.2);
      near(`cube ${plane} inside`, inner[inner.length - 1], 6, half);
    }
    const above = contours(slice(field, "axial", 15), 10);
    const edge = above.length ? spansOf(above, 0.2) : [NaN];
    near("cube above its face", edge[edge.length - 1], 10 + Math.sqrt(75), 2 * half);
    // A ball: its offset is round everywhere, not only along the axes.
    const round = contours(slice(distanceField(ball, 14), "coronal", 0.4), 9);
    near("ball offset loops", round.length, 1, 0);
    for (let i = 0; round.length && i < round[0].length; i += 14) {
      near(`ball offset at ${round[0][i].toFixed(1)}, ${round[0][i + 1].toFixed(1)}`, Math.hypot(round[0][i], round[0][i + 1], 0.4), 29, 0.6);
    }

    // A plane that runs exactly through corners must still find an even number of crossings.
    const rhomb = bodyOf([{ lower: 0, upper: 2, rings: [[0, -5, 5, 0, 0, 5, -5, 0]] }]);
    for (const [at, width] of [[0, 10], [-5, 0], [2, 6]]) {
      const spans = OligoPlan.sections.crossings(rhomb, 0, 1, at);
      near(`rhomb ${at} crossings`, spans.length % 2, 0, 0);
      near(`rhomb ${at} width`, spans.length ? spans[spans.length - 1] - spans[0] : 0, width, 1e-5);
    }
    return failed;
  };
})();
