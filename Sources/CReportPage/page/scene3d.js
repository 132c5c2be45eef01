// SPDX-License-Identifier: Apache-2.0
// The 3-D view: built only after the click, for most readers never need it and it costs a second or two.
(() => {
  "use strict";
  const { make, word, plain } = OligoPlan;
  const { add, scale } = OligoPlan.vector;
  const GROUPS = ["lesion", "therapy", "ptv", "specimen", "structure"];
  const GLASS = { skin: 0.07, lung: 0.1, bone: 0.5, artery: 0.45, vein: 0.45, airway: 0.45, nerve: 0.6, organ: 0.35, other: 0.35 };
  // Solid surfaces want lighter colours than thin lines do; the 3-D view has its own for what fills much of the picture.
  const TINT = { skin: "#c4a998", lung: "#9fb6ca", bone: "#cdc1a2", needle: "#3a3f47" };
  const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255);
  const handle = OligoPlan.scene3d = { ready: false, frames: 0, items: [] };

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

  function open(place, button) {
    const scene = OligoPlan.scene();
    const canvas = make("canvas", { class: "s-canvas", tabIndex: 0 });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", word("scene3d.canvas"));
    const engine = OligoPlan.gl3d.create(canvas);
    button.hidden = true;
    if (!engine) {
      const sentence = make("p", { class: "s-status" }, word("scene3d.noWebGL"));
      sentence.setAttribute("role", "status");
      place.append(sentence);
      handle.failed = true;
      return;
    }
    const status = make("p", { class: "s-status" }), live = make("p", { class: "v-hidden" });
    live.setAttribute("role", "status");
    const letters = make("div", { class: "s-letters" });
    letters.setAttribute("aria-hidden", "true");
    const sides = [["L", [1, 0, 0]], ["R", [-1, 0, 0]], ["P", [0, 1, 0]], ["A", [0, -1, 0]], ["H", [0, 0, 1]], ["F", [0, 0, -1]]]
      .map(([letter, axis]) => { const span = make("span", {}, word("viewer.letter." + letter)); letters.append(span); return [span, axis]; });
    const buttons = make("div", { class: "s-buttons" });
    const panel = make("div", { class: "s-panel" }, make("h4", {}, word("scene3d.bodies")));
    const frame = make("div", { class: "s-frame" }, make("div", {}, buttons, make("div", { class: "s-stage" }, canvas, letters), status,
      make("p", { class: "v-keys" }, word("scene3d.keys"))), panel);
    place.append(frame, live);

    const items = handle.items = itemsOf(scene);
    const camera = handle.camera = { target: [0, 0, 0], distance: 900, azimuth: 0.45, elevation: 0.15 };
    let lost = false, pending = 0, flight = 0, colours = null;

    // ── Colours ──
    function paint() {
      const { light, dark } = OligoPlan.look.PALETTE;
      const ink = (getComputedStyle(place).color.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
      colours = ink[0] + ink[1] + ink[2] > 384 ? dark : light;         // light writing means a dark page
      for (const item of items) {
        const colour = item.paint === "needle" && colours === dark ? colours.needle : TINT[item.paint] || colours[item.paint];
        item.colour = rgb(colour);
        if (item.dot) item.dot.style.background = colour;
      }
      request();
    }

    // ── Frames ──
    let low = [0, 0, 0], high = [1, 1, 1], radius = 300, middle = [0, 0, 0];
    function measure() {
      low = [Infinity, Infinity, Infinity]; high = [-Infinity, -Infinity, -Infinity];
      for (const raw of scene.bodies) {
        const body = OligoPlan.body(raw.id);
        if (!body || !body.count) continue;
        for (let i = 0; i < 3; i++) { low[i] = Math.min(low[i], body.low[i]); high[i] = Math.max(high[i], body.high[i]); }
      }
      if (!(high[0] > low[0])) { low = [-100, -100, -100]; high = [100, 100, 100]; }
      middle = scale(add(low, high), 0.5);
      radius = Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]) / 2;
      camera.target = [...middle];
      camera.distance = radius * 2.9;
    }
    function request() { if (!pending && !lost) pending = requestAnimationFrame(() => { pending = 0; render(); }); }
    function render() {
      if (lost) return;
      const rect = canvas.getBoundingClientRect(), ratio = Math.min(2, window.devicePixelRatio || 1);
      if (!rect.width || !rect.height) return;
      const w = Math.round(rect.width * ratio), h = Math.round(rect.height * ratio);
      if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
      const started = performance.now();
      engine.draw(items, camera, rgb(colours.ground), radius);
      const { right, up, back } = engine.axesOf(camera), of = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
      for (const [span, axis] of sides) {
        span.style.left = `${48 + 34 * of(axis, right)}px`;
        span.style.top = `${48 - 34 * of(axis, up)}px`;
        // Letters that point away from the eye fade; those that point at it would lie on one another.
        const depth = of(axis, back);
        span.style.opacity = Math.abs(depth) > 0.9 ? "0" : depth < -0.15 ? "0.6" : "1";
        span.style.color = colours.text;
      }
      handle.milliseconds = performance.now() - started;
      handle.frames++;
    }
    handle.pick = (x, y) => { render(); return engine.pick(x === undefined ? canvas.width >> 1 : x, y === undefined ? canvas.height >> 1 : y); };
    handle.request = request;

    // ── Camera ──
    const still = window.matchMedia("(prefers-reduced-motion: reduce)");
    function fly(to) {
      cancelAnimationFrame(flight);
      const from = { ...camera, target: [...camera.target] }, started = performance.now();
      const turn = to.azimuth === undefined ? 0 : Math.atan2(Math.sin(to.azimuth - from.azimuth), Math.cos(to.azimuth - from.azimuth));
      const step = () => {
        const raw = still.matches ? 1 : Math.min(1, (performance.now() - started) / 600), t = raw * raw * (3 - 2 * raw);
        if (to.target) camera.target = from.target.map((c, i) => c + (to.target[i] - c) * t);
        if (to.distance) camera.distance = from.distance * Math.pow(to.distance / from.distance, t);
        camera.azimuth = from.azimuth + turn * t;
        if (to.elevation !== undefined) camera.elevation = from.elevation + (to.elevation - from.elevation) * t;
        request();
        if (raw < 1) flight = requestAnimationFrame(step);
      };
      step();
    }
    const turnBy = (dx, dy) => {
      camera.azimuth -= dx;
      camera.elevation = Math.max(-1.55, Math.min(1.55, camera.elevation + dy));
      request();
    };
    const moveBy = (dx, dy) => {                // px of the screen
      const { right, up } = engine.axesOf(camera), mm = 2 * camera.distance * Math.tan(Math.PI / 12) / Math.max(1, canvas.clientHeight);
      camera.target = add(camera.target, add(scale(right, -dx * mm), scale(up, dy * mm)));
      request();
    };
    const zoomBy = factor => { camera.distance = Math.max(40, Math.min(radius * 12, camera.distance / factor)); request(); };

    for (const [key, azimuth, elevation] of [["front", 0, 0], ["left", Math.PI / 2, 0], ["top", 0, 1.55]]) {
      const one = make("button", { type: "button" }, word("scene3d." + key));
      one.addEventListener("click", () => fly({ azimuth, elevation }));
      buttons.append(one);
    }
    const select = make("select", { id: "s-goto" }, make("option", { value: "" }, word("scene3d.everything")));
    scene.lesions.forEach((lesion, i) => select.append(make("option", { value: String(i) }, plain(lesion.title, 40))));
    select.addEventListener("change", () => goTo(select.value === "" ? null : scene.lesions[Number(select.value)]));
    buttons.append(make("label", { htmlFor: "s-goto" }, word("scene3d.goto")), select);
    function goTo(lesion) { fly(lesion ? { target: lesion.centre, distance: 280 } : { target: middle, distance: radius * 2.9 }); }
    handle.goTo = id => goTo(OligoPlan.lesion(id));

    let pageScrolled = 0, pinch = null;
    const pointers = new Map();
    window.addEventListener("scroll", () => { pageScrolled = performance.now(); }, { passive: true, capture: true });
    canvas.addEventListener("contextmenu", event => event.preventDefault());
    canvas.addEventListener("pointerdown", event => {
      canvas.focus({ preventScroll: true });
      canvas.setPointerCapture(event.pointerId);
      cancelAnimationFrame(flight);
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, move: event.button === 2 || event.shiftKey });
      pinch = null;
    });
    canvas.addEventListener("pointermove", event => {
      const pointer = pointers.get(event.pointerId);
      if (!pointer) return;
      const dx = event.clientX - pointer.x, dy = event.clientY - pointer.y;
      pointer.x = event.clientX; pointer.y = event.clientY;
      if (pointers.size > 1) {
        const [a, b] = [...pointers.values()], apart = Math.hypot(a.x - b.x, a.y - b.y);
        if (pinch) zoomBy(apart / pinch);
        pinch = apart;
        moveBy(dx / 2, dy / 2);
      } else if (pointer.move) moveBy(dx, dy);
      else turnBy(dx * 0.008, dy * 0.008);
    });
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, event => pointers.delete(event.pointerId));
    canvas.addEventListener("wheel", event => {
      if (!event.ctrlKey && document.activeElement !== canvas && performance.now() - pageScrolled < 400) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.004 : 0.0015)));
    }, { passive: false });
    canvas.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (arrow && event.shiftKey) moveBy(30 * arrow[0], 30 * arrow[1]);
      else if (arrow) turnBy(0.1 * arrow[0], 0.1 * arrow[1]);
      else if (event.key === "+" || event.key === "=") zoomBy(1.2);
      else if (event.key === "-") zoomBy(1 / 1.2);
      else if (event.key === "0") goTo(null);
      else return;
      event.preventDefault();
    });
    canvas.addEventListener("webglcontextlost", event => {
      event.preventDefault();                   // asks the browser to give the context back
      lost = true;
      status.textContent = word("scene3d.lost");
    });
    canvas.addEventListener("webglcontextrestored", () => {
      lost = !engine.compile();
      for (const item of items) if (item.mesh) engine.upload(item.mesh);
      status.textContent = word("scene3d.ready", { n: items.filter(item => item.mesh).length });
      request();
    });

    // ── List of bodies ──
    const slider = make("input", { type: "range", id: "s-opacity" });
    slider.min = 0; slider.max = 100; slider.step = 5; slider.value = 40;
    slider.addEventListener("input", () => { opacity(); request(); });
    function opacity() {
      // At 40 each kind has its own usual glassiness; at 100 everything is solid, at 0 gone.
      const t = slider.value / 40;
      for (const item of items) {
        if (item.glass) item.alpha = t <= 1 ? item.glass * t : item.glass + (1 - item.glass) * (slider.value - 40) / 60;
      }
    }
    panel.append(make("div", { class: "s-opacity" }, make("label", { htmlFor: "s-opacity" }, word("scene3d.opacity")), slider));
    for (const group of GROUPS) {
      const members = items.filter(item => item.group === group);
      if (!members.length) continue;
      const title = word("scene3d.group." + group);
      const details = make("details", { class: "s-group", open: members.length <= 12 && group !== "structure" }, make("summary", {}, title));
      const boxes = [];
      const row = (id, text, item) => {
        const box = make("input", { type: "checkbox", id, checked: true }), line = make("div", { class: "s-item" }, box);
        if (item) { item.dot = make("span", { class: "s-dot" }); item.dot.setAttribute("aria-hidden", "true"); line.append(item.dot); }
        line.append(make("label", { htmlFor: id }, text));
        details.append(line);
        return box;
      };
      const every = row(`s-${group}-all`, word("scene3d.all", { name: title }), null);
      members.forEach((item, i) => {
        const box = row(`s-${group}-${i}`, item.label, item);
        box.addEventListener("change", () => {
          item.visible = box.checked;
          every.checked = members.every(member => member.visible);
          every.indeterminate = !every.checked && members.some(member => member.visible);
          request();
        });
        boxes.push(box);
      });
      every.addEventListener("change", () => {
        members.forEach((item, i) => { item.visible = boxes[i].checked = every.checked; });
        request();
      });
      panel.append(details);
    }

    // ── Meshes, a slice of work at a time so that the page stays alive ──
    let next = 0, drawn = 0;
    function work() {
      const started = performance.now();
      while (next < items.length && performance.now() - started < 30) {
        const item = items[next++];
        item.mesh = item.build();
        if (item.mesh && !lost) engine.upload(item.mesh);
      }
      if (performance.now() - drawn > 300) { drawn = performance.now(); request(); }
      if (next < items.length) {
        status.textContent = word("scene3d.working", { n: next, all: items.length });
        setTimeout(work, 0);
      } else {
        handle.ready = true;
        status.textContent = live.textContent = word("scene3d.ready", { n: items.filter(item => item.mesh).length });
        handle.vertices = items.reduce((n, item) => n + (item.mesh ? item.mesh.vertices : 0), 0);
        request();
      }
    }
    measure(); opacity(); paint();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    if (typeof ResizeObserver === "function") new ResizeObserver(request).observe(canvas);
    canvas.focus({ preventScroll: true });
    setTimeout(work, 0);
  }

  const start = () => {
    for (const place of document.querySelectorAll("[data-scene3d]")) {
      const button = place.querySelector(".open3d");
      if (button) button.addEventListener("click", () => open(place, button), { once: true });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
