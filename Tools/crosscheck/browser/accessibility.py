# SPDX-License-Identifier: Apache-2.0
"""Accessibility checks of an open `devtools.Page`, written out; each returns a list of problems (strings).

    problems = check(page)                      # {check name: [problem, …]}, only failing checks are in it
    violations = run_axe(page, "axe.min.js")    # Deque's engine as a second opinion

Known limits: no shadow DOM or frames; a background picture (not a gradient) under text is not judged; text
over an HTML box that is not its ancestor is judged against its ancestors. SVG text is judged against the last
filled shape drawn under its middle.
"""
import json, pathlib

LIBRARY = r"""const all = (s, r = document) => [...r.querySelectorAll(s)];
const name = e => { if (!e || e === document) return 'document'; let n = e.localName + (e.id ? '#' + e.id : '') + (e.classList.length ? '.' + [...e.classList].join('.') : '');
  const t = (e.getAttribute('aria-label') || e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40); return '<' + n + '>' + (t ? ' "' + t + '"' : ''); };
const shown = e => e.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false}) && !e.closest('[inert]');
const clipped = e => { for (let a = e; a && a !== document.body; a = a.parentElement) { const s = getComputedStyle(a), r = a.getBoundingClientRect();
  if ((s.position === 'absolute' || s.position === 'fixed') && (/inset\((50|100)%/.test(s.clipPath) || /rect\((0px|1px|auto)(,? ?(0px|1px|auto)){3}\)/.test(s.clip) && s.clip !== 'auto'
    || s.overflow !== 'visible' && (r.width <= 1 || r.height <= 1))) return true; } return false; };
const outside = e => { const r = e.getBoundingClientRect(); return r.right + scrollX <= 0 || r.bottom + scrollY <= 0; };
const tabbable = e => e.tabIndex >= 0 && !e.matches(':disabled') && shown(e) && !(e.type === 'hidden') &&
  !(e.type === 'radio' && e.name && !e.checked && all('input[type=radio]').some(o => o.name === e.name && o.form === e.form && (o.checked || (!all('input[type=radio]').some(c => c.checked && c.name === e.name && c.form === e.form) && o !== e && (o.compareDocumentPosition(e) & 4)))));
const NATIVE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,audio[controls],video[controls],[contenteditable=""],[contenteditable=true],iframe';
const ROLES = 'button,link,checkbox,radio,switch,slider,spinbutton,textbox,searchbox,combobox,listbox,tab,menuitem,menuitemcheckbox,menuitemradio,option,treeitem,gridcell'.split(',');
const isNative = e => e.matches(NATIVE) && (e.localName !== 'summary' || e.parentElement?.localName === 'details' && e.parentElement.querySelector('summary') === e);
const controls = () => all('*').filter(e => (isNative(e) || ROLES.slice(0, -2).includes(e.getAttribute('role')) || e.hasAttribute('tabindex') && e.tabIndex >= 0) && !e.matches(':disabled,[aria-disabled=true]') && shown(e));
const stops = () => all('*').filter(e => (isNative(e) || e.hasAttribute('tabindex')) && tabbable(e));
const bad = []; """

