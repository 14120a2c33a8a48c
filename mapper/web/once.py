"""A form that is sent twice, by a double-click or at the same moment, makes one row: what it makes takes its id from
what the form was given when it was drawn, and from what stands in it."""

import json
from uuid import UUID, uuid4, uuid5

from flask import Flask, request
from markupsafe import Markup
from sqlmodel import Session

from mapper.store import database

FIELD = "once"
PASSING = ("csrf_token",)


def install(app: Flask) -> None:
    app.add_template_global(once, "once")


def once() -> Markup:
    """For a form that makes something."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, uuid4())


def row_id(session: Session) -> UUID:
    """The id of the row that this request makes: the same however often the same form is sent with the same content to
    the same address; another for any other content, and wherever the form says nothing. Of two requests that make the
    same row the second waits here until the first has stored it, and then finds it."""
    try:
        drawn = UUID(request.form[FIELD])
    except (KeyError, ValueError):
        return uuid4()
    said = sorted((name, value) for name, value in request.form.items(multi=True) if name not in PASSING)
    made = uuid5(drawn, json.dumps([request.full_path, said]))
    database.wait_for_turn(session, made)
    return made
