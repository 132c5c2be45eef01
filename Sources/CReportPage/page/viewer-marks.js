// SPDX-License-Identifier: Apache-2.0
// Draws what a plane is read by: the crosshair of the other two planes, letters of the sides, the scale bar. In pixels.
(() => {
  "use strict";

  /// Where the other two planes run, open around their crossing
  function crosshair({ context, frame: { w, h, cross, palette }, toPx, penPx }) {
    const [cx, cy] = toPx(cross[0], cross[1]), gap = 16;
    penPx(palette.cross, 0.8);
    context.beginPath();
    context.moveTo(0, cy); context.lineTo(cx - gap, cy); context.moveTo(cx + gap, cy); context.lineTo(w, cy);
    context.moveTo(cx, 0); context.lineTo(cx, cy - gap); context.moveTo(cx, cy + gap); context.lineTo(cx, h);
    context.stroke();
  }

  function sides({ frame: { plane, w, h, palette } }, writing) {
    const letters = { axial: "RLAP", coronal: "RLHF", sagittal: "APHF" }[plane];
    writing.font(13, 600);
    [[10, h / 2], [w - 10, h / 2], [w / 2, 11], [w / 2, h - 11]].forEach(([x, y], i) => {
      writing.take([x - 9, y - 9, x + 9, y + 9]);
      writing.write(OligoPlan.word("viewer.letter." + letters[i]), x, y, palette.text);
    });
  }

  function scaleBar({ context, frame: { w, h, scale, palette }, penPx }, writing) {
    const bar = 50 * scale < 0.42 * w ? 50 : 10, barPx = bar * scale;
    writing.font(11);
    writing.take([6, h - 32, 16 + Math.max(barPx, 40), h]);
    for (const [colour, width] of [[palette.ground, 5], [palette.text, 2]]) {
      penPx(colour, width);
      context.beginPath();
      context.moveTo(10, h - 14); context.lineTo(10, h - 9); context.lineTo(10 + barPx, h - 9); context.lineTo(10 + barPx, h - 14);
      context.stroke();
    }
    context.textAlign = "left";
    writing.write(OligoPlan.word("viewer.scaleBar", { n: bar }), 10, h - 22, palette.text);
    context.textAlign = "center";
  }

  OligoPlan.marks = { crosshair, sides, scaleBar };
})();
