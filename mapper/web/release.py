"""The auditor's decision: what of a supplier's interviews may leave the audit team.

The page shows what others would see, what is kept back and why, and what the audit found. What is released is exactly
what the auditor looked at: the form names its content, and anything else is refused.
"""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from mapper.assessment import releases
from mapper.assessment.releases import NothingToRelease, NotPossible, Prepared
from mapper.assessment.visits import Visit, visits
from mapper.assessment.withhold import said_again
from mapper.release import frozen
from mapper.release.frozen import Frozen
from mapper.scoring.method_file import load_method
from mapper.store import audit, database
from mapper.summary import release_words, wording
from mapper.summary.released import ReleasedPart
from mapper.summary.told import Told
from mapper.web.review.seen import this_reader


@dataclass(frozen=True)
class ReleasePage:
    """One supplier and round, about to be decided. `shown` is what others would see; `why` the band, to be said in any
    language."""

    prepared: Prepared
    shown: ReleasedPart
    why: tuple[str, ...]


@dataclass(frozen=True)
class ListingPage:
    """Every supplier and round with responses, with the release that holds, if any."""

    rows: tuple[tuple[Visit, Frozen | None], ...]


def listing() -> ResponseReturnValue:
    with database.session() as session:
        found, _surveys = visits(session, None, None)
        latest = frozen.latest(session)
    rows = tuple((visit, latest.get((visit.supplier_id, visit.round_id))) for visit in found)
    return render_template("review/releases.html", page=ListingPage(rows), words=wording)


def prepare(supplier: str, round: str) -> ResponseReturnValue:
    try:
        with database.session() as session:
            prepared = releases.prepare(session, supplier, round)
    except NothingToRelease:
        abort(404)
    with database.transaction() as session:
        audit.record(session, current_user.id, "read.release_proposal", f"supplier {supplier}, round {round}")
    return _page(prepared)


def publish(supplier: str, round: str) -> ResponseReturnValue:
    try:
        with database.transaction() as session:
            prepared = releases.prepare(session, supplier, round)
            if not request.form.get("sure"):
                flash(_("Tick that you have read what would be shown, then release it."), "error")
                return _page(prepared), 422
            made = releases.publish(session, prepared, request.form.get("digest", ""), current_user.id)
    except NothingToRelease:
        abort(404)
    except NotPossible as reason:
        flash(str(this_reader().cell(reason.why)), "error")
        return redirect(url_for("release.prepare", supplier=supplier, round=round))
    flash(_("Released as version %(version)s. It cannot be changed any more.", version=made.version), "done")
    return redirect(url_for("release.prepare", supplier=supplier, round=round))


def _page(prepared: Prepared) -> str:
    shown = ReleasedPart(prepared.released)
    why = said_again(prepared.released, load_method(prepared.method))
    return render_template(
        "review/release.html",
        page=ReleasePage(prepared, shown, why),
        words=wording,
        told=Told(this_reader()),
        said=release_words,
    )
