// SPDX-License-Identifier: Apache-2.0
// The three linked planes of a lesion: controls, pointer, keys, spoken description, printing.
(() => {
  "use strict";
  const { make, word, plain, mm } = OligoPlan;
  const { swatch, SWATCH } = OligoPlan.look;
  const palette = () => OligoPlan.look.palette(printing);
  const { AXES } = OligoPlan.sections;
  const PLANES = ["axial", "coronal", "sagittal"];
  const viewers = new Map();
  let printing = false, count = 0, lastScroll = 0;

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

  // ── One viewer ──────────────────────────────────────────────────────────
  function build(root, lesion) {
    const number = ++count, box = bounds();
    const therapies = [...lesion.therapies].sort((a, b) => (b.chosen ? 1 : 0) - (a.chosen ? 1 : 0));
    const own = OligoPlan.body(lesion.body);
    const position = [...lesion.centre];            // where the three planes cross, mm
    const state = { therapy: therapies.length && therapies[0].chosen ? therapies[0] : null, pending: 0, talk: 0 };
    const views = {}, layers = {};

    // The axial planes step from slab to slab, for between two slabs nothing changes.
    let slabStep = 1;
    if (own && own.count) {
      const heights = Array.from(own.lower, (low, i) => own.upper[i] - low).sort((a, b) => a - b);
      slabStep = Math.max(0.2, +heights[heights.length >> 1].toFixed(3));
      const slab = OligoPlan.slabAt(own, position[2]);
      if (slab >= 0) position[2] = (own.lower[slab] + own.upper[slab]) / 2;
    }
    const home = [...position];

    // Therapy: a radio group, the chosen one first
    const chooser = make("fieldset", { class: "v-therapies" }, make("legend", {}, word("viewer.therapy")));
    const radios = [];
    for (const therapy of [...therapies, null]) {
      const id = `v${number}-t${radios.length}`;
      const input = make("input", { type: "radio", name: `v${number}-therapy`, id, checked: therapy === state.therapy });
      input.addEventListener("change", () => setTherapy(therapy));
      const text = therapy ? word(therapy.chosen ? "viewer.therapyChosen" : "viewer.therapyOther", { name: plain(therapy.title, 60) })
        : word("viewer.therapyNone");
      chooser.append(make("span", { class: "v-segment" }, input, make("label", { htmlFor: id }, text)));
      radios.push({ input, therapy });
    }

    const grid = make("div", { class: "v-grid" });
    const live = make("p", { class: "v-live v-hidden" });
    live.setAttribute("aria-live", "polite");
    live.setAttribute("role", "status");
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
      const view = views[plane] = { plane, n, step, first, last, figure, caption, canvas, slider, centre: [0, 0], scale: 1, touched: false, w: 0, h: 0, span: 120 };
      slider.addEventListener("input", () => set(view, Number(slider.value)));
      listen(view);
    }

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
      input.addEventListener("change", () => { legend(); request(); });
    }
    const list = make("ul", { class: "v-legend" });
    const reset = make("button", { type: "button", class: "v-reset" }, word("viewer.reset"));
    reset.addEventListener("click", () => { home.forEach((value, i) => { position[i] = value; }); fit(true); moved(); });
    boxes.append(reset);
    const keys = make("p", { class: "v-keys" }, word("viewer.keys"));
    root.replaceChildren(chooser, grid, boxes, list, keys, live);
    root.classList.add("v-ready");

    const show = name => !!layers[name] && layers[name].input.checked;

    function setTherapy(therapy) {
      state.therapy = therapy;
      for (const radio of radios) radio.input.checked = radio.therapy === therapy;
      fit(false); legend(); request(); speak();
    }

    function legend() {
      const t = state.therapy;
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
        if (box.bodies.some(body => body.derived)) line("derived", "viewer.legend.derived");
      }
      list.replaceChildren(...lines);
    }

    /// The first window: the lesion ± 60 mm and each needle's entry with 10 mm to spare, one scale for all three.
    function fit(all) {
      const low = lesion.centre.map(c => c - 60), high = lesion.centre.map(c => c + 60);
      for (const needle of state.therapy ? state.therapy.needles : []) {
        for (let i = 0; i < 3; i++) {
          low[i] = Math.min(low[i], needle.entry[i] - 10);
          high[i] = Math.max(high[i], needle.entry[i] + 10);
        }
      }
      const span = Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
      for (const plane of PLANES) {
        const view = views[plane], { h, v } = AXES[plane];
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
      for (const plane of PLANES) {
        const view = views[plane], at = position[view.n], off = at - lesion.centre[view.n];
        const text = word(`viewer.caption.${plane}`, { mm: mm(at) });
        const relative = Math.abs(off) < 0.05 ? word("viewer.caption.centre")
          : word("viewer.caption.off", { mm: mm(Math.abs(off)), side: word(`viewer.side.${plane}.${off > 0 ? "plus" : "minus"}`) });
        view.caption.replaceChildren(make("strong", {}, text), " ", make("span", {}, relative));
        view.slider.value = at;
        view.slider.setAttribute("aria-valuetext", `${text}, ${relative}`);
      }
    }

    // ── Drawing ──
    // The plane that moved is drawn at once. In the other two only the crosshair moves: they follow in the same frame if
    // time is left, else in the next, so that a frame stays short however many bodies there are.
    function request(first) {
      for (const plane of PLANES) views[plane].stale = true;
      if (first) state.first = first;
      if (!state.pending) state.pending = requestAnimationFrame(frame);
    }
    function frame() {
      const started = performance.now();
      state.pending = 0;
      const order = PLANES.map(plane => views[plane]).filter(view => view.stale);
      order.sort((p, q) => (p === state.first ? -1 : q === state.first ? 1 : (p.drawn || 0) - (q.drawn || 0)));
      for (const view of order) {
        if (performance.now() - started > 3) { state.pending = requestAnimationFrame(frame); break; }
        drawView(view);
      }
      handle.milliseconds = performance.now() - started;
      handle.frames++;
    }
    function size(view, ratio) {
      const canvas = view.canvas;
      if (!printing) {
        // Whole pixels, or the browser would resample the picture and blur the writing. In print the column decides.
        const room = Math.floor(view.figure.getBoundingClientRect().width);
        if (room > 0 && room !== view.room) { view.room = room; canvas.style.width = `${room}px`; }
      } else if (view.room) { view.room = 0; canvas.style.width = ""; }
      // In a closed <details> there is no size yet; the last known one will do.
      view.w = view.room || Math.round(canvas.getBoundingClientRect().width) || view.w || 360;
      view.h = view.w;
      const w = Math.round(view.w * ratio);
      if (canvas.width !== w || canvas.height !== w) { canvas.width = w; canvas.height = w; }
    }
    function drawView(view) {
      const { h, v } = AXES[view.plane];
      // 60 lesions at twice the resolution would ask for half a gigabyte: about 64 million pixels in all is the limit.
      const wished = printing ? Math.max(2, window.devicePixelRatio || 1) : Math.min(3, window.devicePixelRatio || 1);
      const most = printing ? Math.sqrt(64e6 / (3 * Math.max(1, viewers.size))) / Math.max(view.w, 200) : Infinity;
      const ratio = Math.max(1, Math.min(wished, most));
      size(view, ratio);
      view.scale = Math.min(view.w, view.h) / view.span;
      view.seen = OligoPlan.drawing.draw(view.canvas.getContext("2d"), {
        plane: view.plane, at: position[view.n], w: view.w, h: view.h, ratio, centre: view.centre, scale: view.scale, palette: palette(),
        lesion, therapy: state.therapy, show, cross: [position[h], position[v]], bodies: box.bodies,
      });
      view.stale = false;
      view.drawn = performance.now();
    }
    function drawAll() {
      cancelAnimationFrame(state.pending);
      state.pending = 0;
      for (const plane of PLANES) drawView(views[plane]);
    }

    // ── What a screen reader hears: once the hand rests ──
    function describe(view) {
      const nearest = lesion.distances[0];
      return [word(`viewer.caption.${view.plane}`, { mm: mm(position[view.n]) }),
        word(view.seen && view.seen.lesion ? "viewer.aria.lesion" : "viewer.aria.noLesion", { name: plain(lesion.title, 40) }),
        view.seen && view.seen.zone ? word("viewer.aria.zone") : "",
        nearest ? word("viewer.aria.nearest", { name: plain(nearest.structure, 60), mm: mm(nearest.mm) }) : "",
      ].filter(Boolean).join(" ");
    }
    function labels() { for (const plane of PLANES) views[plane].canvas.setAttribute("aria-label", describe(views[plane])); }
    function speak(silent) {
      clearTimeout(state.talk);
      state.talk = setTimeout(() => {
        labels();
        const active = PLANES.find(plane => document.activeElement === views[plane].canvas || document.activeElement === views[plane].slider);
        if (!silent && active) live.textContent = describe(views[active]);
      }, 350);
    }

    // ── Pointer, wheel, keys ──
    function toMM(view, event) {
      const rect = view.canvas.getBoundingClientRect(), flip = view.plane === "axial" ? 1 : -1;
      return [view.centre[0] + (event.clientX - rect.left - view.w / 2) / view.scale,
        view.centre[1] + flip * (event.clientY - rect.top - view.h / 2) / view.scale];
    }
    function zoom(view, factor, about) {
      const span = Math.min(600, Math.max(15, view.span / factor)), real = view.span / span;
      const point = about || view.centre;
      view.centre = view.centre.map((c, i) => point[i] + (c - point[i]) / real);
      view.span = span;
      view.touched = true;
      request(view);
    }
    function listen(view) {
      const canvas = view.canvas, pointers = new Map();
      let start = null, dragged = false, pinch = 0, turned = 0;
      canvas.addEventListener("pointerdown", event => {
        if (event.button > 0) return;
        canvas.focus({ preventScroll: true });
        canvas.setPointerCapture(event.pointerId);
        pointers.set(event.pointerId, [event.clientX, event.clientY]);
        start = [event.clientX, event.clientY];
        dragged = pointers.size > 1;
        pinch = 0;
      });
      canvas.addEventListener("pointermove", event => {
        if (!pointers.has(event.pointerId)) return;
        const before = pointers.get(event.pointerId);
        pointers.set(event.pointerId, [event.clientX, event.clientY]);
        if (pointers.size > 1) {
          const [a, b] = [...pointers.values()], apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
          if (pinch > 0) zoom(view, apart / pinch, toMM(view, { clientX: (a[0] + b[0]) / 2, clientY: (a[1] + b[1]) / 2 }));
          pinch = apart;
          return;
        }
        if (!dragged && Math.hypot(event.clientX - start[0], event.clientY - start[1]) < 4) return;
        dragged = true;
        const flip = view.plane === "axial" ? 1 : -1;
        view.centre = [view.centre[0] - (event.clientX - before[0]) / view.scale,
          view.centre[1] - flip * (event.clientY - before[1]) / view.scale];
        view.touched = true;
        request(view);
      });
      const end = event => {
        if (!pointers.delete(event.pointerId) || event.type !== "pointerup" || dragged || pointers.size) return;
        const [h, v] = toMM(view, event), axes = AXES[view.plane];
        for (const plane of PLANES) {
          const other = views[plane];
          if (other === view) continue;
          position[other.n] = snap(other, other.n === axes.h ? h : v);
        }
        moved();
      };
      canvas.addEventListener("pointerup", end);
      canvas.addEventListener("pointercancel", end);
      canvas.addEventListener("dblclick", event => event.preventDefault());
      canvas.addEventListener("wheel", event => {
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          zoom(view, Math.exp(-event.deltaY * 0.004), toMM(view, event));
          return;
        }
        // Someone who scrolls down the page must not be caught by a picture that comes by.
        if (document.activeElement !== canvas && performance.now() - lastScroll < 400) return;
        if (!event.deltaY) return;
        const next = position[view.n] + Math.sign(-event.deltaY) * view.step;
        if (next < view.first - 1e-6 || next > view.last + 1e-6) return;     // at the end the page scrolls on
        event.preventDefault();
        // A notch of a mouse wheel is one plane; a touch pad sends many small steps, which are added up.
        if (Math.sign(event.deltaY) !== Math.sign(turned)) turned = 0;
        turned += event.deltaY * (event.deltaMode ? 40 : 1);
        if (Math.abs(turned) < 40) return;
        turned = 0;
        set(view, next);
      }, { passive: false });
      canvas.addEventListener("keydown", event => {
        const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key in steps) set(view, position[view.n] + steps[event.key] * view.step);
        else if (event.key === "+" || event.key === "=") zoom(view, 1.25);
        else if (event.key === "-") zoom(view, 0.8);
        else if (event.key === "0") { view.touched = false; fit(false); set(view, home[view.n]); request(); }
        else return;
        event.preventDefault();
      });
      canvas.addEventListener("focus", () => speak());
    }
    function snap(view, value) {
      const steps = Math.round((value - view.first) / view.step);
      return Math.min(view.last, Math.max(view.first, view.first + steps * view.step));
    }

    if (typeof ResizeObserver === "function") {
      const observer = new ResizeObserver(() => { if (!printing) request(); });
      for (const plane of PLANES) observer.observe(views[plane].figure);
    }

    const handle = { id: lesion.id, root, frames: 0, milliseconds: 0, layers: {}, draw: drawAll, request, setTherapy: key =>
      setTherapy(therapies.find(t => t.key === key) || null), get therapy() { return state.therapy ? state.therapy.key : null; }, colours };
    function colours() {
      for (const [name, value] of Object.entries(palette())) root.style.setProperty(`--v-${name}`, value);
    }
    for (const plane of PLANES) {
      const view = views[plane];
      handle[plane] = { canvas: view.canvas, slider: view.slider, caption: view.caption, set: value => set(view, value),
        get position() { return position[view.n]; }, get scale() { return view.scale; }, get centre() { return [...view.centre]; } };
    }
    for (const [name, { input }] of Object.entries(layers)) {
      handle.layers[name] = { input, get shown() { return input.checked; }, set shown(value) {
        input.checked = value; legend(); request();
      } };
    }
    viewers.set(lesion.id, handle);
    colours(); fit(true); captions(); legend(); drawAll(); labels();
    return handle;
  }

  // ── Mounting ────────────────────────────────────────────────────────────
  function mount(root) {
    const id = root.dataset.lesion;
    if (viewers.has(id)) return viewers.get(id);
    const lesion = OligoPlan.lesion(id);
    return lesion ? build(root, lesion) : null;
  }
  const places = () => [...document.querySelectorAll(".views[data-lesion]")];
  const isOpen = root => { for (let e = root.closest("details"); e; e = e.parentElement && e.parentElement.closest("details")) if (!e.open) return false; return true; };
  const all = work => { for (const viewer of viewers.values()) work(viewer); };

  OligoPlan.views = {
    get: id => viewers.get(id) || (root => (root ? mount(root) : null))(places().find(place => place.dataset.lesion === id)),
    mountAll: () => { places().forEach(mount); all(viewer => viewer.draw()); },
    mounted: () => viewers.size,
    redraw: () => { OligoPlan.look.forget(); all(viewer => { viewer.colours(); viewer.request(); }); },
  };

  const start = () => {
    let observer = null;
    if (typeof IntersectionObserver === "function") {
      observer = new IntersectionObserver(entries => {
        for (const entry of entries) if (entry.isIntersecting) { observer.unobserve(entry.target); mount(entry.target); }
      }, { rootMargin: "400px" });
      // A place in a closed <details> has no box, so it meets the margin only after the opening.
      places().forEach(place => observer.observe(place));
    } else places().forEach(place => { if (!place.closest("details")) mount(place); });
    document.addEventListener("toggle", event => {
      if (!event.target.open) return;
      for (const place of event.target.querySelectorAll(".views[data-lesion]")) {
        if (place.closest("details") === event.target) { if (observer) observer.unobserve(place); mount(place); }
      }
    }, true);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  window.addEventListener("scroll", () => { lastScroll = performance.now(); }, { passive: true, capture: true });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => OligoPlan.views.redraw());
  new MutationObserver(() => OligoPlan.views.redraw())
    .observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme", "style"] });

  window.addEventListener("beforeprint", () => {
    printing = true;
    for (const place of places()) if (isOpen(place)) mount(place);
    all(viewer => { viewer.colours(); viewer.draw(); });
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    all(viewer => { viewer.colours(); viewer.request(); });
  });
})();