CONTRAST = r"""const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true}), seen = new Map();
const colour = s => { if (!seen.has(s)) { const m = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(s); let c;
  if (m) c = [+m[1], +m[2], +m[3], m[4] === undefined ? 1 : +m[4]];
  else { pen.clearRect(0, 0, 1, 1); pen.fillStyle = '#000'; pen.fillStyle = s; pen.fillRect(0, 0, 1, 1); const d = pen.getImageData(0, 0, 1, 1).data; c = [d[0], d[1], d[2], d[3] / 255]; }
  seen.set(s, c); } return seen.get(s); };
const over = (t, b) => [0, 1, 2].map(i => t[i] * t[3] + b[i] * (1 - t[3])).concat(1);
const light = c => { const l = c.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
const fade = (c, o) => [c[0], c[1], c[2], c[3] * o];
const kept = f => { const m = new Map(); return e => { if (!m.has(e)) m.set(e, f(e)); return m.get(e); }; };
const opacity = kept(e => +getComputedStyle(e).opacity * (e.parentElement ? opacity(e.parentElement) : 1));
const canvas = () => over(colour(getComputedStyle(document.documentElement).backgroundColor), matchMedia('(prefers-color-scheme: dark)').matches && /dark/.test(getComputedStyle(document.documentElement).colorScheme) ? [18, 18, 18, 1] : [255, 255, 255, 1]);
const grounds = kept(e => { const layers = []; for (; e; e = e.parentElement) { const s = getComputedStyle(e), o = opacity(e);  // every ground the text may stand on
    if (s.backgroundImage !== 'none') { if (/url\(/.test(s.backgroundImage)) return null;
      layers.push((s.backgroundImage.match(/(rgba?|color|oklch|oklab|lab|lch|hsl)\([^()]*\)/g) || []).map(c => fade(colour(c), o))); }
    layers.push([fade(colour(s.backgroundColor), o)]); if (colour(s.backgroundColor)[3] * o === 1) break; }
  return layers.filter(l => l.length).reverse().reduce((bases, tops) => bases.flatMap(b => tops.map(t => over(t, b))).slice(0, 64), [canvas()]); });
const under = (e, r) => { const svg = e.ownerSVGElement; let c = null; if (!svg) return null; let x = r.x + r.width / 2, y = r.y + r.height / 2;
  for (const g of all('rect,circle,ellipse,path,polygon', svg)) { if (!(g.compareDocumentPosition(e) & 4) || g.closest('defs,clipPath,mask,marker,pattern') || !shown(g)) continue; const s = getComputedStyle(g);
    if (s.fill === 'none' || /url/.test(s.fill)) continue; const m = g.getScreenCTM(); if (m && g.isPointInFill(new DOMPoint(x, y).matrixTransform(m.inverse()))) { const f = fade(colour(s.fill), s.fillOpacity * opacity(g)); c = (c || []).concat([f]); } } return c; };
const judge = (e, text, s, ink, r, bg) => { const size = parseFloat(s.fontSize), need = size >= 24 || size >= 18.66 && +s.fontWeight >= 700 ? 3 : 4.5, o = opacity(e); let g = grounds(e); if (!g) return;
  for (const layer of under(e, r) || []) g = g.map(b => over(layer, b)); if (bg) g = g.map(b => over(fade(colour(bg), o), b));
  const worst = Math.min(...g.map(b => ratio(over(fade(colour(ink), o), b), b)));
  if (worst < need - 0.005) bad.push(`${name(e)}: ${worst.toFixed(2)}:1 < ${need}:1 for "${text.trim().slice(0, 30)}" (${ink} on ${g.map(b => 'rgb(' + b.slice(0, 3).map(Math.round) + ')')[0]})`); };
const skip = e => !shown(e) || clipped(e) || outside(e) || e.closest(':disabled,[aria-disabled=true],script,style,noscript,template,option,svg title,svg desc') || opacity(e) === 0;
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), done = new Set(); let t;
while (t = walk.nextNode()) { const e = t.parentElement; if (!/[^\s\p{P}\p{S}]/u.test(t.data) && !/[✓✗×→←↑↓±≥≤+]/.test(t.data) || done.has(e) || skip(e)) continue; done.add(e);
  const range = document.createRange(); range.selectNodeContents(t); const r = range.getBoundingClientRect(); if (!r.width || !r.height) continue;
  const s = getComputedStyle(e), ink = e.ownerSVGElement && !e.closest('foreignObject') ? (s.fill === 'none' ? s.stroke : s.fill) : s.webkitTextFillColor || s.color; judge(e, t.data, s, ink, r); }
for (const e of all('body *')) { if (skip(e)) continue; const r = e.getBoundingClientRect();
  if (e.matches('input:not([type=checkbox],[type=radio],[type=range],[type=color],[type=hidden],[type=file],[type=image]),select,textarea')) { const s = getComputedStyle(e);
    if (e.value || e.localName === 'select') judge(e, e.value || 'option', s, s.color, r); else if (e.placeholder) judge(e, e.placeholder, s, getComputedStyle(e, '::placeholder').color, r); }
  for (const p of ['::before', '::after']) { const s = getComputedStyle(e, p), m = /^"(.*)"/.exec(s.content); if (m && /[\p{L}\p{N}]/u.test(m[1]) && s.display !== 'none' && s.visibility === 'visible') judge(e, m[1], s, s.color, r, s.backgroundColor); } }
return bad;"""

