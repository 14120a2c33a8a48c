"""The first page of each role, the navigation, and the sign of life."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mapper.store import database, queries
from mapper.web import access

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True)
class Door:
    """An entry of the navigation. Who finds it open is decided by `access`."""

    endpoint: str
    label: LazyString
    behind: tuple[str, ...] = ()  # other doors that are reached through it

    @property
    def is_current(self) -> bool:
        return request.blueprint in (self.endpoint.partition(".")[0], *self.behind)


DOORS = (  # in the order in which they stand; the first one open is a role's first page
    Door("interview.start", _l("Interviews")),
    Door("review.portfolio", _l("Suppliers")),
    Door("actions.listing", _l("Action plans")),
    Door("programme.listing", _l("Programmes")),
    Door("safeguarding.listing", _l("Safeguarding")),
    Door("remediation.index", _l("Repayments"), ("repayment_claim", "payment_link", "verification")),
    Door("remediation_cases.listing", _l("Remediation cases")),
    Door("study.index", _l("Questionnaires")),
    Door("admin.index", _l("Set up")),
)
FIRST = {
    "administrator": "admin.index",
    "reviewer": "review.portfolio",
    "researcher": "review.portfolio",
    "supplier": "actions.listing",
}


@blueprint.app_context_processor
def navigation() -> dict[str, object]:
    """For templates: `doors`, those that the person may open; `holds_synthetic()`, for the banner of every page."""
    return {"doors": [door for door in DOORS if access.allowed(door.endpoint)], "holds_synthetic": holds_synthetic}


def holds_synthetic() -> bool:
    try:
        with database.session() as reading:
            return queries.holds_synthetic(reading)
    except (DBAPIError, PoolTimeout):  # the page may be the one that says so
        return False


@blueprint.get("/")
def index() -> ResponseReturnValue:
    if not current_user.is_authenticated:
        return redirect(url_for("auth.sign_in"))
    wanted = (FIRST.get(current_user.role, ""), *(door.endpoint for door in DOORS))
    open_to_me = [endpoint for endpoint in wanted if access.allowed(endpoint)]
    return redirect(url_for(open_to_me[0])) if open_to_me else render_template("auth/nothing_yet.html")


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 when the store answers; the error page of `errors` (503) when it does not."""
    with database.session() as reading:
        queries.ping(reading)
    return {"status": "ok"}
