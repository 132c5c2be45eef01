// SPDX-License-Identifier: Apache-2.0
// What the page itself does: a cell opens its reasons, a citation its source, a column sorts, an intervention page prints
// alone. Everything is there without it, further down the page.
(() => {
  "use strict";
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const body = panel.querySelector(".panel-body");
  const link = panel.querySelector(".panel-link");
  let opener = null;

  // Copies nodes, not text: what is shown was written into the page with its names made harmless.
  function show(heading, nodes, target) {
    title.textContent = heading;
    body.replaceChildren(...nodes);
    link.parentElement.hidden = !target;
    if (target) link.setAttribute("href", `#${target}`);
    if (!panel.open) panel.showModal();
    body.scrollTop = 0;
  }

  function copies(element) {
    const copy = element.cloneNode(true);
    for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
    copy.removeAttribute("id");
    return copy;
  }

  function openCell(button) {
    const source = document.getElementById(button.dataset.panel);
    if (!source) return;
    opener = button;
    const lesion = button.dataset.lesion;
    const heading = source.querySelector("h4").textContent.trim();
    show(`${lesion}: ${heading}`, [copies(source.querySelector(".body"))], button.dataset.panel);
  }

  function openSource(anchor) {
    const entry = document.getElementById(anchor.getAttribute("href").slice(1));
    if (!entry) return false;
    if (!panel.open) opener = anchor;
    const copy = document.createElement("div");
    copy.append(...copies(entry).childNodes);
    show(OligoPlan.word("source", { key: anchor.textContent }), [copy], entry.id);
    return true;
  }

  // A place within closed parts is shown by opening them.
  function reveal(id) {
    const target = document.getElementById(id);
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    return target;
  }

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("button.cell");
    if (cell) return openCell(cell);
    const cite = event.target.closest("a.cite");
    if (cite && !event.ctrlKey && !event.metaKey && openSource(cite)) return event.preventDefault();
    const sort = event.target.closest("button.sort");
    if (sort) return sortBy(sort.closest("th"));
    const print = event.target.closest("button.print-one");
    if (print) return printOne(print.dataset.print);
    const inner = event.target.closest("a[href^='#']");
    if (inner) {
      if (panel.contains(inner)) {
        opener = null;
        panel.close();
      }
      const target = reveal(inner.getAttribute("href").slice(1));
      if (target) setTimeout(() => target.scrollIntoView(), 0);
    }
    return undefined;
  });

  panel.querySelector(".close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });
  panel.addEventListener("close", () => {
    if (opener) opener.focus();
    opener = null;
  });

  function sortBy(head) {
    const table = head.closest("table");
    const column = [...head.parentElement.children].indexOf(head);
    const isUp = head.getAttribute("aria-sort") !== "ascending";
    for (const other of head.parentElement.children) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const key = (row) => {
      const text = row.children[column].dataset.sort;
      return text === "" || text === undefined ? Number.POSITIVE_INFINITY : Number(text);
    };
    const rows = [...table.tBodies[0].rows];
    const places = new Map(rows.map((row, place) => [row, place]));
    rows.sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      // What is unknown stays last either way.
      if (x === y) return places.get(a) - places.get(b);
      if (!Number.isFinite(x)) return 1;
      if (!Number.isFinite(y)) return -1;
      return isUp ? x - y : y - x;
    });
    table.tBodies[0].append(...rows);
  }

  function printOne(id) {
    const part = reveal(id);
    const lesion = part.closest("details.lesion");
    part.classList.add("print-target");
    lesion.classList.add("has-target");
    document.documentElement.classList.add("printing-one");
    const done = () => {
      document.documentElement.classList.remove("printing-one");
      part.classList.remove("print-target");
      lesion.classList.remove("has-target");
      removeEventListener("afterprint", done);
    };
    addEventListener("afterprint", done);
    print();
  }

  // Parts further down are laid out when they come near, and what takes the focus on the way may end outside the window:
  // it is brought back while the layout settles, unless somebody scrolls.
  let settling = 0;
  function keepInSight() {
    const focused = document.activeElement;
    if (settling-- <= 0 || !focused || focused === document.body || panel.contains(focused)) return;
    const box = focused.getBoundingClientRect();
    if (box.height > 0 && (box.bottom <= 0 || box.top >= innerHeight)) focused.scrollIntoView({ block: "nearest" });
    requestAnimationFrame(keepInSight);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const isRunning = settling > 0;
    settling = 30;
    if (!isRunning) requestAnimationFrame(keepInSight);
  });
  for (const kind of ["wheel", "pointerdown"]) addEventListener(kind, () => { settling = 0; }, { passive: true });

  if (location.hash.length > 1) reveal(location.hash.slice(1));
  addEventListener("hashchange", () => {
    const target = reveal(location.hash.slice(1));
    if (target) target.scrollIntoView();
  });
})();
