// SPDX-License-Identifier: Apache-2.0
// Draws one plane of one lesion on a canvas. Knows nothing of controls; viewer.js tells it what to show.
(() => {
  "use strict";
  const { family } = OligoPlan.look;
  const { AXES, section, spansOf, spheroid, contours, slice, distanceField } = OligoPlan.sections;

  const FONT = "system-ui, -apple-system, 'Segoe UI', sans-serif";

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

  /// One frame. `frame` = { plane, at, w, h, ratio, centre, scale (px per mm), palette, lesion, therapy, show(layer),
  /// cross: [h, v], bodies, locale }. Returns what was seen, for the spoken description.
  function draw(context, frame) {
    const { plane, at, w, h, ratio, centre, scale, palette, lesion, therapy, show } = frame;
    const axes = AXES[plane], flip = plane === "axial" ? 1 : -1;   // y grows to the back: front up; z grows to the head: head up
    const seen = { lesion: false, zone: false };
    const boxes = [];                                              // places that are taken by text or by the lesion
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

    pixels();
    context.globalAlpha = 1;
    context.lineJoin = "round"; context.lineCap = "butt";
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, w, h);
    if (typeof OligoPlan.underlay === "function") {
      context.save();
      OligoPlan.underlay({ lesion: lesion.id, position: at, width: w, height: h, centre, scale, toPixel: toPx }, plane, context);
      context.restore();
    }

    // Structures and the other lesions
    const named = [];
    millimetres();
    for (const body of frame.bodies) {
      const isLesion = body.kind === "lesion";
      if (body.id === lesion.body || (body.kind !== "structure" && !isLesion)) continue;
      if (isLesion ? !show("lesion") : !show("structures")) continue;
      const cut = cutOf(body);
      if (!cut) continue;
      const path = pathOf(cut), kind = isLesion ? "lesion" : family(body);
      if (kind === "bone" || isLesion) {
        context.globalAlpha = isLesion ? 0.25 : 0.16;
        context.fillStyle = palette[kind];
        context.fill(path, "evenodd");
        context.globalAlpha = 1;
      }
      pen(palette[kind], kind === "skin" ? 1.4 : 1.1, body.derived ? [1.5, 2.5] : null);
      context.stroke(path);
      named.push({ body, cut, kind });
    }

    // Resection specimen: faint fill, hatching, dash-dot outline
    const specimen = therapy && show("specimen") && Number.isInteger(therapy.specimen) ? OligoPlan.body(therapy.specimen) : null;
    const specimenCut = cutOf(specimen);
    if (specimenCut) {
      const path = pathOf(specimenCut);
      context.globalAlpha = 0.12;
      context.fillStyle = palette.specimen;
      context.fill(path, "evenodd");
      context.globalAlpha = 0.55;
      context.save();
      context.clip(path, "evenodd");
      pixels();
      penPx(palette.specimen, 0.8);
      const a = toPx(specimenCut.low[0], specimenCut.low[1]), b = toPx(specimenCut.high[0], specimenCut.high[1]);
      const left = Math.max(0, Math.min(a[0], b[0])), right = Math.min(w, Math.max(a[0], b[0]));
      const top = Math.max(0, Math.min(a[1], b[1])), bottom = Math.min(h, Math.max(a[1], b[1]));
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

    // PTV and isodoses
    const ptv = therapy && show("isodoses") && Number.isInteger(therapy.ptv) ? OligoPlan.body(therapy.ptv) : null;
    const doseLabels = [];
    if (ptv) {
      const cut = cutOf(ptv);
      if (cut) { pen(palette.ptv, 1.6); context.stroke(pathOf(cut)); }
      if (therapy.isodoses.length) {
        const loopsAt = isodoseLoops(therapy, ptv, plane, at);
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
        therapy.isodoses.forEach((dose, index) => {
          const loops = loopsAt[index];
          line(loops.low, 1.1, [1.3, 2.6]);
          line(loops.high, 1.1, [1.3, 2.6]);
          line(loops.mid, 1.3);
          const loop = loops.mid.length ? loops.mid.reduce((a, b) => (b.length > a.length ? b : a)) : null;
          if (loop) doseLabels.push({ loop, text: OligoPlan.word("viewer.percent", { n: dose.percent, gray: dose.gray }) });
        });
      }
    }

    // Zone of cell kill and ice
    const ellipses = (zones, width, dash, colour) => {
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
    };
    if (therapy && show("zone")) {
      ellipses(therapy.ice, 1.6, [6, 4], palette.ice);
      seen.zone = ellipses(therapy.zones, 2.8, null, palette.zone);
    }

    // The lesion itself
    const lesionCut = cutOf(OligoPlan.body(lesion.body));
    if (lesionCut) {
      seen.lesion = true;
      if (show("lesion")) {
        const path = pathOf(lesionCut);
        context.fillStyle = palette.lesion;
        context.globalAlpha = 0.45;
        context.fill(path, "evenodd");
        context.globalAlpha = 1;
        pen(palette.lesion, 1.8);
        context.stroke(path);
        const a = toPx(lesionCut.low[0], lesionCut.low[1]), b = toPx(lesionCut.high[0], lesionCut.high[1]);
        boxes.push([Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])]);
      }
    }

    pixels();
    // ── Text ──
    const free = box => box[0] >= 2 && box[1] >= 2 && box[2] <= w - 2 && box[3] <= h - 2
      && !boxes.some(other => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    const write = (text, x, y, colour) => {                        // x, y: the middle
      context.setLineDash([]);
      context.strokeStyle = palette.ground; context.lineWidth = 3.5;
      context.strokeText(text, x, y);
      context.fillStyle = colour;
      context.fillText(text, x, y);
    };
    const place = (text, spots, colour, width) => {
      if (!spots.length) return false;
      const half = (width || context.measureText(text).width) / 2 + 2;
      for (const [x, y] of spots) {
        const box = [x - half, y - 7, x + half, y + 7];
        if (!free(box)) continue;
        boxes.push(box);
        write(text, x, y, colour);
        return true;
      }
      return false;
    };
    context.textAlign = "center"; context.textBaseline = "middle";
    context.direction = "ltr";
    context.lineJoin = "round";

    // Crosshair: where the other two planes run, open around their crossing
    const [cx, cy] = toPx(frame.cross[0], frame.cross[1]), gap = 16;
    penPx(palette.cross, 0.8);
    context.beginPath();
    context.moveTo(0, cy); context.lineTo(cx - gap, cy); context.moveTo(cx + gap, cy); context.lineTo(w, cy);
    context.moveTo(cx, 0); context.lineTo(cx, cy - gap); context.moveTo(cx, cy + gap); context.lineTo(cx, h);
    context.stroke();

    // Letters of the sides and the scale bar take their places first
    const letters = { axial: "RLAP", coronal: "RLHF", sagittal: "APHF" }[plane];
    context.font = `600 13px ${FONT}`;
    [[10, h / 2], [w - 10, h / 2], [w / 2, 11], [w / 2, h - 11]].forEach(([x, y], i) => {
      boxes.push([x - 9, y - 9, x + 9, y + 9]);
      write(OligoPlan.word("viewer.letter." + letters[i]), x, y, palette.text);
    });
    const bar = 50 * scale < 0.42 * w ? 50 : 10, barPx = bar * scale;
    context.font = `11px ${FONT}`;
    boxes.push([6, h - 32, 16 + Math.max(barPx, 40), h]);
    for (const [colour, width] of [[palette.ground, 5], [palette.text, 2]]) {
      penPx(colour, width);
      context.beginPath();
      context.moveTo(10, h - 14); context.lineTo(10, h - 9); context.lineTo(10 + barPx, h - 9); context.lineTo(10 + barPx, h - 14);
      context.stroke();
    }
    context.textAlign = "left";
    write(OligoPlan.word("viewer.scaleBar", { n: bar }), 10, h - 22, palette.text);
    context.textAlign = "center";

    // Distances: only lines that lie within 8 mm of the plane as a whole, or the picture would foreshorten them
    if (show("distances")) {
      context.font = `11px ${FONT}`;
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
        place(text, [[b[0] + side * wide, b[1]], [b[0], b[1] - 11], [b[0], b[1] + 11], [b[0] - side * wide, b[1]],
          [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 10]], palette.distance);
      }
    }

    if (therapy && show("needle")) for (const needle of therapy.needles) drawNeedle(needle);

    context.font = `600 11px ${FONT}`;
    doseLabels.forEach(({ loop, text }, index) => {
      // Each isodose line looks for its own place, so that the figures do not stand in one row.
      const spots = [];
      for (let k = 0; k < 10; k++) {
        const i = 2 * (Math.floor((0.12 + 0.17 * index + 0.1 * k) * loop.length / 2) % (loop.length / 2));
        spots.push(toPx(loop[i], loop[i + 1]));
      }
      place(text, spots, palette.ptv);
    });

    if (show("names")) drawNames();
    context.globalAlpha = 1;
    return seen;

    function drawNeedle(needle) {
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
        context.font = `10px ${FONT}`;
        penPx(palette.needle, 1.2);
        for (let d = 10; d < real; d += 10) {
          const p = point(d / real), long = d % 20 === 0 ? 5 : 3;
          context.beginPath();
          context.moveTo(p[0] - nx * long, p[1] - ny * long); context.lineTo(p[0] + nx * long, p[1] + ny * long);
          context.stroke();
          if (d % 20 === 0) place(String(d), [[p[0] + nx * 14, p[1] + ny * 12], [p[0] - nx * 14, p[1] - ny * 12]], palette.needle);
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
      boxes.push([a[0] - 6, a[1] - 6, a[0] + 6, a[1] + 6]);
      if (depth > 0 && a[0] > 0 && a[0] < w && a[1] > 0 && a[1] < h) {
        context.font = `11px ${FONT}`;
        const text = OligoPlan.word("viewer.depth", { mm: OligoPlan.mm(depth, 0) }), wide = context.measureText(text).width / 2 + 9;
        place(text, [[a[0] + wide, a[1]], [a[0] - wide, a[1]], [a[0], a[1] - 13], [a[0], a[1] + 13],
          [a[0] + wide, a[1] - 14], [a[0] - wide, a[1] - 14], [a[0] + wide, a[1] + 14], [a[0] - wide, a[1] + 14]], palette.needle);
      }
    }

    function drawNames() {
      context.font = `11px ${FONT}`;
      const [lx, ly] = project(lesion.centre);
      // Near structures first: they are the ones the board asks about.
      const rank = ({ cut, kind }) => {
        const a = toPx(cut.low[0], cut.low[1]), b = toPx(cut.high[0], cut.high[1]);
        const dx = Math.max(0, Math.min(a[0], b[0]) - lx, lx - Math.max(a[0], b[0]));
        const dy = Math.max(0, Math.min(a[1], b[1]) - ly, ly - Math.max(a[1], b[1]));
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
          done = place(text, spots, colour, wide);
          if (done) break;
        }
        // … else beside the outermost corners that the window shows.
        if (!done && !hollow) done = place(text, beside(cut, wide / 2 + 6), colour, wide);
        if (done) count++;
      }
    }

    function beside(cut, over) {
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
  }

  // ── Isodose lines ───────────────────────────────────────────────────────
  // The field is made when it is first shown; the contours are kept per plane until the plane moves.
  const fields = new Map();
  function isodoseLoops(therapy, ptv, plane, at) {
    let entry = fields.get(therapy);
    if (!entry) {
      const all = therapy.isodoses.flatMap(dose => [dose.mm, dose.lowMM, dose.highMM]).filter(Number.isFinite);
      const started = performance.now();
      const field = distanceField(ptv, Math.max(0, ...all) + 4);
      entry = { field, planes: {}, milliseconds: performance.now() - started };
      fields.set(therapy, entry);
      if (fields.size > 8) fields.delete(fields.keys().next().value);      // a megabyte each
      OligoPlan.fieldMilliseconds = Math.max(OligoPlan.fieldMilliseconds || 0, entry.milliseconds);
    }
    const kept = entry.planes[plane];
    if (kept && kept.at === at) return kept.loops;
    const picture = slice(entry.field, plane, at);
    const own = section(ptv, plane, at);
    const line = mm => {
      if (!Number.isFinite(mm)) return [];
      // At the surface the outline itself is exact, the field is not.
      return Math.abs(mm) < 0.05 ? (own ? own.loops : []) : contours(picture, mm);
    };
    const loops = therapy.isodoses.map(dose => ({ mid: line(dose.mm), low: line(dose.lowMM), high: line(dose.highMM) }));
    entry.planes[plane] = { at, loops };
    return loops;
  }

  OligoPlan.drawing = { draw };
})();
