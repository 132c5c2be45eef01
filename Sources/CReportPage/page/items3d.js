// SPDX-License-Identifier: Apache-2.0
// What the 3-D view can show: each body with its group, its name, its colour and how its surface is made.
(() => {
  "use strict";
  const { word, plain } = OligoPlan;
  const GLASS = { skin: 0.07, lung: 0.1, bone: 0.5, artery: 0.45, vein: 0.45, airway: 0.45, nerve: 0.6, organ: 0.35, other: 0.35 };

  /// Everything that can be shown, in the order in which it is made: what matters first.
  function itemsOf(scene) {
    const items = [], name = lesion => plain(lesion.title, 40);
    const put = (group, label, colour, alpha, build, extra) =>
      items.push(Object.assign({ group, label, paint: colour, alpha, build, visible: true, mesh: null }, extra));
    const structures = scene.bodies.filter(body => body.kind === "structure");
    const most = Math.max(1500, Math.min(15000, Math.floor(260000 / Math.max(1, structures.length))));
    const bodyMesh = (id, limit) => () => OligoPlan.mesh3d.ofBody(OligoPlan.body(id), limit);
    for (const lesion of scene.lesions) put("lesion", name(lesion), "lesion", 1, bodyMesh(lesion.body, 1500), { lesion });
    for (const lesion of scene.lesions) {
      const therapy = lesion.therapies.find(t => t.chosen);
      if (!therapy) continue;
      const title = { name: name(lesion) };
      for (const needle of therapy.needles) {
        put("therapy", word("scene3d.needleOf", title), "needle", 1, () => OligoPlan.mesh3d.ofNeedle(needle), { lesion });
      }
      for (const zone of therapy.zones) {
        put("therapy", word("scene3d.zoneOf", title), "zone", 0.3, () => OligoPlan.mesh3d.ofSpheroid(zone), { lesion });
      }
      for (const zone of therapy.ice) {
        put("therapy", word("scene3d.iceOf", title), "ice", 0.14, () => OligoPlan.mesh3d.ofSpheroid(zone), { lesion });
      }
      if (Number.isInteger(therapy.ptv)) put("ptv", word("scene3d.ptvOf", title), "ptv", 0.3, bodyMesh(therapy.ptv, 2000), { lesion });
      if (Number.isInteger(therapy.specimen)) {
        put("specimen", word("scene3d.specimenOf", title), "specimen", 0.3, bodyMesh(therapy.specimen, 3000), { lesion });
      }
    }
    for (const raw of structures) {
      const kind = OligoPlan.look.family({ name: String(raw.name), role: String(raw.role || "") });
      put("structure", plain(raw.name, 60), kind, GLASS[kind], bodyMesh(raw.id, most), { glass: GLASS[kind], late: kind === "skin" });
    }
    return items.sort((a, b) => (a.late ? 1 : 0) - (b.late ? 1 : 0));
  }

  OligoPlan.items3d = { of: itemsOf };
})();
