// SPDX-License-Identifier: Apache-2.0
// Isodose lines of a therapy in a plane, as contours of the distance from its PTV.
(() => {
  "use strict";
  const { section, contours, slice, distanceField } = OligoPlan.sections;

  // The field is made when it is first shown; the contours are kept per plane until the plane moves.
  const fields = new Map();
  function isodosesOf(therapy, ptv, plane, at) {
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

  OligoPlan.isodoses = { of: isodosesOf };
})();
