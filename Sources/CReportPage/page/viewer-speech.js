// SPDX-License-Identifier: Apache-2.0
// What a screen reader hears of a viewer's planes: once the hand rests.
(() => {
  "use strict";
  const { make, word, plain, mm } = OligoPlan;

  function speechOf(viewer) {
    const { lesion, views, position } = viewer;
    let talk = 0;
    const live = make("p", { class: "v-live v-hidden" });
    live.setAttribute("aria-live", "polite");
    live.setAttribute("role", "status");

    function describe(view) {
      const nearest = lesion.distances[0];
      return [word(`viewer.caption.${view.plane}`, { mm: mm(position[view.n]) }),
        word(view.seen && view.seen.lesion ? "viewer.aria.lesion" : "viewer.aria.noLesion", { name: plain(lesion.title, 40) }),
        view.seen && view.seen.zone ? word("viewer.aria.zone") : "",
        nearest ? word("viewer.aria.nearest", { name: plain(nearest.structure, 60), mm: mm(nearest.mm) }) : "",
      ].filter(Boolean).join(" ");
    }
    function labels() { for (const view of views) view.canvas.setAttribute("aria-label", describe(view)); }
    function speak() {
      clearTimeout(talk);
      talk = setTimeout(() => {
        labels();
        const active = views.find(view => document.activeElement === view.canvas || document.activeElement === view.slider);
        if (active) live.textContent = describe(active);
      }, 350);
    }
    return { live, labels, speak };
  }

  OligoPlan.speech = { of: speechOf };
})();
