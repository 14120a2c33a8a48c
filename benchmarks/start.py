"""The first page after start, against a minimal application with the same libraries; each in a fresh process."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figure import Figure

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
FRAME = """
import json, resource, sys, time
begun = time.perf_counter()
{work}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([time.perf_counter() - begun, peak]))
"""


def run(work: str) -> tuple[float, float]:
    """Seconds and peak MB of a fresh process; modules are compiled once, as on any installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", FRAME.format(work=work)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    took, peak = json.loads(done.stdout.splitlines()[-1])
    return took, peak


def measure() -> Iterator[Figure]:
    run(OURS), run(MINIMAL)
    pairs = [(run(OURS), run(MINIMAL)) for _ in range(7)]
    times = statistics.median(ours[0] / minimal[0] for ours, minimal in pairs)
    took = statistics.median(ours[0] for ours, _ in pairs)
    peak = statistics.median(ours[1] for ours, _ in pairs)
    yield Figure("first page after start, against a minimal application", times, "×", 1.2, note=f"{took:.2f} s")
    yield Figure("memory after the first page", peak, "MB", 90)
