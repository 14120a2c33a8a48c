"""What a tablet asks of the server: the key to seal to, and everything that it has to hold for a day offline."""

import json
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from mapper.document.store import kept_document
from mapper.intake import sealed_file
from mapper.interview.json_text import read_json
from mapper.sealing import keys
from mapper.web import tablet_ready
from mapper.web.interview import survey_in


def key() -> dict[str, str]:
    """The key in use, who is signed in, and the token that a browser session sends along."""
    return _key() | {"account": str(current_user.id), "csrf": generate_csrf()}


def ready() -> dict[str, Any]:
    """What to fetch and hold for these sites, questionnaires and languages of a round. Absent means all."""
    wanted = tablet_ready.Wanted(
        sites=tuple(request.args.getlist("site")),
        surveys=tuple(request.args.getlist("survey")),
        languages=tuple(request.args.getlist("language")),
    )
    found = tablet_ready.ready(_uuid(request.args.get("round")), wanted, _key())
    return found if found else abort(404, "There is no such round.")


def document(survey: str, version: str, language: str) -> Response:
    """A questionnaire as it was compiled, the same for every interview and account; its hash stands in the list."""
    html, sha256 = kept_document(survey_in(survey, version, language), language)
    answer = current_app.make_response(html)
    answer.mimetype = "text/html"
    answer.set_etag(sha256)
    answer.headers["Cache-Control"] = "private, no-cache"  # kept, but asked for again with its tag
    answer.make_conditional(request)
    return answer


def file() -> ResponseReturnValue:
    """Sealed interviews brought as a file, where no network will do."""
    given = request.files.get("file")
    if request.method == "GET" or given is None or not given.filename:
        missing = request.method != "GET"
        return render_template("interview/door/file.html", taken=None, missing=missing), 422 if missing else 200
    try:
        taken = sealed_file.take_in(given.stream, current_user.id)
    except sealed_file.NotSealedFile:
        flash(_("This is not a file of sealed interviews. Give the file that the tablet wrote, unchanged."), "problem")
        return render_template("interview/door/file.html", taken=None, missing=False), 422
    return render_template("interview/door/file.html", taken=taken, missing=False, receipts=json.dumps(taken.as_json()))


def receipts() -> Response:
    """The receipts that the page has just shown, as the file for the tablet."""
    told = read_json(request.form.get("receipts", ""))
    if not isinstance(told, dict) or told.keys() != {"receipts"}:
        abort(400)
    answer = current_app.make_response(json.dumps(told))
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = 'attachment; filename="receipts.json"'
    return answer


def _key() -> dict[str, str]:
    used = keys.current()
    return {"key": used.id, "public": used.public_text, "until": used.until.isoformat()}


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        abort(404)
