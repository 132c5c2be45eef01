// SPDX-License-Identifier: Apache-2.0
// The page of a patient: what each list says, lesion by lesion. Text is put in as text, never as markup.
(() => {
  "use strict";
  const { word } = OligoPlan;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "class") made.className = value;
      else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  function table(heads, rows, name) {
    const body = rows.map((cells) => element("tr", {}, ...cells.map((cell, place) =>
      element(place === 0 ? "th" : "td", place === 0 ? { scope: "row" } : {}, cell))));
    return element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": name },
      element("table", {},
        element("caption", { class: "vh" }, name),
        element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
        element("tbody", {}, ...body)));
  }

  /// What one list says of a patient.
  function part(list, row, rank) {
    const title = `${word(`service.${list.service}`)}: ${row.v}${row.l ? `: ${row.l}` : ""}`;
    const nodes = [
      element("h3", {}, title),
      element("p", { class: "legend" }, word("worklist.rankOf", { rank, n: list.patients })),
    ];
    const hasTechnique = row.y.some((lesion) => lesion[6]);
    const heads = ["lesion", "site", "size", "therapy", "verdict", "hangsOn"].map((key) => word(`worklist.${key}`))
      .concat(hasTechnique ? [word("worklist.technique")] : [], [word("worklist.first"), word("worklist.alike")]);
    nodes.push(table(heads, row.y.map((lesion) => lesion.slice(0, 6)
      .concat(hasTechnique ? [lesion[6] || "?"] : [], [lesion[7] ? "✓" : "–", lesion[8] || "–"])), title));
    if (row.n.length) {
      nodes.push(element("p", {}, `${word("worklist.notHere")}: `
        + row.n.map((lesion) => `${lesion[0]}${lesion[1] ? ` (${lesion[1]})` : ""}: ${lesion[2]}`).join("; ")));
    }
    if (row.m.length) nodes.push(element("p", {}, `${word("worklist.missing")}: ${row.m.join(", ")}`));
    const granted = list.granted[row.g];
    if (granted) nodes.push(element("p", {}, `${word("worklist.granted")}: ${granted}`));
    nodes.push(element("p", { class: "legend" }, `${word("worklist.placedBy")}: ${row.w.filter(Boolean).join("; ")}`));
    return nodes;
  }

  /// The parts of a patient's page, from all lists that the patient is on.
  function page(lists, links, key, id) {
    const nodes = [];
    if (Object.prototype.hasOwnProperty.call(links, id)) {
      nodes.push(element("p", {}, element("a", { href: links[id] }, word("worklist.openReport"))));
    }
    let warnings = [];
    for (const list of lists) {
      list.rows.forEach((row, place) => {
        if (row.k !== key) return;
        nodes.push(...part(list, row, place + 1));
        warnings = row.r;
      });
    }
    if (warnings.length) {
      nodes.push(element("h3", {}, word("worklist.warnings")),
        element("ul", {}, ...warnings.map((warning) => element("li", {}, warning))));
    }
    return nodes;
  }

  Object.assign(OligoPlan.worklist, { element, page });
})();
