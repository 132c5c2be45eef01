// SPDX-License-Identifier: Apache-2.0
// The three linked planes of a lesion: what they show, where they cross, and the parts that they are put together from.
(() => {
  "use strict";
  const { make, word, plain, mm } = OligoPlan;
  const { AXES } = OligoPlan.sections;
  const PLANES = ["axial", "coronal", "sagittal"];
  let count = 0;

  let sceneBox = null;
  function bounds() {
    if (!sceneBox) {
      sceneBox = { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity], bodies: [] };
      for (const raw of OligoPlan.scene().bodies) {
        const body = OligoPlan.body(raw.id);
        if (!body || !body.count) continue;
        sceneBox.bodies.push(body);
        for (let i = 0; i < 3; i++) {
          sceneBox.low[i] = Math.min(sceneBox.low[i], body.low[i]);
          sceneBox.high[i] = Math.max(sceneBox.high[i], body.high[i]);
        }
      }
    }
    return sceneBox;
  }

  /// Builds a lesion's viewer within `root`. `page` = { viewers (by lesion), printing }.
  function build(root, lesion, page) {
    const number = ++count, box = bounds();
    const therapies = [...lesion.therapies].sort((a, b) => (b.chosen ? 1 : 0) - (a.chosen ? 1 : 0));
    const own = OligoPlan.body(lesion.body);
    const position = [...lesion.centre];            // where the three planes cross, mm
    const views = [];

    // The axial planes step from slab to slab, for between two slabs nothing changes.
    let slabStep = 1;
    if (own && own.count) {
      const heights = Array.from(own.lower, (low, i) => own.upper[i] - low).sort((a, b) => a - b);
      slabStep = Math.max(0.2, +heights[heights.length >> 1].toFixed(3));
      const slab = OligoPlan.slabAt(own, position[2]);
      if (slab >= 0) position[2] = (own.lower[slab] + own.upper[slab]) / 2;
    }
    const home = [...position];
    const viewer = {
      number, lesion, page, bodies: box.bodies, views, position, home,
      therapy: therapies.length && therapies[0].chosen ? therapies[0] : null, set, moved, fit,
    };

    // Therapy: a radio group, the chosen one first
    const chooser = make("fieldset", { class: "v-therapies" }, make("legend", {}, word("viewer.therapy")));
    const radios = [];
    for (const therapy of [...therapies, null]) {
      const id = `v${number}-t${radios.length}`;
      const input = make("input", { type: "radio", name: `v${number}-therapy`, id, checked: therapy === viewer.therapy });
      input.addEventListener("change", () => setTherapy(therapy));
      const text = therapy ? word(therapy.chosen ? "viewer.therapyChosen" : "viewer.therapyOther", { name: plain(therapy.title, 60) })
        : word("viewer.therapyNone");
      chooser.append(make("span", { class: "v-segment" }, input, make("label", { htmlFor: id }, text)));
      radios.push({ input, therapy });
    }

    const grid = make("div", { class: "v-grid" });
    for (const plane of PLANES) {
      const n = AXES[plane].n, step = n === 2 ? slabStep : 1;
      const caption = make("figcaption", {});
      const canvas = make("canvas", { class: "v-canvas", tabIndex: 0 });
      canvas.setAttribute("role", "img");
      const id = `v${number}-${plane}`;
      const first = home[n] - Math.max(0, Math.floor((home[n] - box.low[n]) / step)) * step;
      const last = home[n] + Math.max(0, Math.floor((box.high[n] - home[n]) / step)) * step;
      const slider = make("input", { type: "range", id });
      // The order matters: a value is fitted to the limits that hold when it is set.
      slider.min = first; slider.max = last; slider.step = step; slider.value = home[n];
      const label = make("label", { htmlFor: id }, word(`viewer.slider.${plane}`));
      const figure = make("figure", { class: "v-plane" }, caption, canvas, make("div", { class: "v-slide" }, label, slider));
      grid.append(figure);
      const view = {
        plane, n, step, first, last, figure, caption, canvas, slider, centre: [0, 0], scale: 1, touched: false, w: 0, h: 0, span: 120,
      };
      views.push(view);
      slider.addEventListener("input", () => set(view, Number(slider.value)));
      OligoPlan.hands.listen(viewer, view);
    }

    const { boxes, list, layers, show, legend } = OligoPlan.layers.of(viewer);
    const { live, labels, speak } = OligoPlan.speech.of(viewer);
    const { request, drawAll } = OligoPlan.frames.of(viewer);
    const image = OligoPlan.imageControls.of(viewer);
    Object.assign(viewer, { show, request, speak });

    const reset = make("button", { type: "button", class: "v-reset" }, word("viewer.reset"));
    reset.addEventListener("click", () => { home.forEach((value, i) => { position[i] = value; }); fit(true); moved(); });
    boxes.append(reset);
    const keys = make("p", { class: "v-keys" }, word("viewer.keys"));
    root.replaceChildren(...[chooser, grid, image].filter(part => part), boxes, list, keys, live);
    root.classList.add("v-ready");

    function setTherapy(therapy) {
      viewer.therapy = therapy;
      for (const radio of radios) radio.input.checked = radio.therapy === therapy;
      fit(false); legend(); request(); speak();
    }

    /// The first window: the lesion ± 60 mm and each needle's entry with 10 mm to spare, one scale for all three.
    function fit(all) {
      const low = lesion.centre.map(c => c - 60), high = lesion.centre.map(c => c + 60);
      for (const needle of viewer.therapy ? viewer.therapy.needles : []) {
        for (let i = 0; i < 3; i++) {
          low[i] = Math.min(low[i], needle.entry[i] - 10);
          high[i] = Math.max(high[i], needle.entry[i] + 10);
        }
      }
      const span = Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
      for (const view of views) {
        const { h, v } = AXES[view.plane];
        if (view.touched && !all) continue;
        view.touched = false;
        view.centre = [(low[h] + high[h]) / 2, (low[v] + high[v]) / 2];
        view.span = span;
      }
    }

    function set(view, value) {
      const at = Math.min(view.last, Math.max(view.first, value));
      if (!Number.isFinite(at) || at === position[view.n]) return;
      position[view.n] = at;
      moved(view);
    }
    function moved(view) { captions(); request(view); speak(); }
    function captions() {
      for (const view of views) {
        const plane = view.plane, at = position[view.n], off = at - lesion.centre[view.n];
        const text = word(`viewer.caption.${plane}`, { mm: mm(at) });
        const relative = Math.abs(off) < 0.05 ? word("viewer.caption.centre")
          : word("viewer.caption.off", { mm: mm(Math.abs(off)), side: word(`viewer.side.${plane}.${off > 0 ? "plus" : "minus"}`) });
        view.caption.replaceChildren(make("strong", {}, text), " ", make("span", {}, relative));
        view.slider.value = at;
        view.slider.setAttribute("aria-valuetext", `${text}, ${relative}`);
      }
    }

    const handle = { id: lesion.id, root, frames: 0, milliseconds: 0, layers: {}, draw: drawAll, request, setTherapy: key =>
      setTherapy(therapies.find(t => t.key === key) || null), get therapy() { return viewer.therapy ? viewer.therapy.key : null; }, colours };
    function colours() {
      for (const [name, value] of Object.entries(OligoPlan.look.palette(page.printing))) root.style.setProperty(`--v-${name}`, value);
    }
    for (const view of views) {
      handle[view.plane] = { canvas: view.canvas, slider: view.slider, caption: view.caption, set: value => set(view, value),
        get position() { return position[view.n]; }, get scale() { return view.scale; }, get centre() { return [...view.centre]; } };
    }
    for (const [name, { input }] of Object.entries(layers)) {
      handle.layers[name] = { input, get shown() { return input.checked; }, set shown(value) {
        input.checked = value; legend(); request();
      } };
    }
    viewer.handle = handle;
    page.viewers.set(lesion.id, handle);
    colours(); fit(true); captions(); legend(); drawAll(); labels();
    return handle;
  }

  OligoPlan.viewer = { build };
})();
