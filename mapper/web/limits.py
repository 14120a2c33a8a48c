"""How often the same person or address may try."""

from flask import current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://")  # counted by each server process for itself


def name_given() -> str:
    """The name that somebody tries to sign in with, however it is capitalised."""
    return "name:" + request.form.get("name", "").strip().casefold()[:200]


def per_name() -> str:
    limit: str = current_app.config["MAPPER"].sign_in_name_limit
    return limit


def per_address() -> str:
    limit: str = current_app.config["MAPPER"].sign_in_address_limit
    return limit