SCRIPTS = {
    "language": r"""const l = document.documentElement.lang.trim(); if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(l)) bad.push('html has no valid lang: "' + l + '"');
for (const e of all('[lang]')) if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(e.lang)) bad.push(name(e) + ' lang="' + e.lang + '"');
if (!document.title.trim()) bad.push('the document has no title'); return bad;""",
    "one_h1": r"""const h = all('h1,[role=heading][aria-level="1"]').filter(shown); if (h.length !== 1) bad.push(`${h.length} level-1 headings: ${h.map(name).join(', ')}`); return bad;""",
    "heading_order": r"""let last = 0; for (const e of all('h1,h2,h3,h4,h5,h6,[role=heading]').filter(shown)) { const l = +(e.getAttribute('aria-level') || e.localName[1] || 2);
if (l > last + 1) bad.push(`${name(e)} is level ${l} after level ${last}`); if (!e.textContent.trim() && !e.getAttribute('aria-label') && !e.querySelector('img[alt]')) bad.push(name(e) + ' is empty'); last = l; } return bad;""",
    "landmarks": r"""const main = all('main,[role=main]').filter(shown); if (main.length !== 1) bad.push(main.length + ' main landmarks');
const LAND = 'main,[role=main],header,[role=banner],footer,[role=contentinfo],nav,[role=navigation],aside,[role=complementary],[role=search],search,dialog,[role=dialog],[role=region],section[aria-label],section[aria-labelledby],form[aria-label],form[aria-labelledby],[role=alert],[role=status],[role=log]';
for (const kind of ['nav,[role=navigation]', 'aside,[role=complementary]']) { const l = all(kind).filter(shown).map(e => (e.getAttribute('aria-label') || (e.getAttribute('aria-labelledby') || '').split(/\s+/).map(i => document.getElementById(i)?.textContent || '').join(' ')).trim()); if (l.length > 1 && new Set(l).size < l.length) bad.push(`${kind}: several landmarks share the label "${l.join('", "')}"`); }
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), done = new Set(); let t; while (t = walk.nextNode()) { const e = t.parentElement; if (!t.data.trim() || done.has(e) || !shown(e) || e.closest(LAND + ',script,style,noscript,template,a[href^="#"]')) continue; done.add(e); bad.push(name(e) + ' stands outside every landmark'); } return bad;""",
    "image_names": r"""for (const e of all('img,canvas,svg[role],[role=img],[role=image],[role=graphics-document],[role=graphics-symbol],input[type=image],area[href],svg')) { if (!shown(e) || e.closest('[aria-hidden=true]') || /^(none|presentation)$/.test(e.getAttribute('role'))) continue;
if (e.localName === 'img' && e.getAttribute('alt') === '') continue; if (e.localName === 'svg' && !e.hasAttribute('role') && (e.closest('button,a,summary,label,[role=button],[role=img]') || !all('text', e).length && !e.textContent.trim() && !e.querySelector('[role],a'))) continue;
const refs = (e.getAttribute('aria-labelledby') || '').split(/\s+/).map(i => i && document.getElementById(i)?.textContent || '').join('').trim(), title = [...e.children].find(c => c.localName === 'title')?.textContent.trim();
if (!(e.getAttribute('aria-label')?.trim() || refs || e.getAttribute('alt')?.trim() || e.getAttribute('title')?.trim() || title || e.localName === 'canvas' && e.textContent.trim() || e.localName === 'svg' && !e.hasAttribute('role'))) bad.push(name(e) + ' has no name'); } return bad;""",
    "tables": r"""for (const e of all('table,[role=table],[role=grid]')) { if (/^(none|presentation)$/.test(e.getAttribute('role'))) continue; const th = all('th,[role=columnheader],[role=rowheader]', e);
if (!th.length) bad.push(name(e) + ' has no header cells'); if (!e.querySelector(':scope > caption') && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby')) bad.push(name(e) + ' has no caption or label');
for (const h of th) if (h.localName === 'th' && !/^(row|col|rowgroup|colgroup)$/.test(h.getAttribute('scope'))) bad.push(name(h) + ' has no scope'); } return bad;""",
    "contrast": CONTRAST,
    "tabindex": r"""for (const e of all('[tabindex]')) if (e.tabIndex > 0) bad.push(`${name(e)} has tabindex ${e.tabIndex}`); return bad;""",
    "hidden_focus": r"""for (const e of all('[aria-hidden=true],[role=presentation],[role=none]')) for (const f of [e, ...(e.ariaHidden === 'true' ? all('*', e) : [])]) if ((isNative(f) || f.hasAttribute('tabindex')) && tabbable(f)) bad.push(name(f) + ' takes focus but is hidden from the tree'); return bad;""",
    "target_size": r"""const inline = e => { if (e.localName !== 'a' || getComputedStyle(e).display !== 'inline') return false; let p = e.parentElement; while (getComputedStyle(p).display === 'inline') p = p.parentElement; const rest = p.textContent.replace(e.textContent, '').trim(); return rest.length > 0; };
const box = e => { const rs = [e, ...(/^(checkbox|radio)$/.test(e.type) ? e.labels || [] : [])].filter(x => x === e || shown(x)).map(x => x.getBoundingClientRect()); const l = Math.min(...rs.map(r => r.left)), t = Math.min(...rs.map(r => r.top)); return [Math.max(...rs.map(r => r.right)) - l, Math.max(...rs.map(r => r.bottom)) - t]; };
for (const e of controls()) { if (inline(e) || clipped(e) && !e.labels?.length || outside(e) || e.ownerSVGElement && e.getAttribute('role') === 'img') continue; const [w, h] = box(e); if (w < 23.99 || h < 23.99) bad.push(`${name(e)} is ${w.toFixed(1)} x ${h.toFixed(1)} px, less than 24 x 24`); } return bad;""",
    "duplicate_ids": r"""const n = {}; for (const e of all('[id]')) (n[e.id] = n[e.id] || []).push(e); for (const [i, l] of Object.entries(n)) if (l.length > 1) bad.push(`id "${i}" ${l.length} times: ${l.map(name).join(', ')}`); return bad;""",
    "references": r"""for (const a of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-activedescendant', 'aria-flowto', 'aria-details', 'aria-errormessage', 'for', 'headers', 'list', 'popovertarget'])
for (const e of all('[' + a + ']')) for (const i of e.getAttribute(a).split(/\s+/).filter(Boolean)) if (!document.getElementById(i)) bad.push(`${name(e)} ${a} names "${i}", which does not exist`);
for (const e of all('a[href^="#"]')) { const i = decodeURIComponent(e.getAttribute('href').slice(1)); if (i && i !== 'top' && !document.getElementById(i) && !all('a[name]').some(x => x.name === i)) bad.push(`${name(e)} leads to "#${i}", which does not exist`); } return bad;""",
}

