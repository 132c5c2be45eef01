// SPDX-License-Identifier: Apache-2.0
// The list beside the 3-D view: which bodies are shown, and how much of the organs.
(() => {
  "use strict";
  const { make, word } = OligoPlan;
  const GROUPS = ["lesion", "therapy", "ptv", "specimen", "structure"];

  /// `request` asks for a frame.
  function listOf(items, request) {
    const panel = make("div", { class: "s-panel" }, make("h4", {}, word("scene3d.bodies")));
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
    opacity();
    return panel;
  }

  OligoPlan.list3d = { of: listOf };
})();
