// SPDX-License-Identifier: Apache-2.0
// Draws what the patient brings into a plane: structures, the lesion and the others, distances between them.
(() => {
  "use strict";
  const { family } = OligoPlan.look;
  const { pathOf } = OligoPlan.sheet;

  /// Structures and the other lesions, in millimetres. Returns what was drawn, for the names.
  function structures({ context, frame: { bodies, lesion, palette, show, window }, pen, cutOf }) {
    const drawn = [];
    for (const body of bodies) {
      const isLesion = body.kind === "lesion";
      if (body.id === lesion.body || (body.kind !== "structure" && !isLesion)) continue;
      if (isLesion ? !show("lesion") : !show("structures")) continue;
      const cut = cutOf(body);
      if (!cut) continue;
      const path = pathOf(cut), kind = isLesion ? "lesion" : family(body);
      if (kind === "bone" || isLesion) {
        context.globalAlpha = window ? 0.1 : isLesion ? 0.25 : 0.16;
        context.fillStyle = palette[kind];
        context.fill(path, "evenodd");
        context.globalAlpha = 1;
      }
      pen(palette[kind], kind === "skin" ? 1.4 : 1.1, body.derived ? [1.5, 2.5] : null);
      context.stroke(path);
      drawn.push({ body, cut, kind });
    }
    return drawn;
  }

  /// The lesion itself, in millimetres. Returns whether the plane meets it.
  function ownLesion({ context, frame, frame: { lesion, palette, show }, pen, cutOf, boxOf }, writing) {
    const cut = cutOf(OligoPlan.body(lesion.body));
    if (!cut) return false;
    if (show("lesion")) {
      const path = pathOf(cut);
      context.fillStyle = palette.lesion;
      // Over a CT the lesion itself is to be seen.
      context.globalAlpha = frame.window ? 0.15 : 0.45;
      context.fill(path, "evenodd");
      context.globalAlpha = 1;
      pen(palette.lesion, 1.8);
      context.stroke(path);
      writing.take(boxOf(cut));
    }
    return true;
  }

  /// Distances, in pixels: only lines that lie within 8 mm of the plane as a whole, or the picture would foreshorten them.
  function distances({ context, frame: { at, lesion, palette }, axes, project, penPx }, writing) {
    writing.font(11);
    for (const distance of lesion.distances.slice(0, 5)) {
      if (Math.abs(distance.from[axes.n] - at) > 8 || Math.abs(distance.to[axes.n] - at) > 8) continue;
      const a = project(distance.from), b = project(distance.to);
      penPx(palette.distance, 1.2, [2, 2]);
      context.beginPath(); context.moveTo(a[0], a[1]); context.lineTo(b[0], b[1]); context.stroke();
      context.fillStyle = palette.distance;
      for (const p of [a, b]) { context.beginPath(); context.arc(p[0], p[1], 2, 0, 7); context.fill(); }
      const text = OligoPlan.word("viewer.distance",
        { name: OligoPlan.plain(distance.structure, 24), mm: OligoPlan.mm(distance.mm) });
      const wide = context.measureText(text).width / 2 + 6, side = b[0] >= a[0] ? 1 : -1;
      writing.place(text, [[b[0] + side * wide, b[1]], [b[0], b[1] - 11], [b[0], b[1] + 11], [b[0] - side * wide, b[1]],
        [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 10]], palette.distance);
    }
  }

  OligoPlan.anatomy = { structures, ownLesion, distances };
})();
