"""What a tablet asks of the server: the key to seal to, and everything that it has to hold for a day offline."""

from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from mapper.document.store import kept_document
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


def _key() -> dict[str, str]:
    used = keys.current()
    return {"key": used.id, "public": used.public_text, "until": used.until.isoformat()}


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        abort(404)
