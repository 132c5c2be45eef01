# SPDX-License-Identifier: Apache-2.0
"""The tab of `devtools.Browser`: load times, evaluation, collected messages and requests, real input events,
emulation, pictures, PDF, frame times and the accessibility tree. Import it through `devtools`."""
import base64, json, pathlib, re, shutil, subprocess, time, zlib

MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}
PAPER = {"A4": (8.2677, 11.6929), "Letter": (8.5, 11.0)}  # inches
KEYS = {name: (name, name, code, "") for name, code in zip(  # name: (DOM key, code, virtual key code, text)
    "Backspace Tab Escape PageUp PageDown End Home ArrowLeft ArrowUp ArrowRight ArrowDown Delete".split(),
    (8, 9, 27, 33, 34, 35, 36, 37, 38, 39, 40, 46))} | {"Enter": ("Enter", "Enter", 13, "\r"), "Space": (" ", "Space", 32, " ")}
OBSERVE = """(() => { const long = []; Object.defineProperty(window, '__long', {value: long});  // seen before the page's own code
try { new PerformanceObserver(l => { for (const e of l.getEntries()) long.push([e.startTime, e.duration]); })
  .observe({type: 'longtask', buffered: true}); } catch (e) {} })()"""
TIMES = """new Promise(done => setTimeout(() => { const n = performance.getEntriesByType('navigation')[0];
done({load: n.loadEventEnd, dom: n.domContentLoadedEventEnd, dom_interactive: n.domInteractive,
 paint: (performance.getEntriesByName('first-contentful-paint')[0] || {startTime: null}).startTime,
 long: (window.__long || []).map(t => [t[0], t[1]]), bytes: n.decodedBodySize}); }, 60))"""
FRAMES = """(async (action, count) => { const own = window.requestAnimationFrame, script = [], interval = []; let spent = 0, depth = 0;
const timed = (f, ...a) => { const t = performance.now(); depth++; try { return f(...a); } finally { if (!--depth) spent += performance.now() - t; } };
window.requestAnimationFrame = f => own.call(window, t => timed(f, t));  // work the action puts off to a later frame counts there
try { let last = 0; for (let i = 0; i < count + 1; i++) await new Promise((ok, no) => own.call(window, t => {
    if (i) { script.push(spent); interval.push(t - last); } last = t; spent = 0;
    try { if (i < count) timed(action, i); ok(); } catch (e) { no(e); } }));
} finally { window.requestAnimationFrame = own; } return {script, interval}; })"""


class DevtoolsError(Exception):
    """The browser refused a command, the page threw, or an element is not there."""


class Timeout(DevtoolsError):
    """A deadline passed; the browser is still killed at the end of the `with` block."""


def count_pages(data):
    """Pages of a PDF: by pdfinfo where it is installed, else page objects (also those in object streams)."""
    if shutil.which("pdfinfo"):
        out = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, timeout=60).stdout
        if found := re.search(rb"^Pages:\s+(\d+)", out, re.M):
            return int(found[1])
    packed = re.findall(rb"/Type\s*/ObjStm\b[^>]*>>\s*stream\r?\n(.*?)endstream", data, re.S)
    plain = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.S)  # content may look like an object
    return len(re.findall(rb"/Type\s*/Page(?![A-Za-z])", plain + b"".join(zlib.decompressobj().decompress(p) for p in packed)))


