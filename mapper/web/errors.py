"""Errors as pages that say what happened and what to do; as JSON for programs. The technical side goes to the log."""

import traceback
from dataclasses import dataclass

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, NotFound

from mapper.interview.json_text import NotJson
from mapper.store import database


@dataclass(frozen=True)
class Explanation:
    """What happened, and what the reader can do about it."""

    title: LazyString | str
    remedy: LazyString | str
    code: str = ""  # for programs, where the status alone does not say what to do


EXPLANATIONS = {
    400: Explanation(
        _l("This request could not be understood"), _l("Go back, load the page again and repeat what you did.")
    ),
    401: Explanation(_l("Please sign in"), _l("Sign in, or send a valid bearer token, and try again."), "sign_in"),
    403: Explanation(
        _l("You may not open this page"), _l("If you need it for your work, ask the administrator to give you access.")
    ),
    404: Explanation(
        _l("This page does not exist"), _l("Check the address. The thing it showed may have been removed.")
    ),
    405: Explanation(_l("This address cannot be used in this way"), _l("Go back and use the buttons of the page.")),
    413: Explanation(_l("This is too large"), _l("Send a smaller file, or split it into parts.")),
    429: Explanation(_l("Too many attempts"), _l("Wait a quarter of an hour and try again."), "wait"),
    500: Explanation(
        _l("Something went wrong on our side"),
        _l("What you sent was not stored. Try again; if it happens again, tell the administrator when it happened."),
    ),
    503: Explanation(
        _l("The database does not answer"),
        _l(
            "What you sent was not stored. Try again in a minute. Administrator: the server's log says why; often the "
            "disk is full, or 'mapper database upgrade' was not run."
        ),
    ),
}


class NoSuchRound(NotFound):
    """The round that an address names is none of those that its reader may see."""

    explanation = Explanation(
        _l("There is no such round here"), _l("Check the address, or choose a round on the page of all suppliers.")
    )


STALE_FORM = Explanation(
    _l("This form was open for too long"), _l("Go back, load the page again and send it once more."), "csrf"
)


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(NotJson, not_json)
    app.register_error_handler(database.Unavailable, unavailable)
    app.register_error_handler(DBAPIError, store_failed)
    app.register_error_handler(PoolTimeout, store_failed)
    app.register_error_handler(Exception, failed)


def refused(error: HTTPException) -> ResponseReturnValue:
    """Any error that Flask or a view raised on purpose. One that brings a whole response, such as a redirect, is it."""
    if error.response is not None or (error.code or 500) < 400:
        return error
    status = error.code or 500
    usual = EXPLANATIONS.get(status, EXPLANATIONS[400 if status < 500 else 500])
    answer = page(status, error.explanation if isinstance(error, NoSuchRound) else usual)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After"))
    return answer


def stale_form(error: CSRFError) -> ResponseReturnValue:
    return page(400, STALE_FORM)


def not_json(problem: NotJson) -> ResponseReturnValue:
    return page(400, Explanation(f"The content is not JSON: {problem}.", "Send one JSON object, in UTF-8."))


def unavailable(failure: database.Unavailable) -> ResponseReturnValue:
    """Nothing was stored, and the room that tried says why."""
    current_app.logger.error("store failed: %s", failure)
    answer = page(503, Explanation(_l("The response could not be stored."), str(failure)))
    answer.headers["Retry-After"] = "60"
    return answer


def store_failed(error: Exception) -> ResponseReturnValue:
    """The database is away, locked, full or not set up. A broken rule of the tables is a fault of ours instead."""
    if isinstance(error, IntegrityError):
        return failed(error)
    current_app.logger.error("store failed: %s", getattr(error, "orig", error))  # never the statement's values
    answer = page(503, EXPLANATIONS[503])
    answer.headers["Retry-After"] = "60"
    return answer


def failed(error: Exception) -> ResponseReturnValue:
    if current_app.testing and current_app.config["PROPAGATE_EXCEPTIONS"] is not False:
        raise error
    current_app.logger.error("unexpected %s", _without_values(error))
    return page(500, EXPLANATIONS[500])


def _without_values(error: BaseException) -> str:
    """Where it happened and of what kind it was, causes included. Its message is left out: it may quote an answer."""
    where = "".join(traceback.format_tb(error.__traceback__))
    before = error.__cause__ or error.__context__
    return f"{type(error).__name__}\n{where}" + (f"after {_without_values(before)}" if before else "")


def page(status: int, explanation: Explanation) -> Response:
    if wants_json():
        stated: dict[str, object] = {"status": status} | ({"code": explanation.code} if explanation.code else {})
        stated |= {"error": str(explanation.title), "remedy": str(explanation.remedy)}
        return current_app.make_response((stated, status))
    shown = render_template("errors/error.html", status=status, explanation=explanation)
    return current_app.make_response((shown, status))


def wants_json() -> bool:
    """Programs: whatever is under /api/, the sign of life, and whoever asks for JSON rather than a page."""
    if request.path.startswith("/api/") or request.path == "/healthz":
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
