// SPDX-License-Identifier: Apache-2.0
// Draws one plane of one lesion on a canvas: what is drawn, and what over what. Knows nothing of controls; viewer-frames.js
// tells it what to show.
(() => {
  "use strict";
  const { anatomy, treatment, marks, names } = OligoPlan;

  function ground({ context, frame: { plane, at, w, h, window, palette }, toPx }) {
    context.globalAlpha = 1;
    context.lineJoin = "round"; context.lineCap = "butt";
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, w, h);
    if (window) OligoPlan.image.draw(context, { plane, at, window }, toPx);
  }

  /// One frame. `frame` = { plane, at, w, h, ratio, centre, scale (px per mm), palette, lesion, therapy, show(layer),
  /// cross: [h, v], bodies, window (of the CT; null without) }. Returns what was seen, for the spoken description.
  function draw(context, frame) {
    const { therapy, show } = frame, sheet = OligoPlan.sheet.of(context, frame), writing = OligoPlan.writing.on(sheet);
    const seen = { lesion: false, zone: false };
    sheet.pixels();
    ground(sheet);

    sheet.millimetres();
    const named = anatomy.structures(sheet);
    if (therapy && show("specimen") && Number.isInteger(therapy.specimen)) treatment.specimen(sheet);
    const labels = therapy && show("isodoses") && Number.isInteger(therapy.ptv) ? treatment.doses(sheet) : [];
    if (therapy && show("zone")) seen.zone = treatment.zones(sheet);
    seen.lesion = anatomy.ownLesion(sheet, writing);

    sheet.pixels();
    writing.begin();
    // Letters of the sides and the scale bar take their places first.
    marks.crosshair(sheet);
    marks.sides(sheet, writing);
    marks.scaleBar(sheet, writing);
    if (show("distances")) anatomy.distances(sheet, writing);
    if (therapy && show("needle")) for (const needle of therapy.needles) OligoPlan.needle.draw(sheet, writing, needle);
    treatment.doseLabels(sheet, writing, labels);
    if (show("names")) names.draw(sheet, writing, named);
    context.globalAlpha = 1;
    return seen;
  }

  OligoPlan.drawing = { draw };
})();
