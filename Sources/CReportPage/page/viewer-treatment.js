// SPDX-License-Identifier: Apache-2.0
// Draws what a therapy does to the tissue of a plane: specimen, PTV and isodose lines, zones of cell kill and of ice.
(() => {
  "use strict";
  const { spheroid } = OligoPlan.sections;
  const { pathOf } = OligoPlan.sheet;

  /// Resection specimen: faint fill, hatching, dash-dot outline. Begins and ends in millimetres.
  function specimen({ context, frame: { w, h, palette, therapy }, pixels, millimetres, pen, penPx, cutOf, boxOf }) {
    const cut = cutOf(OligoPlan.body(therapy.specimen));
    if (!cut) return;
    const path = pathOf(cut), box = boxOf(cut);
    context.globalAlpha = 0.12;
    context.fillStyle = palette.specimen;
    context.fill(path, "evenodd");
    context.globalAlpha = 0.55;
    context.save();
    context.clip(path, "evenodd");
    pixels();
    penPx(palette.specimen, 0.8);
    const left = Math.max(0, box[0]), right = Math.min(w, box[2]), top = Math.max(0, box[1]), bottom = Math.min(h, box[3]);
    context.beginPath();
    for (let sum = Math.ceil((left + top) / 7) * 7; sum < right + bottom; sum += 7) {
      context.moveTo(sum - bottom, bottom); context.lineTo(sum - top, top);
    }
    context.stroke();
    context.restore();
    millimetres();
    context.globalAlpha = 1;
    pen(palette.specimen, 1.8, [9, 3, 2, 3]);
    context.stroke(path);
  }

  /// PTV and isodose lines, in millimetres. Returns a loop and a text for each label.
  function doses({ context, frame: { plane, at, palette, therapy }, pen, cutOf }) {
    const labels = [], ptv = OligoPlan.body(therapy.ptv);
    if (!ptv) return labels;
    const cut = cutOf(ptv);
    if (cut) { pen(palette.ptv, 1.6); context.stroke(pathOf(cut)); }
    if (!therapy.isodoses.length) return labels;
    const line = (loops, width, dash) => {
      if (!loops.length) return;
      context.beginPath();
      for (const loop of loops) {
        context.moveTo(loop[0], loop[1]);
        for (let i = 2; i < loop.length; i += 2) context.lineTo(loop[i], loop[i + 1]);
        context.closePath();
      }
      pen(palette.ptv, width, dash);
      context.stroke();
    };
    const loopsAt = OligoPlan.isodoses.of(therapy, ptv, plane, at);
    therapy.isodoses.forEach((dose, index) => {
      const loops = loopsAt[index];
      line(loops.low, 1.1, [1.3, 2.6]);
      line(loops.high, 1.1, [1.3, 2.6]);
      line(loops.mid, 1.3);
      const loop = loops.mid.length ? loops.mid.reduce((a, b) => (b.length > a.length ? b : a)) : null;
      if (loop) labels.push({ loop, text: OligoPlan.word("viewer.percent", { n: dose.percent, gray: dose.gray }) });
    });
    return labels;
  }

  /// The labels of isodose lines, in pixels.
  function doseLabels({ frame: { palette }, toPx }, writing, labels) {
    writing.font(11, 600);
    labels.forEach(({ loop, text }, index) => {
      // Each isodose line looks for its own place, so that the figures do not stand in one row.
      const spots = [];
      for (let k = 0; k < 10; k++) {
        const i = 2 * (Math.floor((0.12 + 0.17 * index + 0.1 * k) * loop.length / 2) % (loop.length / 2));
        spots.push(toPx(loop[i], loop[i + 1]));
      }
      writing.place(text, spots, palette.ptv);
    });
  }

  function ellipses({ context, frame: { plane, at }, pen }, zones, width, dash, colour) {
    let any = false;
    for (const zone of zones) {
      const e = spheroid(zone, plane, at);
      if (!e) continue;
      any = true;
      context.beginPath();
      context.ellipse(e.centre[0], e.centre[1], e.semi[0], e.semi[1], e.angle, 0, 2 * Math.PI);
      pen(colour, width, dash);
      context.stroke();
    }
    return any;
  }

  /// Zone of cell kill and ice, in millimetres. Returns whether the plane meets the zone.
  function zones(sheet) {
    const { palette, therapy } = sheet.frame;
    ellipses(sheet, therapy.ice, 1.6, [6, 4], palette.ice);
    return ellipses(sheet, therapy.zones, 2.8, null, palette.zone);
  }

  OligoPlan.treatment = { specimen, doses, doseLabels, zones };
})();
