// SPDX-License-Identifier: Apache-2.0
// The hands on a plane: pointer, wheel and keys, and what they ask of its viewer.
(() => {
  "use strict";
  const { AXES } = OligoPlan.sections;
  let lastScroll = 0;
  window.addEventListener("scroll", () => { lastScroll = performance.now(); }, { passive: true, capture: true });

  function toMM(view, event) {
    const rect = view.canvas.getBoundingClientRect(), flip = view.plane === "axial" ? 1 : -1;
    return [view.centre[0] + (event.clientX - rect.left - view.w / 2) / view.scale,
      view.centre[1] + flip * (event.clientY - rect.top - view.h / 2) / view.scale];
  }

  function snap(view, value) {
    const steps = Math.round((value - view.first) / view.step);
    return Math.min(view.last, Math.max(view.first, view.first + steps * view.step));
  }

  function zoom(viewer, view, factor, about) {
    const span = Math.min(600, Math.max(15, view.span / factor)), real = view.span / span;
    const point = about || view.centre;
    view.centre = view.centre.map((c, i) => point[i] + (c - point[i]) / real);
    view.span = span;
    view.touched = true;
    viewer.request(view);
  }

  function listen(viewer, view) {
    const { views, position, home } = viewer, canvas = view.canvas, pointers = new Map();
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
        if (pinch > 0) zoom(viewer, view, apart / pinch, toMM(view, { clientX: (a[0] + b[0]) / 2, clientY: (a[1] + b[1]) / 2 }));
        pinch = apart;
        return;
      }
      if (!dragged && Math.hypot(event.clientX - start[0], event.clientY - start[1]) < 4) return;
      dragged = true;
      const flip = view.plane === "axial" ? 1 : -1;
      view.centre = [view.centre[0] - (event.clientX - before[0]) / view.scale,
        view.centre[1] - flip * (event.clientY - before[1]) / view.scale];
      view.touched = true;
      viewer.request(view);
    });
    const end = event => {
      if (!pointers.delete(event.pointerId) || event.type !== "pointerup" || dragged || pointers.size) return;
      const [h, v] = toMM(view, event), axes = AXES[view.plane];
      for (const other of views) {
        if (other === view) continue;
        position[other.n] = snap(other, other.n === axes.h ? h : v);
      }
      viewer.moved();
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("dblclick", event => event.preventDefault());
    canvas.addEventListener("wheel", event => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoom(viewer, view, Math.exp(-event.deltaY * 0.004), toMM(view, event));
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
      viewer.set(view, next);
    }, { passive: false });
    canvas.addEventListener("keydown", event => {
      const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in steps) viewer.set(view, position[view.n] + steps[event.key] * view.step);
      else if (event.key === "+" || event.key === "=") zoom(viewer, view, 1.25);
      else if (event.key === "-") zoom(viewer, view, 0.8);
      else if (event.key === "0") { view.touched = false; viewer.fit(false); viewer.set(view, home[view.n]); viewer.request(); }
      else return;
      event.preventDefault();
    });
    canvas.addEventListener("focus", () => viewer.speak());
  }

  OligoPlan.hands = { listen };
})();
