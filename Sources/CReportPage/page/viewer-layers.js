// SPDX-License-Identifier: Apache-2.0
// The layers of a viewer that can be switched, and the legend of those that are shown.
(() => {
  "use strict";
  const { make, word } = OligoPlan;
  const { swatch, SWATCH } = OligoPlan.look;

  function layersOf(viewer) {
    const { number, lesion } = viewer, layers = {};
    const boxes = make("fieldset", { class: "v-layers" }, make("legend", {}, word("viewer.layers")));
    const has = test => lesion.therapies.some(test);
    const names = ["structures", "names", "lesion"];
    if (has(t => t.zones.length || t.ice.length)) names.push("zone");
    if (has(t => t.needles.length)) names.push("needle");
    if (has(t => Number.isInteger(t.ptv))) names.push("isodoses");
    if (has(t => Number.isInteger(t.specimen))) names.push("specimen");
    if (lesion.distances.length) names.push("distances");
    for (const name of names) {
      const id = `v${number}-l-${name}`;
      const input = make("input", { type: "checkbox", id, checked: true });
      const label = make("label", { htmlFor: id });
      if (SWATCH[name]) label.append(swatch(name));
      label.append(word(`viewer.layer.${name}`));
      const item = make("span", { class: "v-layer" }, input, label);
      boxes.append(item);
      layers[name] = { input, item };
      input.addEventListener("change", () => { legend(); viewer.request(); });
    }
    const list = make("ul", { class: "v-legend" });
    const show = name => !!layers[name] && layers[name].input.checked;

    function legend() {
      const t = viewer.therapy;
      const present = {
        zone: t && (t.zones.length || t.ice.length), needle: t && t.needles.length, isodoses: t && Number.isInteger(t.ptv),
        specimen: t && Number.isInteger(t.specimen),
      };
      for (const [name, { item }] of Object.entries(layers)) item.hidden = name in present && !present[name];
      const lines = [];
      const line = (kind, key) => lines.push(make("li", {}, swatch(kind), word(key)));
      if (show("lesion")) line("lesion", "viewer.legend.lesion");
      if (present.zone && show("zone")) {
        if (t.zones.length) line("zone", "viewer.legend.zone");
        if (t.ice.length) line("ice", "viewer.legend.ice");
      }
      if (present.needle && show("needle")) { line("needle", "viewer.legend.needle"); line("projected", "viewer.legend.projected"); }
      if (present.isodoses && show("isodoses")) {
        line("isodoses", "viewer.legend.isodoses");
        if (t.isodoses.some(dose => dose.lowMM !== dose.highMM)) line("band", "viewer.legend.band");
      }
      if (present.specimen && show("specimen")) line("specimen", "viewer.legend.specimen");
      if (layers.distances && show("distances")) line("distances", "viewer.legend.distances");
      if (show("structures")) {
        line("bone", "viewer.legend.bone");
        if (viewer.bodies.some(body => body.derived)) line("derived", "viewer.legend.derived");
      }
      list.replaceChildren(...lines);
    }
    return { boxes, list, layers, show, legend };
  }

  OligoPlan.layers = { of: layersOf };
})();