MOTION = r"""return new Promise(done => { const ms = s => Math.max(...s.split(',').map(v => parseFloat(v) * (/ms$/.test(v.trim()) ? 1 : 1000)));
for (const e of all('*')) for (const p of [undefined, '::before', '::after']) { const s = getComputedStyle(e, p); if (p && s.content === 'none') continue; const who = name(e) + (p || '');
  if (s.animationName !== 'none' && ms(s.animationDuration) > 20) bad.push(`${who} is animated (${s.animationName}, ${s.animationDuration})`);
  if (ms(s.transitionDuration) > 20 && /all|transform|translate|scale|rotate|top|left|right|bottom|width|height|margin|max-|flex|grid/.test(s.transitionProperty)) bad.push(`${who} moves in a transition of ${s.transitionProperty} over ${s.transitionDuration}`);
  if (!p && s.scrollBehavior === 'smooth') bad.push(`${who} scrolls smoothly`); }
for (const e of all('animate,animateTransform,animateMotion')) if (!e.ownerSVGElement.animationsPaused()) bad.push(name(e.ownerSVGElement) + ' has a running SVG animation');
for (const e of all('marquee,video[autoplay]')) bad.push(name(e) + ' moves by itself');
for (const a of document.getAnimations()) if (a.constructor.name === 'Animation' && a.playState === 'running' && a.effect?.getComputedTiming().duration > 20) bad.push(name(a.effect.target) + ' is animated by a script');
const own = window.requestAnimationFrame; let n = 0; window.requestAnimationFrame = f => (n++, own.call(window, f));
setTimeout(() => { window.requestAnimationFrame = own; if (n > 10) bad.push(`a script asked for ${n} frames in 0.5 s without any input`); done(bad); }, 500); });"""

