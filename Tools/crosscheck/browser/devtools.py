# SPDX-License-Identifier: Apache-2.0
"""A small driver for headless Chromium over the DevTools protocol (standard library only, no threads).

    with Browser() as browser:
        page = browser.page(1280, 800)
        print(page.open("report.html"))               # load figures in ms
        page.click("#tab-2"); page.key("Tab", "Shift")
        assert not page.problems() and not page.requests

Chromium talks NUL-separated JSON over a pair of pipes (its descriptors 3 and 4), so there is no port to
race for. Each wait has a deadline and raises `Timeout`; leaving the `with` block kills the whole process
group. Events are handled while a command waits for its answer, or in `Page.settle`. No host name can be
resolved by the browser: a page that asks for one is caught (`Page.requests`) and gets nothing.
"""
import atexit, fcntl, json, os, pathlib, select, shutil, signal, tempfile, time

from devtools_page import DevtoolsError, Page, Timeout, count_pages  # noqa: F401 (the interface of this module)

FLAGS = """--headless=new --no-sandbox --remote-debugging-pipe --enable-unsafe-swiftshader --disable-gpu-sandbox
--no-first-run --no-default-browser-check --disable-extensions --disable-background-networking --disable-sync
--disable-component-update --disable-breakpad --disable-smooth-scrolling --hide-scrollbars --mute-audio
--force-color-profile=srgb --password-store=basic --disable-features=Translate,MediaRouter,DialMediaRouteProvider
""".split() + ["--host-resolver-rules=MAP * ~NOTFOUND"]


class Browser:
    """One Chromium with a profile of its own in a temporary folder. `timeout`: seconds for any one answer."""

    def __init__(self, program=None, timeout=30.0, flags=()):
        self.program = program or os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
        self.timeout, self.flags, self.pid, self.pages, self.downloads = timeout, list(flags), 0, {}, []
        self.folder, self._out, self._parts, self._next, self._answers, self.start_ms = "", 0, [], 0, {}, 0.0

    def __enter__(self):
        began, self.folder = time.monotonic(), tempfile.mkdtemp(prefix="devtools-")
        pipes = [*os.pipe(), *os.pipe()]
        ends = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 16) for fd in pipes]  # clear of 3 and 4
        files = [os.open(os.devnull, os.O_RDWR), os.open(f"{self.folder}/stderr", os.O_CREAT | os.O_RDWR, 0o600)]
        self._out, self._in = ends[1], ends[2]
        args = [self.program, *FLAGS, *self.flags, f"--user-data-dir={self.folder}/profile", "about:blank"]
        env = {k: v for k, v in os.environ.items() if k != "DISPLAY"} | {"HOME": self.folder, "TMPDIR": self.folder}
        given = ((files[0], 0), (files[1], 1), (files[1], 2), (ends[0], 3), (ends[3], 4))
        atexit.register(self.close)
        try:
            try:
                self.pid = os.posix_spawn(self.program, args, env, setsid=True,
                                          file_actions=[(os.POSIX_SPAWN_DUP2, a, b) for a, b in given])
            finally:
                for fd in (*pipes, *files, ends[0], ends[3]):
                    os.close(fd)
            self.version = self.call("Browser.getVersion")["product"]
            self.call("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": f"{self.folder}/downloads",
                                                      "eventsEnabled": True})
        except BaseException:
            self.close()
            raise
        self.start_ms = (time.monotonic() - began) * 1000
        return self

    def __exit__(self, *_):
        self.close()

    def _processes(self):
        """Ids of the live processes of our group, or that name our folder (helpers that left the group)."""
        for entry in pathlib.Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and int(entry.name) != os.getpid():
                    state, _, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                    if state != "Z" and (int(group) == self.pid or f"{self.folder}/".encode() in (entry / "cmdline").read_bytes()):
                        yield int(entry.name)
            except OSError:
                continue

    def close(self):
        """Kills the process group and helpers outside it, waits (5 s at most) until they are gone, removes the folder."""
        atexit.unregister(self.close)
        end = time.monotonic() + 5
        while self.pid and (alive := list(self._processes())) and time.monotonic() < end:
            for one in alive:
                try:
                    os.kill(one, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.01)
        if self._out:
            for fd in (self._out, self._in):
                os.close(fd)
            if self.pid:
                os.waitpid(self.pid, os.WNOHANG)
        self.pid = self._out = 0
        shutil.rmtree(self.folder, ignore_errors=True)

    def page(self, width=1280, height=800, dpr=1.0):
        """A new tab with every collector on."""
        return Page(self, self.call("Target.createTarget", {"url": "about:blank"})["targetId"], width, height, dpr)

    def call(self, method, params=None, session=None, timeout=None):
        """Sends a command and waits for its answer; raises DevtoolsError or Timeout."""
        timeout = timeout or self.timeout
        number, end = self.post(method, params, session), time.monotonic() + timeout
        self.wait(lambda: number in self._answers, end, f"{method} gave no answer in {timeout:g} s")
        answer = self._answers.pop(number)
        if "error" in answer:
            raise DevtoolsError(f"{method}: {answer['error'].get('message')}")
        return answer["result"]

    def post(self, method, params=None, session=None):
        """Sends a command without waiting; returns its number."""
        if not self.pid:
            raise DevtoolsError("the browser is closed")
        self._next += 1
        message = {"id": self._next, "method": method, "params": params or {}} | ({"sessionId": session} if session else {})
        data, end = json.dumps(message).encode() + b"\0", time.monotonic() + self.timeout
        while data:
            if not select.select([], [self._out], [], max(0.0, end - time.monotonic()))[1]:
                raise Timeout(f"{method}: the browser does not read")
            try:
                data = data[os.write(self._out, data[:4096]):]  # at most PIPE_BUF: select has promised the room
            except BrokenPipeError:
                raise DevtoolsError("the browser has ended: " + self.stderr()) from None
        return self._next

    def wait(self, ready, end, complaint):
        """Handles messages until ready() or the time `end`; complaint None: returns quietly at the end."""
        while not ready():
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._in], [], [], left)[0]:
                if complaint:
                    raise Timeout(complaint)
                return
            if not (data := os.read(self._in, 1 << 20)):
                raise DevtoolsError("the browser has ended: " + self.stderr())
            self._parts.append(data)
            if b"\0" in data:
                *messages, rest = b"".join(self._parts).split(b"\0")
                self._parts = [rest]
                for message in map(json.loads, messages):
                    if "id" in message:
                        self._answers[message["id"]] = message
                    else:
                        self._event(message["method"], message["params"], message.get("sessionId"))

    def _event(self, method, params, session):
        if session in self.pages:
            self.pages[session]._event(method, params, session)
        elif method == "Browser.downloadWillBegin":
            self.downloads.append(params["suggestedFilename"])

    def stderr(self):
        """The end of what the browser wrote, for messages."""
        return pathlib.Path(self.folder, "stderr").read_text(errors="replace")[-2000:]
