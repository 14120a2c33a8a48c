"""Styles and scripts go out compressed: a tablet at a bus stop pays for every byte."""

import gzip
from contextlib import closing
from functools import lru_cache

from flask import Flask, Response, request

PACKED = ("text/css", "text/javascript", "image/svg+xml")
WORTH_IT = 1024  # bytes


def install(app: Flask) -> None:
    app.after_request(pack)


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
