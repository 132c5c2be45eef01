// SPDX-License-Identifier: Apache-2.0
// When a viewer's planes are drawn, and at which size.
(() => {
  "use strict";
  const { AXES } = OligoPlan.sections;

  function framesOf(viewer) {
    const { page, lesion, views, position } = viewer;
    let pending = 0, foremost = null;

    // The plane that moved is drawn at once. In the other two only the crosshair moves: they follow in the same frame if
    // time is left, else in the next, so that a frame stays short however many bodies there are.
    function request(first) {
      for (const view of views) view.stale = true;
      if (first) foremost = first;
      if (!pending) pending = requestAnimationFrame(frame);
    }
    function frame() {
      const started = performance.now();
      pending = 0;
      const order = views.filter(view => view.stale);
      order.sort((p, q) => (p === foremost ? -1 : q === foremost ? 1 : (p.drawn || 0) - (q.drawn || 0)));
      for (const view of order) {
        if (performance.now() - started > 3) { pending = requestAnimationFrame(frame); break; }
        drawView(view);
      }
      viewer.handle.milliseconds = performance.now() - started;
      viewer.handle.frames++;
    }
    function size(view, ratio) {
      const canvas = view.canvas;
      if (!page.printing) {
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
      const wished = page.printing ? Math.max(2, window.devicePixelRatio || 1) : Math.min(3, window.devicePixelRatio || 1);
      const most = page.printing ? Math.sqrt(64e6 / (3 * Math.max(1, page.viewers.size))) / Math.max(view.w, 200) : Infinity;
      const ratio = Math.max(1, Math.min(wished, most));
      size(view, ratio);
      view.scale = Math.min(view.w, view.h) / view.span;
      view.seen = OligoPlan.drawing.draw(view.canvas.getContext("2d"), {
        plane: view.plane, at: position[view.n], w: view.w, h: view.h, ratio, centre: view.centre, scale: view.scale,
        // What is drawn over a CT is drawn as over a dark ground, whatever the page's is.
        palette: viewer.window ? OligoPlan.look.PALETTE.dark : OligoPlan.look.palette(page.printing), window: viewer.window, lesion, therapy: viewer.therapy, show: viewer.show,
        cross: [position[h], position[v]], bodies: viewer.bodies,
      });
      view.stale = false;
      view.drawn = performance.now();
    }
    function drawAll() {
      cancelAnimationFrame(pending);
      pending = 0;
      for (const view of views) drawView(view);
    }

    if (typeof ResizeObserver === "function") {
      const observer = new ResizeObserver(() => { if (!page.printing) request(); });
      for (const view of views) observer.observe(view.figure);
    }
    return { request, drawAll };
  }

  OligoPlan.frames = { of: framesOf };
})();
