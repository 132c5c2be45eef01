// SPDX-License-Identifier: Apache-2.0
// The worklists' page: tabs, filters, a table of one page of rows. Only the rows that are seen are in the document.
(() => {
  "use strict";
  const { word } = OligoPlan;
  const { element, matching, sorted, values, page } = OligoPlan.worklist;
  const data = JSON.parse(document.getElementById("worklists").textContent);
  const main = document.getElementById("list");
  const panel = document.getElementById("panel");
  const SIGNS = { good: "✓", caution: "!", question: "?", bad: "✗" };
  let opener = null;

  // ── A patient ───────────────────────────────────────────────────────────
  function open(key, id, button) {
    opener = button;
    document.getElementById("panel-title").textContent = id;
    const body = panel.querySelector(".panel-body");
    body.replaceChildren(...page(data.lists, data.links, key, id));
    panel.showModal();
    body.scrollTop = 0;
  }
  panel.querySelector(".close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
  panel.addEventListener("close", () => { if (opener) opener.focus(); opener = null; });

  // ── A list ──────────────────────────────────────────────────────────────
  /// Everything that a list shows, and what the user asked of it: kept while other lists are looked at.
  function view(list) {
    const state = { asked: {}, column: "rank", isUp: true, isFigure: false, start: 0, most: 100, places: [] };
    const fields = {};
    const body = element("tbody");
    const status = element("p", { role: "status" });
    const [previous, next] = ["previous", "next"].map((key) => element("button", { type: "button" }, word(`worklist.${key}`)));
    const heads = [];

    function select(key, entries, name) {
      const options = entries.map(([value, count]) => element("option", { value }, `${name ? name(value) : value} (${count})`));
      const field = element("select", {}, element("option", { value: "" }, word("worklist.any")), ...options);
      fields[key] = field;
      field.addEventListener("change", () => ask(key, field.value));
      return element("label", {}, word(`worklist.${key}`), field);
    }

    function ask(key, value) {
      state.asked[key] = value;
      state.start = 0;
      find();
    }

    function find() {
      const found = matching(list.rows, state.asked);
      state.places = sorted(list.rows, found, state.column, state.isUp, state.isFigure);
      draw();
    }

    function cell(row, text, place) {
      if (place > 0) return element("td", {}, text);
      return element("td", { class: `tone tone-${row.t}` }, `${SIGNS[row.t] || ""} ${text}`);
    }

    function line(place) {
      const row = list.rows[place];
      const others = row.o.filter((service) => service !== list.service).map((service) => word(`service.${service}`));
      const button = element("button", { type: "button", class: "open" }, row.r.length ? `${row.p} *` : row.p);
      button.addEventListener("click", () => open(row.k, row.p, button));
      return element("tr", {},
        element("td", { class: "rank" }, String(place + 1)),
        element("th", { scope: "row" }, button),
        ...row.c.map((text, column) => cell(row, text, column)),
        element("td", {}, others.join(", ") || "–"),
        element("td", { class: "behind" }, row.b || "–"));
    }

    function draw() {
      const end = Math.min(state.places.length, state.start + state.most);
      body.replaceChildren(...state.places.slice(state.start, end).map(line));
      status.textContent = state.places.length
        ? word("worklist.shown", { from: state.start + 1, to: end, n: state.places.length }) : word("worklist.none");
      previous.disabled = state.start === 0;
      next.disabled = end >= state.places.length;
      for (const head of heads) {
        const isOwn = head.column === state.column;
        head.cell.setAttribute("aria-sort", isOwn ? (state.isUp ? "ascending" : "descending") : "none");
      }
    }

    function head(title, column, isFigure) {
      const button = element("button", { type: "button", class: "sort" }, title);
      const made = element("th", { scope: "col", "aria-sort": "none" }, button);
      button.addEventListener("click", () => {
        state.isUp = state.column === column ? !state.isUp : true;
        Object.assign(state, { column, isFigure, start: 0 });
        find();
      });
      heads.push({ cell: made, column });
      return made;
    }

    function turn(by) {
      state.start = Math.max(0, state.start + by * state.most);
      draw();
      // A button that can no longer be pressed gives the focus away.
      if (previous.disabled && document.activeElement === document.body) next.focus();
      if (next.disabled && document.activeElement === document.body) previous.focus();
    }
    previous.addEventListener("click", () => turn(-1));
    next.addEventListener("click", () => turn(1));

    const search = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    fields.search = search;
    search.addEventListener("input", () => ask("search", search.value));
    const reset = element("button", { type: "button" }, word("worklist.reset"));
    reset.addEventListener("click", () => {
      for (const field of Object.values(fields)) field.value = "";
      Object.assign(state, { asked: {}, start: 0 });
      find();
    });
    const most = element("select", {}, ...[100, 500].map((count) => element("option", { value: count }, String(count))));
    most.addEventListener("change", () => { state.most = Number(most.value); state.start = 0; draw(); });

    const questions = list.questions.map((question) => {
      const text = word("worklist.question",
        { label: question.label, n: question.patients, all: list.patients, lesions: question.lesions });
      const button = element("button", { type: "button" }, text);
      button.addEventListener("click", () => {
        fields.missing.value = question.label;
        ask("missing", question.label);
      });
      return element("li", {},
        element("meter", { min: 0, max: list.patients, value: question.patients, "aria-label": text }), button);
    });
    const counts = values(list.rows, "v").map(([verdict, count]) => `${verdict} ${count}`).join(", ");
    const caption = word(`service.${list.service}`);
    const root = element("section", { class: "worklist", role: "tabpanel", id: `panel-${list.service}`, "aria-labelledby": `tab-${list.service}` },
      element("div", { class: "worklist-head" },
        element("div", {},
          element("p", {}, `${word("worklist.ofPatients", { n: list.patients, all: list.triaged })}: ${counts}`),
          element("p", { class: "legend" }, word("worklist.orderedBy", { steps: list.steps.join(", ") })),
          list.rows.length < list.patients
            ? element("p", {}, word("worklist.partly", { n: list.rows.length, all: list.patients })) : null),
        questions.length ? element("div", {}, element("h2", {}, word("worklist.obtain")), element("ul", { class: "questions" }, ...questions)) : null),
      element("div", { class: "filters", role: "group", "aria-label": word("worklist.filters") },
        element("label", {}, word("worklist.search"), search),
        select("verdict", values(list.rows, "v")), select("advice", values(list.rows, "a")),
        select("leading", values(list.rows, "l")), select("missing", values(list.rows, "m")),
        select("also", values(list.rows, "o").filter(([service]) => service !== list.service), (service) => word(`service.${service}`)),
        reset),
      element("div", { class: "pages" }, previous, next, status, element("label", {}, `${word("worklist.perPage")} `, most)),
      element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption },
        element("table", {},
          element("caption", { class: "vh" }, caption),
          element("thead", {}, element("tr", {},
            head(word("worklist.rank"), "rank"), head(word("worklist.patient"), "patient"),
            ...list.columns.map((column, place) => head(column.title, place, column.isFigure)),
            element("th", { scope: "col" }, word("worklist.alsoOn")),
            element("th", { scope: "col" }, word("worklist.behind")))),
          body)));
    find();
    return root;
  }

  /// Patients without a list: id and why.
  function others(entry) {
    const id = entry.title.split(".").pop();
    const most = 500;
    const rows = entry.rows.slice(0, most).map(([patient, why]) =>
      element("tr", {}, element("th", { scope: "row" }, patient), element("td", {}, why)));
    return element("section", { class: "worklist", role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}` },
      rows.length < entry.patients ? element("p", {}, word("worklist.partly", { n: rows.length, all: entry.patients })) : null,
      element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": word(entry.title) },
        element("table", {},
          element("caption", { class: "vh" }, word(entry.title)),
          element("thead", {}, element("tr", {}, ...["patient", "why"].map((key) => element("th", { scope: "col" }, word(`worklist.${key}`))))),
          element("tbody", {}, ...rows))));
  }

  // ── Tabs ────────────────────────────────────────────────────────────────
  const entries = data.lists.map((list) => ({ id: list.service, title: word(`service.${list.service}`), count: list.patients, make: () => view(list) }))
    .concat(data.others.map((entry) => ({ id: entry.title.split(".").pop(), title: word(entry.title), count: entry.patients, make: () => others(entry) })));
  const made = new Map();
  const place = element("div");
  const tabs = entries.map((entry) => {
    const tab = element("button", { type: "button", role: "tab", id: `tab-${entry.id}`, "aria-controls": `panel-${entry.id}`, "aria-selected": "false", tabindex: "-1" },
      `${entry.title} `, element("small", {}, String(entry.count)));
    tab.addEventListener("click", () => choose(entry.id));
    return tab;
  });

  function choose(id, takesFocus) {
    const entry = entries.find((one) => one.id === id) || entries[0];
    if (!made.has(entry.id)) made.set(entry.id, entry.make());
    place.replaceChildren(made.get(entry.id));
    entries.forEach((one, index) => {
      const isChosen = one === entry;
      tabs[index].setAttribute("aria-selected", String(isChosen));
      tabs[index].tabIndex = isChosen ? 0 : -1;
      if (isChosen) tabs[index].setAttribute("aria-controls", `panel-${one.id}`); else tabs[index].removeAttribute("aria-controls");
      if (isChosen && takesFocus) tabs[index].focus();
    });
    history.replaceState(null, "", `#${entry.id}`);
  }

  const bar = element("div", { class: "tabs", role: "tablist", "aria-label": word("worklist.lists") }, ...tabs);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const now = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step ? (now + step + tabs.length) % tabs.length : -1;
    if (next < 0) return;
    event.preventDefault();
    choose(entries[next].id, true);
  });
  main.replaceChildren(bar, place);
  if (entries.length) choose(decodeURIComponent(location.hash.slice(1)));
})();