REFLOW = r"""const W = document.documentElement.clientWidth, marked = e => e.closest(CONTAINERS); if (document.scrollingElement.scrollWidth > W) bad.push(`the page is ${document.scrollingElement.scrollWidth} px wide in a window of ${W} px`);
for (const e of all('body *')) { if (!shown(e) || clipped(e) || e.ownerSVGElement) continue; const s = getComputedStyle(e), r = e.getBoundingClientRect(), m = marked(e);
  if (/auto|scroll/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1 && !m && !e.matches('textarea,input,select')) bad.push(`${name(e)} scrolls sideways and is not marked as a container for that`);
  if (/hidden|clip/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth && s.textOverflow !== 'ellipsis' && !m && e.innerText?.trim()) bad.push(`${name(e)} cuts off ${e.scrollWidth - e.clientWidth} px of its content`);
  if (!m && r.width && r.right + scrollX > W + 1 && r.left + scrollX < W && s.position !== 'fixed' && !(e.parentElement && e.parentElement.getBoundingClientRect().right + scrollX > W + 1)) bad.push(`${name(e)} ends at ${Math.round(r.right + scrollX)} px`); } return bad;"""

LOOK = r"""const look = e => { const s = getComputedStyle(e); return [s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 && !/, 0\)$|^transparent/.test(s.outlineColor) ? s.outlineStyle + s.outlineWidth + s.outlineColor : '', s.boxShadow].join('|'); };
const near = e => [e, e.parentElement, e.nextElementSibling, ...(e.labels || []), e.ownerSVGElement].filter(Boolean); """
TAB_START = LOOK + r"""document.activeElement?.blur(); getSelection().removeAllRanges(); const list = stops();
window.__stops = {list, before: new Map(list.flatMap(near).map(e => [e, look(e)]))}; const s = document.createElement('span'); s.tabIndex = -1; document.body.prepend(s); s.focus({preventScroll: true}); s.remove();
return list.map(name);"""
TAB_STOP = LOOK + r"""for (const a of document.getAnimations()) if (a instanceof CSSTransition) a.finish(); const e = document.activeElement; if (!e || e === document.body || e === document.documentElement) return null;
const {list, before, last} = window.__stops, back = !!last && !!(last.compareDocumentPosition(e) & 2); window.__stops.last = e; const r = e.getBoundingClientRect(); let i = list.indexOf(e); if (i < 0) { list.push(e); i = list.length - 1; }
return {index: i, name: name(e), group: e.type === 'radio' && e.name || '', back, visible: near(e).some(x => before.has(x) ? before.get(x) !== look(x) : x === e && look(e).split('|').some(v => v && v !== 'none')),
 seen: r.width > 0 && r.height > 0 && r.right > 0 && r.bottom > 0 && r.left < innerWidth && r.top < innerHeight};"""
