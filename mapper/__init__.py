"""Labour Migration Mapper."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: dict[str, Any] | None = None) -> "Flask":
    """The web application, for `flask --app mapper` and for servers; imported only when it is asked for."""
    from mapper import web

    return web.create_app(config)
