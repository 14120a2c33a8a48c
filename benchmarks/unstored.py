"""The application as it is, except that a response which was received and verified is forgotten instead of stored."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Flask, request
from flask.typing import ResponseReturnValue

import mapper
from mapper.definition import library
from mapper.intake.body import content_hash, read_body
from mapper.interview.json_text import read_json
from mapper.interview.route import walk


def create_app() -> Flask:
    app = mapper.create_app()
    app.view_functions["api.put_response"] = put_response
    return app


def put_response(response_id: str) -> ResponseReturnValue:
    """Everything that `mapper.web.api` and `mapper.intake` do with the content alone: read, hash, walk, answer."""
    known_as, raw = UUID(response_id), read_json(request.get_data())
    sha256 = content_hash(raw)
    body, problems = read_body(raw, known_as)
    answers = body.conditions | body.answers
    walked = walk(library.load(body.survey), answers, body.missing, body.finished or datetime.now(UTC), defaults=False)
    assert not problems
    assert not walked.problems
    return {"id": response_id, "sha256": sha256, "status": "accepted"}, 201
