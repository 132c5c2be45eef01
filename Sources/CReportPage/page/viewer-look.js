// SPDX-License-Identifier: Apache-2.0
// What things look like: palettes for a light and a dark ground, families of structures, swatches of the legend.
(() => {
  "use strict";
  const { make } = OligoPlan;

  // ── Colours ─────────────────────────────────────────────────────────────
  // Hues of the Okabe–Ito set. On white several of them fall below 3 : 1, so each ground has its own depth of the
  // same hue; the kinds also differ by line (solid, dashed, dotted, dash-dot), never by colour alone.
  const PALETTE = {
    light: {
      ground: "#ffffff", text: "#1c1f24", faint: "#6b7280", cross: "#858b94", skin: "#5f6670", bone: "#7d7d7d",
      artery: "#b0413a", vein: "#3f6fb0", airway: "#2a8585", lung: "#6f7f8f", organ: "#8a6237", nerve: "#8a7300",
      other: "#777777", lesion: "#cc4b00", zone: "#00805c", ice: "#0072b2", ptv: "#a3457f", specimen: "#9a6500",
      needle: "#111418", distance: "#4d4d4d",
    },
    dark: {
      ground: "#0d1014", text: "#eef1f5", faint: "#98a1ad", cross: "#737b86", skin: "#a3abb5", bone: "#9a9a9a",
      artery: "#d9796f", vein: "#7fa6dc", airway: "#5fb8b4", lung: "#8493a3", organ: "#c09a6a", nerve: "#cfc056",
      other: "#9a9a9a", lesion: "#ff7a33", zone: "#1fc08c", ice: "#56b4e9", ptv: "#dd8fbc", specimen: "#e69f00",
      needle: "#f0e442", distance: "#d0d0d0",
    },
  };

  // Roles come as words of the planner; unknown ones are drawn as "other".
  const FAMILIES = [
    ["bone", /bone|rib|vertebra|spine|stern|costal|scapula|clavic|pelvi|femur|humer/i],
    ["skin", /skin|external|body|surface/i],
    ["artery", /heart|aort|arter|cardi/i],
    ["vein", /vein|vena|cava|portal|vessel|hepaticv/i],
    ["airway", /airway|trachea|bronch|carina/i],
    ["lung", /lung|lobe|pleura|fissure/i],
    ["nerve", /nerve|cord|plexus|canal/i],
    ["organ", /liver|hepat|bowel|colon|duoden|stomach|oesoph|esoph|kidney|gall|bile|pancrea|spleen|diaphragm|muscle|wall/i],
  ];
  function family(body) {
    if (!body.family) {
      const found = FAMILIES.find(([, test]) => test.test(body.role)) || FAMILIES.find(([, test]) => test.test(body.name));
      body.family = found ? found[0] : "other";
    }
    return body.family;
  }

  // ── Colours: the sheet's --paper decides which palette, so any way of switching the theme works ──
  function isDark() {
    const probe = make("span", {});
    probe.style.color = "var(--paper, #ffffff)";
    document.body.append(probe);
    const rgb = (getComputedStyle(probe).color.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
    probe.remove();
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2] < 110;
  }
  let dark = null;
  function palette(printing) {
    if (dark === null) dark = isDark();
    const { light, dark: night } = PALETTE;
    // A CT underneath is grey on black; the bright hues read best on it.
    return typeof OligoPlan.underlay === "function" ? night : printing || !dark ? light : night;
  }

  // ── Swatches: the same line and fill as in the picture ──
  const SWATCH = {
    structures: { colour: "skin" }, lesion: { colour: "lesion", fill: 0.45, box: true }, zone: { colour: "zone", width: 2.8 },
    ice: { colour: "ice", dash: "5 3" }, needle: { colour: "needle", width: 2 }, isodoses: { colour: "ptv" },
    band: { colour: "ptv", dash: "1.2 2.6", width: 1.2 }, specimen: { colour: "specimen", dash: "7 2 2 2", fill: 0.15, box: true },
    distances: { colour: "distance", dash: "2 2" }, projected: { colour: "needle", dash: "5 4", width: 1.2 },
    derived: { colour: "skin", dash: "1.5 2.5" }, bone: { colour: "bone", fill: 0.16, box: true },
  };
  function swatch(kind) {
    const style = SWATCH[kind], svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 14");
    svg.setAttribute("class", "v-swatch");
    svg.setAttribute("aria-hidden", "true");
    svg.style.color = `var(--v-${style.colour})`;
    const shape = document.createElementNS("http://www.w3.org/2000/svg", style.box ? "rect" : "path");
    const set = attributes => { for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value); };
    set({ stroke: "currentColor", "stroke-width": style.width || 1.6, fill: style.fill ? "currentColor" : "none" });
    if (style.fill) set({ "fill-opacity": style.fill });
    if (style.dash) set({ "stroke-dasharray": style.dash });
    set(style.box ? { x: 2, y: 2, width: 20, height: 10, rx: 2 } : { d: "M1 7H23" });
    svg.append(shape);
    return svg;
  }

  OligoPlan.look = { PALETTE, family, palette, swatch, SWATCH, forget: () => { dark = null; } };
})();
