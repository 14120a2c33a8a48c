"""How fast the interview is in a browser with a sixth of the processor, and that it rests while nobody touches it.

200 questions and a repeat with 40 rows on a prepared tablet: pages and files come from its own store by way of the
service worker, and every answer is encrypted and written. *Ready* is from the start of the navigation until the first
question can be answered: document, style and script from the store, everything laid out, the key taken over, the draft
looked for. *Tap to next* is from the tap until the next screen is laid out. Times are wall times: on a busy machine
they say too much.
"""

import re
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.figure import Figure
from mapper import paths
from mapper.definition.model import Survey
from mapper.definition.read import read_survey
from mapper.document import bundle
from mapper.document.compile import compile_document

SLOWER = 6
ROWS = 40
TAPS = 60
QUIET = 3000  # milliseconds
DOCUMENT = "/interview/large/1/en"
INTERVIEW = f"{DOCUMENT}/6f1c2f4e-8f5d-4b7e-9a55-3f4b1d2c0a99"
KINDS = {".js": "text/javascript", ".css": "text/css"}

KEEPER = """async (files) => {
  await navigator.serviceWorker.register("/static/tablet/worker.js", { scope: "/interview" });
  const held = await caches.open("tablet-g");
  await Promise.all(files.map(async (file) => held.put(file, await fetch(file))));
  await (await caches.open("mapper")).put("/generations", new Response(JSON.stringify(["g"])));
  const load = (name) => import(`/static/interview/${name}.js`);
  const [storage, { vault }, sealing] = await Promise.all(["storage", "vault", "sealing"].map(load));
  await storage.put("facts", { name: "prepared", generation: "g", sites: [], key: { key: "", public: "" } });
  const wrapped = await sealing.newWrappedKey("kettle orange window river");
  const key = await sealing.unwrappedKey(wrapped, "kettle orange window river");
  vault.open({ id: "1", name: "A", key, settings: { code: "", minutes: 15 } });
}"""
WHEN_READY = """addEventListener("DOMContentLoaded", () => {
  const look = () => {
    if (window.readyAt || !document.documentElement.classList.contains("ready")) return;
    document.body.getBoundingClientRect();
    window.readyAt = performance.now();
  };
  new MutationObserver(look).observe(document.documentElement, { attributes: true });
});"""
TAP = """async (taps) => {
  const times = [];
  for (let tap = 0; tap < taps; tap++) {
    document.querySelector(".screen.shown [data-question]:not([hidden]) .choices input")?.click();
    await new Promise((done) => setTimeout(done, 120));
    const start = performance.now();
    document.getElementById("next").click();
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 120));
  }
  return times;
}"""
FILL_ROWS = """async (rows) => {
  const times = [];
  for (let row = 0; row < rows; row++) {
    const start = performance.now();
    document.querySelector(".screen.shown [data-do=add]").click();
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
    document.getElementById("next").click();
    document.getElementById("next").click();
    await new Promise((done) => setTimeout(done, 50));
  }
  return times;
}"""


def definition() -> str:
    questions = "".join(
        f'  - {{type: select_one yes_no, name: q{number}, label: "Question {number}?"'
        + (f", relevant: \"${{q{number - 1}}} != 'no'\"" if number % 5 == 0 else "")
        + "}\n"
        for number in range(1, 201)
    )
    return f"""
name: large
title: Large
respondent: worker
languages: [en]
choices:
  yes_no:
    - {{name: yes, label: "Yes"}}
    - {{name: no, label: "No"}}
questions:
  - type: repeat
    name: costs
    label: Cost
    questions:
      - {{type: text, name: item, label: "What for?"}}
      - {{type: integer, name: amount, label: "How much?"}}
  - {{type: calculate, name: total, calculation: "sum(${{amount}})"}}
{questions}"""


def large() -> Survey:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.yaml"
        file.write_text(definition())
        survey, problems = read_survey(file)
    if survey is None:
        raise ValueError(problems)
    return survey


def files(document: bytes) -> list[str]:
    """What a prepared tablet holds of this questionnaire."""
    named = re.findall(rb'(?:src|href)="(/(?:static|interviews/script)/[^"]+)"', document)
    return [DOCUMENT, *sorted({name.decode() for name in named})]


@contextmanager
def serving(document: bytes) -> Iterator[str]:
    """Address of a server that gives the document, its files and the service worker."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            content, kind = document if path == DOCUMENT else b"<p>", "text/html"
            if path.startswith("/static/"):
                file = paths.STATIC / path.removeprefix("/static/")
                content, kind = file.read_bytes(), KINDS.get(file.suffix, "text/plain")
            elif path == bundle.address():
                content, kind = bundle.bundle(), "text/javascript"
            self.send_response(200)
            for name, value in {"Content-Type": kind, "Service-Worker-Allowed": "/interview"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Requests are not worth a line."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def browsing(document: bytes) -> Iterator[BrowserContext]:
    from tests.conftest import chromium

    with sync_playwright() as playwright, serving(document) as address:
        switches = ["--headless=new", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=switches)
        context = browser.new_context(viewport={"width": 360, "height": 640}, base_url=address)
        context.new_page().goto("/")
        context.pages[0].evaluate(KEEPER, files(document))
        yield context
        browser.close()


def opened(context: BrowserContext) -> tuple[Page, CDPSession]:
    page = context.new_page()
    page.add_init_script(WHEN_READY)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(INTERVIEW, wait_until="commit")
    page.wait_for_timeout(QUIET)  # whatever is asked of the page before it is ready would be work of its own
    page.wait_for_function("window.readyAt")
    return page, session


def counted(session: CDPSession, name: str) -> float:
    return next(each["value"] for each in session.send("Performance.getMetrics")["metrics"] if each["name"] == name)


def measure() -> Iterator[Figure]:
    note = f"{SLOWER}x slower processor, prepared tablet"
    with browsing(compile_document(large(), "en")) as context:
        ready = []
        for _ in range(5):
            page, session = opened(context)
            ready.append(page.evaluate("window.readyAt") / 1000)
            last, page_session = page, session
            if len(ready) < 5:
                page.close()
                context.pages[0].wait_for_timeout(300)
        yield Figure("interview of 200 questions ready", statistics.median(ready), "s", 0.8, note=note)
        rows = last.evaluate(FILL_ROWS, ROWS)
        yield Figure("a row added to a list, median of 40", statistics.median(rows), "ms", 50, note=note)
        last.locator("[data-do=next]").click()
        taps = last.evaluate(TAP, TAPS)
        yield Figure("from the tap to the next question, median", statistics.median(taps), "ms", 50, note=note)
        yield Figure(
            "from the tap to the next question, 95 of 100", sorted(taps)[int(TAPS * 0.95)], "ms", 50, note=note
        )
        page_session.send("Performance.enable")
        last.wait_for_timeout(2000)
        before = counted(page_session, "ScriptDuration")
        last.wait_for_timeout(10_000)
        yield Figure(
            "script run in ten idle seconds", (counted(page_session, "ScriptDuration") - before) * 1000, "ms", 1
        )
        page_session.send("HeapProfiler.collectGarbage")
        yield Figure(
            "memory of the script, 200 questions and 40 rows", counted(page_session, "JSHeapUsedSize") / 2**20, "MB", 20
        )