class Page:
    """One tab. Lists since the last open(): `console` (dicts level/text/source), `requests` (URLs other than
    the file itself), `inline` (data: and blob: URLs), `dialogs`. Coordinates are css pixels of the viewport."""

    def __init__(self, browser, target, width, height, dpr):
        self.browser, self.target, self.media_state = browser, target, {}
        self.session = browser.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        browser.pages[self.session] = self
        self._reset("about:blank")
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Accessibility", "Performance", "Inspector"):
            self.call(domain + ".enable")
        self.call("Network.setCacheDisabled", {"cacheDisabled": True})
        self.call("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True})
        self.call("Emulation.setFocusEmulationEnabled", {"enabled": True})
        self.call("Page.addScriptToEvaluateOnNewDocument", {"source": OBSERVE})
        self.size(width, height, dpr)

    def _reset(self, url):
        self.url, self.console, self.requests, self.inline, self.dialogs = url, [], [], [], []
        self._loaded, self._crashed = set(), False

    def call(self, method, params=None, timeout=None):
        return self.browser.call(method, params, self.session, timeout)

    def _event(self, method, p, session):
        note = lambda level, text, source: self.console.append({"level": level, "text": text, "source": source})
        if method == "Network.requestWillBeSent" or method == "Network.webSocketCreated":
            url = p.get("request", p).get("url", "")
            if url.split("#")[0] != self.url and url != "about:blank":
                (self.inline if url.startswith(("data:", "blob:")) else self.requests).append(url)
        elif method == "Runtime.consoleAPICalled":
            text = " ".join(str(a.get("value", a.get("description", a.get("type")))) for a in p["args"])
            note(p["type"], text, "console")
        elif method == "Runtime.exceptionThrown":
            d = p["exceptionDetails"]
            note("error", f"{d.get('exception', {}).get('description') or d['text']} (line {d['lineNumber'] + 1})", "exception")
        elif method == "Log.entryAdded":  # CSP violations have source "security"
            note(p["entry"]["level"], p["entry"]["text"], p["entry"]["source"])
        elif method == "Page.lifecycleEvent" and p["name"] == "load":
            self._loaded.add(p["loaderId"])
        elif method == "Page.javascriptDialogOpening":  # would block the page for ever
            self.dialogs.append(p["message"])
            self.browser.post("Page.handleJavaScriptDialog", {"accept": True}, session)
        elif method == "Inspector.targetCrashed":
            self._crashed = True
        elif method == "Target.attachedToTarget":  # worker or frame: collect there too, then let it run
            self.browser.pages[p["sessionId"]] = self
            for m in ("Runtime.enable", "Log.enable", "Network.enable", "Runtime.runIfWaitingForDebugger"):
                self.browser.post(m, None, p["sessionId"])

    def open(self, path, timeout=None):
        """Loads a file (or URL) and returns ms since navigation start: load (loadEventEnd), dom
        (DOMContentLoaded), paint (first contentful), interactive (end of the first long task, else dom),
        settled (end of the last long task so far), long (list of [start, length]), wall (seen from here)."""
        url = str(path) if re.match(r"[a-z]{2,}:", str(path)) else pathlib.Path(path).resolve().as_uri()
        self._reset(url.split("#")[0])
        self.call("Page.setLifecycleEventsEnabled", {"enabled": True})
        began, timeout = time.monotonic(), timeout or self.browser.timeout
        answer = self.call("Page.navigate", {"url": url}, timeout)
        if answer.get("errorText"):
            raise DevtoolsError(f"{url}: {answer['errorText']}")
        self.browser.wait(lambda: answer.get("loaderId") in (*self._loaded, None) or self._crashed, began + timeout,
                          f"{url} did not load in {timeout:g} s")
        if self._crashed:
            raise DevtoolsError(f"{url}: the page crashed")
        wall, times = (time.monotonic() - began) * 1000, self.evaluate(TIMES, timeout)
        ends = [start + length for start, length in times["long"]]
        return times | {"interactive": ends[0] if ends else times["dom"], "settled": max([times["dom"], *ends]), "wall": wall}

    def evaluate(self, expression, timeout=None, **options):
        """The JSON value of a JS expression (a promise is awaited; the page's CSP does not apply)."""
        answer = self.call("Runtime.evaluate", {"expression": expression, "returnByValue": True, "awaitPromise": True,
                                                "userGesture": True} | options, timeout)
        if details := answer.get("exceptionDetails"):
            raise DevtoolsError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def problems(self):
        """Console errors and warnings, failed assertions, uncaught exceptions, security (CSP) entries."""
        return [e for e in self.console if e["level"] in ("error", "warning", "assert") or e["source"] == "security"]

    def settle(self, seconds=0.1):
        """Lets the page run and handles its events."""
        self.browser.wait(lambda: False, time.monotonic() + seconds, None)

    def key(self, name, *modifiers, timeout=None):
        """A real key press: a name of KEYS or one character; modifiers "Shift", "Control", "Alt", "Meta"."""
        key, code, number, text = KEYS.get(name) or (name, f"Digit{name}" if name.isdigit() else f"Key{name.upper()}"
                                                     if name.isalpha() else "", ord(name.upper()) if name.isalnum() else 0, name)
        bits = sum(MODIFIERS[m] for m in modifiers)
        event = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": bits}
        down = {"type": "keyDown", "text": text} if text and not bits & 7 else {"type": "rawKeyDown"}
        self.call("Input.dispatchKeyEvent", event | down, timeout)
        self.call("Input.dispatchKeyEvent", event | {"type": "keyUp"}, timeout)

    def centre(self, selector):
        """Scrolls the element into view and returns its centre; raises if it is absent, empty or covered."""
        found = self.evaluate("""(s => { const e = document.querySelector(s); if (!e) return 'is absent';
            e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'}); const r = e.getBoundingClientRect();
            if (!r.width || !r.height) return 'has no size'; const x = r.x + r.width / 2, y = r.y + r.height / 2;
            const h = document.elementFromPoint(x, y); if (!h || !(e.contains(h) || h.contains(e) || h.closest('label')?.control === e))
                return 'is covered by ' + (h ? h.outerHTML.slice(0, 80) : 'nothing: outside the viewport');
            return [x, y]; })(%s)""" % json.dumps(selector))
        if isinstance(found, str):
            raise DevtoolsError(f"{selector} {found}")
        return found

    def mouse(self, kind, x, y, **more):
        """One raw event: mouseMoved, mousePressed, mouseReleased, mouseWheel."""
        self.call("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y} | more)

    def click(self, selector, count=1):
        """Real mouse events at the element's centre; selector or (x, y)."""
        x, y = self.centre(selector) if isinstance(selector, str) else selector
        self.mouse("mouseMoved", x, y)
        for number in range(1, count + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.mouse(kind, x, y, button="left", buttons=int(kind == "mousePressed"), clickCount=number)

    def drag(self, start, end, steps=8):
        """Presses at start (selector or point), moves to end (selector, point, or "+dx,dy" from start), releases."""
        x, y = self.centre(start) if isinstance(start, str) else start
        if isinstance(end, str) and (by := re.fullmatch(r"\+(-?[\d.]+),(-?[\d.]+)", end)):
            end = (x + float(by[1]), y + float(by[2]))
        u, v = self.centre(end) if isinstance(end, str) else end
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, button="left", buttons=1, clickCount=1)
        for i in range(1, steps + 1):
            self.mouse("mouseMoved", x + (u - x) * i / steps, y + (v - y) * i / steps, button="left", buttons=1)
        self.mouse("mouseReleased", u, v, button="left", buttons=0, clickCount=1)

    def wheel(self, selector, dy, dx=0.0, *modifiers):
        """Turns the wheel over an element's centre (or a point)."""
        x, y = self.centre(selector) if isinstance(selector, str) else selector
        self.mouse("mouseWheel", x, y, deltaX=dx, deltaY=dy, modifiers=sum(MODIFIERS[m] for m in modifiers))

    def size(self, width, height, dpr=1.0):
        """Viewport in css pixels and device pixel ratio."""
        self.dimensions = (width, height, dpr)
        self.call("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": dpr, "mobile": False})

    def media(self, dark=None, print=None, reduced_motion=None, forced_colors=None, more_contrast=None):
        """Emulates media; what is not given keeps its state."""
        given = {"dark": dark, "print": print, "motion": reduced_motion, "forced": forced_colors, "contrast": more_contrast}
        s = self.media_state = self.media_state | {k: v for k, v in given.items() if v is not None}
        pairs = (("prefers-color-scheme", "dark", "dark", "light"), ("forced-colors", "forced", "active", "none"), (
            "prefers-reduced-motion", "motion", "reduce", "no-preference"), ("prefers-contrast", "contrast", "more", "no-preference"))
        self.call("Emulation.setEmulatedMedia", {"media": "print" if s.get("print") else "", "features": [
            {"name": name, "value": yes if s.get(key) else no} for name, key, yes, no in pairs]})

    def screenshot(self, path=None, full=False):
        """PNG bytes of the viewport or of the whole page, also written to path."""
        params = {"format": "png", "captureBeyondViewport": full}
        if full:
            box = self.call("Page.getLayoutMetrics")["cssContentSize"]
            params["clip"] = {k: box[k] for k in ("x", "y", "width", "height")} | {"scale": 1}
        return self._save(path, self.call("Page.captureScreenshot", params))

    def _save(self, path, answer):
        data = base64.b64decode(answer["data"])
        if path:
            pathlib.Path(path).write_bytes(data)
        return data

    def pdf(self, path=None, paper="A4", css_size=False, background=True, landscape=False):
        """Prints: (bytes, pages). css_size: the page's own @page size wins over `paper`."""
        width, height = PAPER[paper]
        data = self._save(path, self.call("Page.printToPDF", {
            "paperWidth": width, "paperHeight": height, "preferCSSPageSize": css_size, "printBackground": background,
            "landscape": landscape, "generateTaggedPDF": True}, max(60.0, self.browser.timeout)))
        return data, count_pages(data)

    def metrics(self):
        """Chromium's counters; durations (ScriptDuration, LayoutDuration, …) in seconds."""
        return {m["name"]: m["value"] for m in self.call("Performance.getMetrics")["metrics"]}

    def frames(self, action, count, timeout=None):
        """Runs the JS function `action(i)` once in each of `count` frames; returns ms of scripting per frame
        (the action and the page's own frame callbacks). `frame_details`: intervals, and the sums for the run."""
        before = self.metrics()
        self.frame_details = self.evaluate(f"{FRAMES}({action}, {int(count)})", timeout)
        after = self.metrics()
        for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration"):
            self.frame_details[name] = (after[name] - before[name]) * 1000
        return self.frame_details["script"]

    def accessibility_tree(self, ignored=False):
        """Chromium's own tree, flat: dicts role, name, description, ignored, node (backend DOM id), properties."""
        value = lambda node, key: node.get(key, {}).get("value", "")
        return [{"role": value(n, "role"), "name": value(n, "name"), "description": value(n, "description"),
                 "ignored": n["ignored"], "node": n.get("backendDOMNodeId"),
                 "properties": {p["name"]: p["value"].get("value") for p in n.get("properties", ())}}
                for n in self.call("Accessibility.getFullAXTree")["nodes"] if ignored or not n["ignored"]]

    def close(self):
        self.browser.call("Target.closeTarget", {"targetId": self.target})
        self.browser.pages = {s: p for s, p in self.browser.pages.items() if p is not self}