FOCUS_SEEN = """(() => { const r = document.activeElement.getBoundingClientRect();
return r.width > 0 && r.height > 0 && r.right > 0 && r.bottom > 0 && r.left < innerWidth && r.top < innerHeight; })()"""
UNREACHED = r"""const composite = e => e.closest('[role=tablist],[role=toolbar],[role=menu],[role=menubar],[role=radiogroup],[role=listbox],[role=tree],[role=grid],[role=combobox],svg[tabindex],[aria-activedescendant]');
const busy = e => e.matches(NATIVE + ',label,[tabindex]');
for (const e of controls()) if (e.tabIndex < 0 && !composite(e)) bad.push(name(e) + ' cannot take the focus by the Tab key');
for (const e of all('body *')) if (shown(e) && getComputedStyle(e).cursor === 'pointer' && getComputedStyle(e.parentElement).cursor !== 'pointer' && !e.closest(NATIVE + ',label,[tabindex],[role=option]') && !all('*', e).some(busy) && !e.matches(':disabled,[aria-disabled=true]')) bad.push(name(e) + ' looks clickable but takes no focus');
return bad;"""
CONTROL_ROLES = set("button link checkbox radio switch slider spinbutton textbox searchbox combobox ComboBoxSelect PopUpButton "
                    "listbox tab menuitem menuitemcheckbox menuitemradio option treeitem DisclosureTriangle ColorWell Date "
                    "DateTime InputTime meter progressbar dialog alertdialog".split())
CONTAINERS = '[data-scroll],[role=region][tabindex="0"],[role=group][tabindex="0"]'


def script(page, body, **values):
    """Runs a check body with the helper functions in front of it."""
    constants = "".join(f"const {key} = {json.dumps(value)}; " for key, value in values.items())
    return page.evaluate(f"(() => {{ {LIBRARY}{constants}{body} }})()")


def control_names(page):
    """Every control (and dialog, meter) in Chromium's accessibility tree has a name."""
    bad = []
    for node in page.accessibility_tree():
        if node["role"] in CONTROL_ROLES and not str(node["name"]).strip():
            text = node["role"]
            if node["node"]:
                made = page.call("DOM.resolveNode", {"backendNodeId": node["node"]})["object"].get("objectId")
                text += " " + page.call("Runtime.callFunctionOn", {"objectId": made, "returnByValue": True, "functionDeclaration":
                                        "function() { return this.outerHTML ? this.outerHTML.slice(0, 120) : this.nodeName }"})["result"]["value"]
            bad.append(text + " has no name")
    return bad


