"""The first page after start, against a minimal application with the same libraries; each in a fresh process.
The ratio is one of processor time, which other work on the machine disturbs less."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.figure import Figure
from benchmarks.instance import own_instance

OURS = """
from mapper import create_app
app = create_app()
page = app.test_client().get("/sign-in")
assert page.status_code == 200, page.status_code
heavy = [name for name in ("pandas", "openpyxl", "pyarrow", "numpy") if name in sys.modules]
assert not heavy, heavy
"""
MINIMAL = """
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from flask_login import LoginManager
from sqlmodel import Field, Session, SQLModel, create_engine, select
class Row(SQLModel, table=True):
    id: int = Field(primary_key=True)
    name: str
engine = create_engine("sqlite://")
SQLModel.metadata.create_all(engine)
app = Flask("minimal")
app.config["SECRET_KEY"] = "minimal"
Babel(app)
CSRFProtect(app)
LoginManager(app).user_loader(lambda name: None)
@app.get("/")
def page():
    with Session(engine) as session:
        return render_template_string("{{ _('Hello') }} {{ rows }}", rows=session.exec(select(Row)).all())
assert app.test_client().get("/").status_code == 200
"""
TABLES = """
for number in range(1, 20):
    columns = {f"field{place}": (str, Field(default="")) for place in range(9)}
    spelt = {name: kind for name, (kind, _) in columns.items()} | {"id": int}
    made = {name: value for name, (_, value) in columns.items()} | {"id": Field(primary_key=True)}
    type(SQLModel)(f"Row{number}", (SQLModel,), {"__module__": "m", "__annotations__": spelt, **made}, table=True)
"""
AS_MANY_TABLES = MINIMAL.replace("engine =", f"{TABLES}engine =")
FRAME = """
import json, sys, time
begun = time.perf_counter()
{work}
took, status = time.perf_counter() - begun, open("/proc/self/status").read()
peak = int(status.split("VmHWM:")[1].split()[0]) / 1024  # getrusage would count what the parent had at the fork
print(json.dumps([took, time.process_time(), peak]))
"""


@dataclass(frozen=True)
class Start:
    """Seconds by the clock, seconds of the processor, and peak MB of a fresh process up to its first page."""

    seconds: float
    processor: float
    peak: float


def start(work: str) -> Start:
    """Modules are compiled once, as on any installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", FRAME.format(work=work)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return Start(*json.loads(done.stdout.splitlines()[-1]))


def measure() -> Iterator[Figure]:
    with own_instance():
        start(OURS), start(MINIMAL)
        runs = [(start(OURS), start(MINIMAL), start(AS_MANY_TABLES)) for _ in range(7)]
    times, more = (statistics.median(run[0].processor / run[place].processor for run in runs) for place in (1, 2))
    ours, minimal, _ = (statistics.median(one.seconds for one in side) for side in zip(*runs, strict=True))
    note = f"{ours:.2f} s against {minimal:.2f} s by the clock"
    yield Figure("first page after start, against a minimal application", times, "×", 1.2, note=note)
    yield Figure("  against one with as many tables as ours", more, "×")
    yield Figure("memory after the first page", statistics.median(run[0].peak for run in runs), "MB", 90)
