// SPDX-License-Identifier: Apache-2.0
// Names of structures in a plane: within their outline where there is room, else beside it.
(() => {
  "use strict";
  const { spansOf } = OligoPlan.sections;

  /// In pixels. `named`: { body, cut, kind } of what was drawn.
  function draw(sheet, writing, named) {
    const { context, frame: { lesion, centre, scale, palette }, half, toPx, project, boxOf } = sheet;
    writing.font(11);
    const [lx, ly] = project(lesion.centre);
    // Near structures first: they are the ones the board asks about.
    const rank = ({ cut, kind }) => {
      const [x0, y0, x1, y1] = boxOf(cut);
      const dx = Math.max(0, x0 - lx, lx - x1), dy = Math.max(0, y0 - ly, ly - y1);
      return Math.hypot(dx, dy) + (kind === "skin" || kind === "lung" ? 150 : kind === "bone" ? 40 : 0);
    };
    named.forEach(item => { item.rank = rank(item); });
    named.sort((p, q) => p.rank - q.rank);
    let count = 0;
    for (const { body, cut, kind } of named) {
      if (count >= 14) break;
      const text = body.label || (body.label = OligoPlan.plain(body.name, 24));
      if (!text) continue;
      const wide = body.labelWidth || (body.labelWidth = context.measureText(text).width);
      const colour = palette[kind === "lesion" ? "lesion" : "text"], hollow = kind === "skin" || kind === "lung";
      // Inside, where a line through the section is long enough …
      const v0 = Math.max(cut.low[1], centre[1] - half[1]), v1 = Math.min(cut.high[1], centre[1] + half[1]);
      const left = centre[0] - half[0], right = centre[0] + half[0];
      let done = false;
      for (const t of hollow ? [0.24, 0.76, 0.12, 0.88, 0.4] : [0.5, 0.3, 0.7, 0.15, 0.85]) {
        const v = v0 + (v1 - v0) * t, spans = spansOf(cut.loops, v), spots = [];
        for (let i = 0; i + 1 < spans.length; i += 2) {
          if (hollow) {
            // So much lies within these two that a name in the middle would seem to belong to something else:
            // it goes close to the outline.
            const inset = (wide / 2 + 7) / scale;
            if (spans[i] > left) spots.push(toPx(spans[i] + inset, v));
            if (spans[i + 1] < right) spots.push(toPx(spans[i + 1] - inset, v));
            continue;
          }
          const from = Math.max(spans[i], left), to = Math.min(spans[i + 1], right);
          if ((to - from) * scale > wide + 8) spots.push(toPx((from + to) / 2, v));
        }
        done = writing.place(text, spots, colour, wide);
        if (done) break;
      }
      // … else beside the outermost corners that the window shows.
      if (!done && !hollow) done = writing.place(text, beside(sheet, cut, wide / 2 + 6), colour, wide);
      if (done) count++;
    }
  }

  /// Places beside a section, `over` pixels off to the right and left.
  function beside({ frame: { w, h, centre, scale }, flip }, cut, over) {
    let r = null, l = null, top = null, bottom = null;
    for (const loop of cut.loops) {
      for (let i = 0; i < loop.length; i += 2) {
        const x = (loop[i] - centre[0]) * scale + w / 2, y = flip * (loop[i + 1] - centre[1]) * scale + h / 2;
        if (x < 0 || y < 0 || x > w || y > h) continue;
        if (!r || x > r[0]) r = [x, y];
        if (!l || x < l[0]) l = [x, y];
        if (!top || y < top[1]) top = [x, y];
        if (!bottom || y > bottom[1]) bottom = [x, y];
      }
    }
    if (!r) return [];
    const my = (top[1] + bottom[1]) / 2;
    // The middle of an upright side reads better than its corner.
    const mid = p => (Math.abs(p[1] - my) < 25 ? my : p[1]);
    return [[r[0] + over, mid(r)], [l[0] - over, mid(l)], [top[0], top[1] - 10], [bottom[0], bottom[1] + 10]];
  }

  OligoPlan.names = { draw };
})();
