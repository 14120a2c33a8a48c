"""The web application."""

import importlib
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from mapper import paths, settings
from mapper.web import access, addresses, auth, errors, headers, locale, once, packing

BLUEPRINTS = (  # each module holds one object called `blueprint`
    "mapper.web.home",
    "mapper.web.auth",
    "mapper.web.admin",
)


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """The application as the settings describe it; `config` overrides Flask's own configuration."""
    app = Flask("mapper", static_folder=str(paths.STATIC), template_folder=str(paths.TEMPLATES))
    configure(app, settings.current())
    keep_compiled_templates(app)
    app.config.from_mapping(config or {})
    locale.install(app)
    once.install(app)
    auth.install(app)
    access.install(app)
    headers.install(app)
    packing.install(app)
    errors.install(app)
    for name in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(name).blueprint)
    for door in addresses.DOORS:
        app.register_blueprint(door.blueprint())
    return app


def keep_compiled_templates(app: Flask) -> None:
    """Compiling templates takes longer than the first page: keep the result beside the database, as private as that."""
    folder: Path = app.config["MAPPER"].instance / "compiled-templates"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.jinja_options = {**app.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(folder))}


def configure(app: Flask, chosen: settings.Settings) -> None:
    app.config.update(
        SECRET_KEY=chosen.secret_key or chosen.key("secret-key"),
        MAPPER=chosen,
        MAX_CONTENT_LENGTH=chosen.upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=chosen.upload_mb * 1024 * 1024,
        MAX_FORM_PARTS=20_000,  # a whole questionnaire posted as one form
        SESSION_COOKIE_NAME="__Host-mapper" if chosen.https else "mapper",  # browsers refuse __Host- without https
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # a link in a letter may lead here; forms carry a token of their own
        SESSION_COOKIE_SECURE=chosen.https,
        SESSION_REFRESH_EACH_REQUEST=False,
        TRUSTED_HOSTS=list(chosen.hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: an interview may last an hour
        WTF_CSRF_SSL_STRICT=False,  # asks for a Referer, which our Referrer-Policy withholds
        WTF_CSRF_CHECK_DEFAULT=False,  # access decides: a bearer token needs no CSRF token
    )
    if chosen.proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        count = chosen.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