def walk_tabs(page, backwards=True):
    """Presses Tab through the page: {"focus_visible": […], "tab_order": […]} (order, reach, traps both ways)."""
    look, order = [], script(page, UNREACHED)
    expected, visited, last = script(page, TAB_START), [], None
    for _ in range(2 * len(expected) + 20):
        page.key("Tab")
        stop = script(page, TAB_STOP)
        if stop is None or visited and stop["index"] == visited[0]["index"]:
            break  # left the page, or round once
        if last and stop["index"] == last["index"] or any(stop["index"] == v["index"] for v in visited):
            order.append(f"{stop['name']} traps the focus: Tab comes back to it before the end of the page")
            break
        if last and stop["back"]:
            order.append(f"{stop['name']} comes after {last['name']} by Tab but before it in the document")
        if not stop["visible"]:
            look.append(f"{stop['name']}: neither outline nor box-shadow changes on focus")
        # The page scrolls smoothly: what has the focus may still be on its way into the window.
        for _ in range(20):
            if stop["seen"]:
                break
            page.settle(0.1)
            stop["seen"] = page.evaluate(FOCUS_SEEN)
        if not stop["seen"]:
            look.append(f"{stop['name']} is outside the window when focused")
        visited.append(stop)
        last = stop
    reached = {stop["index"] for stop in visited}
    order += [f"{text} is never reached by Tab" for number, text in enumerate(expected) if number not in reached]
    if backwards and len(visited) > 1 and not any("traps" in text for text in order):
        page.evaluate("window.__stops.list[%d].focus()" % visited[-1]["index"])
        for want in reversed(visited[:-1]):
            page.key("Tab", "Shift")
            stop = script(page, TAB_STOP)
            if stop is None or stop["index"] != want["index"] and not (stop["group"] and stop["group"] == want["group"]):
                order.append(f"Shift+Tab goes to {stop and stop['name']} instead of {want['name']}")
                break
    page.evaluate("document.activeElement?.blur(); delete window.__stops")
    return {"focus_visible": look, "tab_order": order}


def reduced_motion(page):
    """With prefers-reduced-motion nothing moves: animations, transitions, smooth scrolling, script loops."""
    before = bool(page.media_state.get("motion"))
    page.media(reduced_motion=True)
    try:
        return script(page, MOTION)
    finally:
        page.media(reduced_motion=before)


def reflow(page, width=320, containers=CONTAINERS):
    """No horizontal scrolling and no cut text at 320 css px, except inside the marked containers."""
    before = page.dimensions
    page.size(width, 640, 1)
    try:
        page.settle(0.15)
        return script(page, REFLOW, CONTAINERS=containers)
    finally:
        page.size(*before)
        page.settle(0.1)


CHECKS = (*SCRIPTS, "control_names", "focus_visible", "tab_order", "reduced_motion", "reflow")


def check(page, only=None, skip=(), containers=CONTAINERS):
    """Runs the checks (all, or those named) on the page as it stands; {check: problems}, passing ones left out."""
    wanted, found = [n for n in (only or CHECKS) if n not in skip], {}
    for one in wanted:
        if one in SCRIPTS:
            found[one] = script(page, SCRIPTS[one])
    if "control_names" in wanted:
        found["control_names"] = control_names(page)
    if {"focus_visible", "tab_order"} & set(wanted):
        found |= {k: v for k, v in walk_tabs(page).items() if k in wanted}
    if "reduced_motion" in wanted:
        found["reduced_motion"] = reduced_motion(page)
    if "reflow" in wanted:
        found["reflow"] = reflow(page, containers=containers)
    return {name: problems for name, problems in found.items() if problems}


def run_axe(page, path_to_axe, tags=("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"), incomplete=False, timeout=120):
    """Violations by axe-core: dicts id, impact, help, nodes [target, html, summary]. With incomplete=True:
    (violations, what axe could not decide). The script enters through the protocol, so the page's CSP stays."""
    if not page.evaluate("typeof axe === 'object' && !!axe.version"):
        page.evaluate(pathlib.Path(path_to_axe).read_text(encoding="utf-8") + "\n;0")
    options = {"runOnly": {"type": "tag", "values": list(tags)}, "resultTypes": ["violations", "incomplete"]}
    if "wcag22aa" in tags:
        options["rules"] = {"target-size": {"enabled": True}}  # off unless asked for
    result = page.evaluate("""axe.run(document, %s).then(r => ['violations', 'incomplete'].map(k => r[k].map(v => ({id: v.id,
        impact: v.impact, help: v.help, nodes: v.nodes.map(n => ({target: n.target.join(' '), html: n.html.slice(0, 300),
        summary: n.failureSummary}))}))))""" % json.dumps(options), timeout)
    return tuple(result) if incomplete else result[0]
