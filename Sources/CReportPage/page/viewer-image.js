// SPDX-License-Identifier: Apache-2.0
// The controls of the CT in a viewer: whether it is shown, in which window, and two sliders for a window of one's own.
(() => {
  "use strict";
  const { make, word } = OligoPlan;

  /// The controls; `null` where the report has no CT. Sets `viewer.window` and asks for new frames.
  function controlsOf(viewer) {
    viewer.window = null;
    if (!OligoPlan.image.exists) return null;
    const { number } = viewer, { PRESETS } = OligoPlan.image;
    const box = make("fieldset", { class: "v-image" }, make("legend", {}, word("viewer.image")));
    const start = viewer.lesion.place && /lung/i.test(viewer.lesion.place) ? "lung" : "soft";
    const sliders = {};

    function show(window) {
      viewer.window = window;
      for (const [name, slider] of Object.entries(sliders)) {
        slider.disabled = !window;
        if (!window) continue;
        slider.value = window[name];
        slider.setAttribute("aria-valuetext", word("viewer.image.hu", { n: window[name] }));
      }
      if (viewer.request) viewer.request();
    }
    for (const name of ["none", "lung", "soft"]) {
      const id = `v${number}-i-${name}`;
      const input = make("input", { type: "radio", name: `v${number}-image`, id, checked: name === start });
      input.addEventListener("change", () => show(name === "none" ? null : { ...PRESETS[name] }));
      box.append(make("span", { class: "v-segment" }, input, make("label", { htmlFor: id }, word(`viewer.image.${name}`))));
    }
    for (const [name, low, high, step] of [["level", -1000, 1000, 10], ["width", 50, 2500, 10]]) {
      const id = `v${number}-i-${name}`;
      const slider = make("input", { type: "range", id });
      slider.min = low; slider.max = high; slider.step = step;
      slider.addEventListener("input", () => show({ ...viewer.window, [name]: Number(slider.value) }));
      sliders[name] = slider;
      box.append(make("span", { class: "v-window" }, make("label", { htmlFor: id }, word(`viewer.image.${name}`)), slider));
    }
    box.append(make("p", { class: "v-keys" }, word("viewer.image.note")));
    show({ ...PRESETS[start] });
    OligoPlan.image.load().then(done => { if (!done) { show(null); box.hidden = true; } else if (viewer.request) viewer.request(); });
    return box;
  }

  OligoPlan.imageControls = { of: controlsOf };
})();
