// SPDX-License-Identifier: Apache-2.0
// The 3-D view: built only after the click, for most readers never need it and it costs a second or two.
(() => {
  "use strict";
  const { make, word, plain } = OligoPlan;
  const { add, scale } = OligoPlan.vector;
  // Solid surfaces want lighter colours than thin lines do; the 3-D view has its own for what fills much of the picture.
  const TINT = { skin: "#c4a998", lung: "#9fb6ca", bone: "#cdc1a2", needle: "#3a3f47" };
  const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255);
  const handle = OligoPlan.scene3d = { ready: false, frames: 0, items: [] };

  /// The middle of all bodies and the radius around it.
  function extentOf(scene) {
    let low = [Infinity, Infinity, Infinity], high = [-Infinity, -Infinity, -Infinity];
    for (const raw of scene.bodies) {
      const body = OligoPlan.body(raw.id);
      if (!body || !body.count) continue;
      for (let i = 0; i < 3; i++) { low[i] = Math.min(low[i], body.low[i]); high[i] = Math.max(high[i], body.high[i]); }
    }
    if (!(high[0] > low[0])) { low = [-100, -100, -100]; high = [100, 100, 100]; }
    return { middle: scale(add(low, high), 0.5), radius: Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]) / 2 };
  }

  function open(place, button) {
    const scene = OligoPlan.scene();
    let lost = false, pending = 0, colours = null;
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
    const items = handle.items = OligoPlan.items3d.of(scene);
    const frame = make("div", { class: "s-frame" }, make("div", {}, buttons, make("div", { class: "s-stage" }, canvas, letters), status,
      make("p", { class: "v-keys" }, word("scene3d.keys"))), OligoPlan.list3d.of(items, request));
    place.append(frame, live);

    const extent = extentOf(scene);
    const { camera, fly, goTo } = OligoPlan.camera3d.on(canvas, engine, extent, request);
    handle.camera = camera;
    handle.goTo = id => goTo(OligoPlan.lesion(id));

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
    function request() { if (!pending && !lost) pending = requestAnimationFrame(() => { pending = 0; render(); }); }
    function render() {
      if (lost) return;
      const rect = canvas.getBoundingClientRect(), ratio = Math.min(2, window.devicePixelRatio || 1);
      if (!rect.width || !rect.height) return;
      const w = Math.round(rect.width * ratio), h = Math.round(rect.height * ratio);
      if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
      const started = performance.now();
      engine.draw(items, camera, rgb(colours.ground), extent.radius);
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

    // ── Ways to look ──
    for (const [key, azimuth, elevation] of [["front", 0, 0], ["left", Math.PI / 2, 0], ["top", 0, 1.55]]) {
      const one = make("button", { type: "button" }, word("scene3d." + key));
      one.addEventListener("click", () => fly({ azimuth, elevation }));
      buttons.append(one);
    }
    const select = make("select", { id: "s-goto" }, make("option", { value: "" }, word("scene3d.everything")));
    scene.lesions.forEach((lesion, i) => select.append(make("option", { value: String(i) }, plain(lesion.title, 40))));
    select.addEventListener("change", () => goTo(select.value === "" ? null : scene.lesions[Number(select.value)]));
    buttons.append(make("label", { htmlFor: "s-goto" }, word("scene3d.goto")), select);

    // ── A context that is lost, and comes back ──
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
    paint();
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
