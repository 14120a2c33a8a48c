"""The tablet door: choose what to ask whom, and the questionnaire's document; the long form for want of a script."""

import gzip
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from uuid import UUID, uuid4

from flask import Response as Answer
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from mapper import intake
from mapper.definition.model import Survey
from mapper.document import bundle
from mapper.document.compile import render
from mapper.document.filled import Filled
from mapper.document.posted import Posted, read_posted
from mapper.document.served import Stored, fresh
from mapper.document.store import stored_document
from mapper.intake import definitions
from mapper.intake.receipt import Receipt
from mapper.intake.review import waiting
from mapper.interview.route import walk
from mapper.language.catalogue import translator_of
from mapper.language.profile import languages
from mapper.store import database
from mapper.web import access
from mapper.web.interview_start import contacts_at, may_begin, start_page, survey_of_version

MORE_ROWS = 3
_surveys: dict[tuple[str, str], Survey] = {}  # a version never changes, so neither does this


def start() -> ResponseReturnValue:
    with database.session() as reading:
        page = start_page(reading, current_user.id, request.args.get("round"))
        held = waiting(reading) if access.allowed("quarantine.listing") else 0
    synthetic = bool(page.round and page.round.synthetic)
    return render_template("interview/door/start.html", page=page, synthetic=synthetic, held=held)


def begin() -> ResponseReturnValue:
    """A new interview: an id of its own, the questionnaire's current version kept for ever, and off to its page."""
    name, language = request.args.get("survey", ""), request.args.get("language", "")
    round_id = request.args.get("round")
    with database.session() as reading:
        survey = definitions.current(reading, name)
        begins = not round_id or not _is_uuid(round_id) or may_begin(reading, UUID(round_id), name)
    if survey is None:
        abort(404)
    if not begins:  # the page was drawn before the round was closed; the next one says so
        return redirect(url_for(".start", round=round_id), 303)
    offered = [code for code in survey.languages if code in languages()]
    language = language if language in offered else offered[0]
    with database.transaction() as session:
        intake.publish(session, survey)
    return redirect(_address(survey, language, uuid4(), round_id, request.args.get("site")), 303)


def document(survey: str, version: str, language: str, response_id: UUID) -> ResponseReturnValue:
    found = survey_in(survey, version, language)
    stored = stored_document(found, language)
    added = fresh(generate_csrf(), _served(found, response_id))
    answer = Answer(mimetype="text/html")
    if "gzip" in request.accept_encodings:
        answer.data = stored.gzipped(added)
        answer.headers["Content-Encoding"] = "gzip"
    else:
        answer.data = stored.plain(added)
    answer.headers["Vary"] = "Accept-Encoding, Cookie"
    answer.set_etag(stored.tag, weak=True)
    return answer


def script(version: str) -> ResponseReturnValue:
    """A page's script in one file. Under its own version it may be kept for ever."""
    content, current = bundle.of_version(version)
    answer = Answer(content, mimetype="text/javascript")
    if "gzip" in request.accept_encodings:
        answer.data = _packed_script(content)
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-store"
    return answer


def posted(survey: str, version: str, language: str, response_id: UUID) -> ResponseReturnValue:
    """The long form, filled in without the script: validated, and drawn again with what to mend."""
    found = survey_in(survey, version, language)
    fields = request.form.to_dict(flat=False)
    if request.form.get("action") == "rows":
        return _drawn_again(found, language, response_id, Filled(fields, more_rows=MORE_ROWS)), 200
    read = read_posted(found, fields, language)
    with database.transaction() as session:
        receipt = intake.receive(session, response_id, _body(found, language, read), current_user.id, strict=True)
    if receipt.is_stored:
        return redirect(url_for(".thanks", response_id=response_id, status=receipt.status), 303)
    filled = Filled(fields, _problems(found, language, read, receipt))
    return _drawn_again(found, language, response_id, filled), 422


def thanks(response_id: UUID) -> ResponseReturnValue:
    return render_template("interview/door/thanks.html", id=response_id, kept=request.args.get("status") != "accepted")


def contacts(site: UUID) -> ResponseReturnValue:
    """Whom to call when someone at this site is in danger."""
    with database.session() as reading:
        return {"contacts": contacts_at(reading, site)}


@cache
def _packed_script(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def survey_in(name: str, version: str, language: str) -> Survey:
    """The questionnaire in the version that the address names, or 404 in words."""
    key = (name, version)
    if key not in _surveys:
        with database.transaction() as session:
            found = survey_of_version(session, name, version)
        if found is None:
            abort(404, _("This server does not know this version of the questionnaire. Start the interview again."))
        _surveys[key] = found
    if language not in _surveys[key].languages or language not in languages():
        abort(404, _("The questionnaire is not offered in this language."))
    return _surveys[key]


def _address(survey: Survey, language: str, response_id: UUID, round_id: str | None, site: str | None) -> str:
    return url_for(
        ".document",
        survey=survey.name,
        version=survey.version,
        language=language,
        response_id=response_id,
        round=round_id or None,
        site=site or None,
    )


def _served(survey: Survey, response_id: UUID) -> dict[str, object]:
    """What the script is told of this interview; `send.js` and `safety.js` use it."""
    round_id, site = request.args.get("round"), request.args.get("site")
    offered = (language for language in survey.languages if language in languages())
    return {
        "id": str(response_id),
        "api": url_for("api.put_response", response_id=response_id),
        "leave": url_for(".start", round=round_id),
        "alive": url_for("home.healthz"),
        "contacts": url_for(".contacts", site=site) if _is_uuid(site) else None,
        "round": round_id,
        "site": site,
        "speaker": request.args.get("speaker"),
        "languages": {code: _address(survey, code, response_id, round_id, site) for code in offered},
    }


def _is_uuid(text: str | None) -> bool:
    try:
        return bool(text and UUID(text))
    except ValueError:
        return False


def _body(survey: Survey, language: str, read: Posted) -> dict[str, object]:
    """As the script would send it. The time is left out, so that sending the same form twice is the same response."""
    places = {key: request.args.get(key) for key in ("round", "site")}
    pinned = {"survey": survey.name, "definition": survey.version, "catalogue": translator_of(survey, language).version}
    return {**pinned, "language": language, **places, **asdict(read)}


def _problems(survey: Survey, language: str, read: Posted, receipt: Receipt) -> dict[str, str]:
    """What to mend, by path, in the language of the form; what concerns the letter around the answers, by its key."""
    spoken = translator_of(survey, language)
    walked = walk(survey, read.conditions | read.answers, read.missing, datetime.now(UTC), spoken, defaults=False)
    around = {problem["key"]: problem["message"] for problem in receipt.problems if "key" in problem}
    return around | {problem.question: problem.message for problem in walked.problems}


def _drawn_again(survey: Survey, language: str, response_id: UUID, filled: Filled) -> bytes:
    html = render(survey, translator_of(survey, language), filled, live=False).encode()
    return Stored.of(html).plain(fresh(generate_csrf(), {}))
