// SPDX-License-Identifier: Apache-2.0
// The sheet that one plane is drawn on: millimetres and pixels, pens, and the sections that its window shows.
(() => {
  "use strict";
  const { AXES, section } = OligoPlan.sections;

  function pathOf(cut) {
    if (!cut.path) {
      const path = new Path2D();
      for (const loop of cut.loops) {
        path.moveTo(loop[0], loop[1]);
        for (let i = 2; i < loop.length; i += 2) path.lineTo(loop[i], loop[i + 1]);
        path.closePath();
      }
      cut.path = path;
    }
    return cut.path;
  }

  /// The sheet of a frame (viewer-draw.js says what that holds) on a canvas' context.
  function sheetOf(context, frame) {
    const { plane, at, w, h, ratio, centre, scale } = frame;
    const axes = AXES[plane], flip = plane === "axial" ? 1 : -1;   // y grows to the back: front up; z grows to the head: head up
    const toPx = (u, v) => [(u - centre[0]) * scale + w / 2, flip * (v - centre[1]) * scale + h / 2];
    const project = p => toPx(p[axes.h], p[axes.v]);
    const pixels = () => context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const millimetres = () => context.setTransform(ratio * scale, 0, 0, flip * ratio * scale,
      ratio * (w / 2 - centre[0] * scale), ratio * (h / 2 - flip * centre[1] * scale));
    const pen = (colour, width, dash) => {                         // to be used in millimetres
      context.strokeStyle = colour;
      context.lineWidth = width / scale;
      context.setLineDash(dash ? dash.map(length => length / scale) : []);
    };
    const penPx = (colour, width, dash) => {
      context.strokeStyle = colour; context.lineWidth = width; context.setLineDash(dash || []);
    };
    const half = [w / 2 / scale, h / 2 / scale];
    const inWindow = cut => cut && cut.high[0] > centre[0] - half[0] && cut.low[0] < centre[0] + half[0]
      && cut.high[1] > centre[1] - half[1] && cut.low[1] < centre[1] + half[1];
    const cutOf = body => {
      if (!body) return null;
      // The body's box is cheaper than its section.
      if (body.high[axes.h] < centre[0] - half[0] || body.low[axes.h] > centre[0] + half[0]
        || body.high[axes.v] < centre[1] - half[1] || body.low[axes.v] > centre[1] + half[1]) return null;
      const cut = section(body, plane, at);
      return inWindow(cut) ? cut : null;
    };
    /// A box in millimetres as [left, top, right, bottom] in pixels.
    const boxOf = cut => {
      const a = toPx(cut.low[0], cut.low[1]), b = toPx(cut.high[0], cut.high[1]);
      return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    };
    return { context, frame, axes, flip, half, toPx, project, pixels, millimetres, pen, penPx, cutOf, boxOf };
  }

  OligoPlan.sheet = { of: sheetOf, pathOf };
})();
