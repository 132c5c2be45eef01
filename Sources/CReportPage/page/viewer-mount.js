// SPDX-License-Identifier: Apache-2.0
// When the page's viewers are built and drawn anew: once they come into sight, when the theme changes, before and after printing.
(() => {
  "use strict";
  const viewers = new Map(), page = { viewers, printing: false };

  function mount(root) {
    const id = root.dataset.lesion;
    if (viewers.has(id)) return viewers.get(id);
    const lesion = OligoPlan.lesion(id);
    return lesion ? OligoPlan.viewer.build(root, lesion, page) : null;
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

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => OligoPlan.views.redraw());
  new MutationObserver(() => OligoPlan.views.redraw())
    .observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme", "style"] });

  window.addEventListener("beforeprint", () => {
    page.printing = true;
    for (const place of places()) if (isOpen(place)) mount(place);
    all(viewer => { viewer.colours(); viewer.draw(); });
  });
  window.addEventListener("afterprint", () => {
    page.printing = false;
    all(viewer => { viewer.colours(); viewer.request(); });
  });
})();
