"""Styles and scripts go out compressed, and are kept where their address names their contents: a tablet at a bus stop
pays for every byte, and a page in eight sheets is as quick as one in one.
"""

import gzip
from contextlib import closing
from functools import lru_cache

from flask import Flask, Response, current_app, request

from mapper.document import bundle

PACKED = ("text/css", "text/javascript", "image/svg+xml")
WORTH_IT = 1024  # bytes
KEPT = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    app.add_template_global(bundle.stamped, "stamped")
    app.after_request(pack)
    app.after_request(keep)


def keep(response: Response) -> Response:
    """For a year, if these are the contents that the address names; while somebody edits them, they are asked for."""
    if request.endpoint == "static" and response.status_code in (200, 304) and "v" in request.args:
        named = bundle.stamped((request.view_args or {})["filename"]).endswith(f"?v={request.args['v']}")
        if named and not current_app.debug:
            response.headers["Cache-Control"] = KEPT
    return response


def pack(response: Response) -> Response:
    """Compress a static text once and keep it; whatever else there is stays as it is."""
    if request.endpoint != "static" or response.mimetype not in PACKED:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or request.method != "GET" or "gzip" not in request.accept_encodings:
        return response
    content = _read(response)
    if len(content) >= WORTH_IT:
        response.set_data(_packed(content))
        response.headers["Content-Encoding"] = "gzip"
        tag, _weak = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # the same contents in another form
    return response


def _read(response: Response) -> bytes:
    """The whole contents of an answer that would have been streamed from a file."""
    response.direct_passthrough = False
    with closing(response.response):  # type: ignore[type-var]
        return response.get_data()


@lru_cache(maxsize=64)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
