"""The questionnaire document as the server sends it, against a static response of the same size.

Both are asked of the real application with the same signed-in browser, through WSGI and without a network, so that
both pay for finding out who is asking and for every header. The static response is a view that returns bytes which lie
ready. A file that Flask itself sends, to anybody, stands beside it for comparison.
"""

from collections.abc import Callable, Iterator
from unittest.mock import patch
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks.figure import CPU, Figure, ratio
from benchmarks.instance import browser, own_instance
from mapper import create_app
from mapper.definition import library
from mapper.web import access

SOMEBODY = UUID(int=1)
READY: dict[str, bytes] = {}  # what the static view sends


def measure() -> Iterator[Figure]:
    with own_instance(), patch.dict(access.RULES, {"static_bytes": access.AUDIT_TEAM}):
        app = create_app()
        app.add_url_rule("/static-bytes", "static_bytes", lambda: READY["document"])
        client = browser(app)
        yield from _against_static(app, client, "gzip")
        yield from _against_static(app, client, "identity")


def _against_static(app: Flask, client: FlaskClient, encoding: str) -> Iterator[Figure]:
    version = library.load("worker").version
    document = asked(app, client, f"/interview/worker/{version}/ne/{SOMEBODY}", encoding)
    READY["document"] = document()
    ours, theirs, times = ratio(document, asked(app, client, "/static-bytes", encoding), repeat=200, clock=CPU)
    note = f"{len(READY['document']) / 1024:.0f} KB, {ours * 1e3:.2f} ms against {theirs * 1e3:.2f} ms"
    yield Figure(f"questionnaire document ({encoding}), against static bytes", times, "×", 1.5, note=note)
    _, theirs, times = ratio(document, asked(app, client, "/static/css/ground.css", encoding), repeat=200, clock=CPU)
    yield Figure("  against a file that Flask sends to anybody", times, "×", note=f"{theirs * 1e3:.2f} ms")


def asked(app: Flask, client: FlaskClient, path: str, encoding: str) -> Callable[[], bytes]:
    """A request that can be made again and again; it gives the body."""
    cookie = client.get_cookie("mapper")
    assert cookie
    headers = [("Accept-Encoding", encoding), ("Cookie", f"mapper={cookie.value}")]
    environ = EnvironBuilder(path, headers=headers).get_environ()

    def ask() -> bytes:
        body, status, _ = run_wsgi_app(app, dict(environ))
        content = b"".join(body)
        assert status.startswith("200"), status
        return content

    return ask
