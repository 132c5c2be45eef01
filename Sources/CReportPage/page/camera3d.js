// SPDX-License-Identifier: Apache-2.0
// The camera of the 3-D view: where it stands, its flights, and the hands that turn, move and zoom it.
(() => {
  "use strict";
  const { add, scale } = OligoPlan.vector;

  /// `extent` = { middle, radius } of everything that is shown; `request` asks for a frame.
  function cameraOn(canvas, engine, { middle, radius }, request) {
    const camera = { target: [...middle], distance: radius * 2.9, azimuth: 0.45, elevation: 0.15 };
    let flight = 0;

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
    function goTo(lesion) { fly(lesion ? { target: lesion.centre, distance: 280 } : { target: middle, distance: radius * 2.9 }); }
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

    return { camera, fly, goTo };
  }

  OligoPlan.camera3d = { on: cameraOn };
})();
