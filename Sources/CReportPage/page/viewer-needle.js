// SPDX-License-Identifier: Apache-2.0
// Draws a needle in a plane: the path near the plane solid, the rest dashed, ticks of depth, entry and tip.
(() => {
  "use strict";

  /// One needle, in pixels.
  function draw({ context, frame: { at, w, h, scale, palette }, axes, project, penPx }, writing, needle) {
    const a = project(needle.entry), b = project(needle.tip);
    const e = needle.entry[axes.n] - at, t = needle.tip[axes.n] - at;
    // The part of the path within 3 mm of the plane, as parameters from entry to tip
    let from = 0, to = 1;
    if (Math.abs(t - e) < 1e-9) { if (Math.abs(e) > 3) to = -1; }
    else {
      const first = (-3 - e) / (t - e), second = (3 - e) / (t - e);
      from = Math.max(0, Math.min(first, second)); to = Math.min(1, Math.max(first, second));
    }
    const point = s => [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s];
    const stroke = (p, q, width, dash) => {
      penPx(palette.needle, width, dash);
      context.beginPath(); context.moveTo(p[0], p[1]); context.lineTo(q[0], q[1]); context.stroke();
    };
    if (to > from) {
      if (from > 0) stroke(a, point(from), 1.2, [5, 4]);
      if (to < 1) stroke(point(to), b, 1.2, [5, 4]);
      stroke(point(from), point(to), 2);
    } else stroke(a, b, 1.2, [5, 4]);
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]), depth = needle.depthMM, real = OligoPlan.vector.length(
      OligoPlan.vector.sub(needle.tip, needle.entry));
    if (real > 0 && length / real > 0.25 * scale) {              // seen nearly end on, ticks would only be a blot
      const nx = -(b[1] - a[1]) / length, ny = (b[0] - a[0]) / length;
      writing.font(10);
      penPx(palette.needle, 1.2);
      for (let d = 10; d < real; d += 10) {
        const p = point(d / real), long = d % 20 === 0 ? 5 : 3;
        context.beginPath();
        context.moveTo(p[0] - nx * long, p[1] - ny * long); context.lineTo(p[0] + nx * long, p[1] + ny * long);
        context.stroke();
        if (d % 20 === 0) writing.place(String(d), [[p[0] + nx * 14, p[1] + ny * 12], [p[0] - nx * 14, p[1] - ny * 12]], palette.needle);
        penPx(palette.needle, 1.2);
      }
      for (const back of needle.pullBacksMM || []) {             // where the needle stands for the next freeze or burn
        const p = point(1 - back / real);
        context.beginPath();
        context.moveTo(p[0] - 4, p[1]); context.lineTo(p[0], p[1] - 4); context.lineTo(p[0] + 4, p[1]);
        context.lineTo(p[0], p[1] + 4); context.closePath();
        context.fillStyle = palette.ground; context.fill(); context.stroke();
      }
    }
    penPx(palette.needle, 1.6);
    context.beginPath(); context.arc(a[0], a[1], 4.5, 0, 7); context.stroke();
    context.beginPath();
    context.moveTo(b[0] - 4, b[1] - 4); context.lineTo(b[0] + 4, b[1] + 4);
    context.moveTo(b[0] - 4, b[1] + 4); context.lineTo(b[0] + 4, b[1] - 4);
    context.stroke();
    writing.take([a[0] - 6, a[1] - 6, a[0] + 6, a[1] + 6]);
    if (depth > 0 && a[0] > 0 && a[0] < w && a[1] > 0 && a[1] < h) {
      writing.font(11);
      const text = OligoPlan.word("viewer.depth", { mm: OligoPlan.mm(depth, 0) }), wide = context.measureText(text).width / 2 + 9;
      writing.place(text, [[a[0] + wide, a[1]], [a[0] - wide, a[1]], [a[0], a[1] - 13], [a[0], a[1] + 13],
        [a[0] + wide, a[1] - 14], [a[0] - wide, a[1] - 14], [a[0] + wide, a[1] + 14], [a[0] - wide, a[1] + 14]], palette.needle);
    }
  }

  OligoPlan.needle = { draw };
})();
