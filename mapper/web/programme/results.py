"""Programmes, the dashboard of one, one indicator over time, and both as files."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response as Answer
from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.programme import apply, gather, library, shared
from mapper.programme.results import Framework, IndicatorResult
from mapper.setup.read import read_as
from mapper.store import audit, database
from mapper.store.programme_tables import Programme
from mapper.web import access
from mapper.web.programme import words
from mapper.web.programme.charts import LineChart, line_chart

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ListingPage:
    """Programmes that this person may read; `files` can be loaded and are not there yet."""

    programmes: tuple[Programme, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class DashboardPage:
    """`can_edit`: published figures are changed in their file, others by the audit team."""

    programme: Programme
    framework: Framework
    can_edit: bool

    @property
    def reached(self) -> int:
        return sum(each.is_reached is True for each in self.framework.indicators)

    @property
    def with_target(self) -> int:
        return sum(each.is_reached is not None for each in self.framework.indicators)


@dataclass(frozen=True)
class IndicatorPage:
    programme: Programme
    indicator: IndicatorResult
    chart: LineChart | None
    rows: dict[str, str]
    indicator_id: str
    can_edit: bool


def listing() -> ResponseReturnValue:
    with database.session() as session:
        found = tuple(each for each in gather.programmes(session) if access.reads_programme(each))
        there = {each.code.casefold() for each in gather.programmes(session)}
    files = tuple(name for name in library.names() if name not in there) if _may_edit() else ()
    return render_template("programme/listing.html", page=ListingPage(found, files), words=words)


def load() -> ResponseReturnValue:
    """Load one of the files that come with the program."""
    name = request.form.get("name", "")
    if name not in library.names():
        abort(404)
    stated, problems = read_as(library.FORM, library.path_of(name))
    if stated is None or stated.programme is None:
        flash(" ".join(map(str, problems)), "problem")
        return redirect(url_for("programme.listing"))
    with database.transaction() as session:
        apply.apply(session, stated, by=current_user.id)
    flash(_("%(name)s is loaded.", name=stated.programme.name), "done")
    return redirect(url_for("programme.dashboard", code=stated.programme.code))


def dashboard(code: str) -> ResponseReturnValue:
    with database.session() as session:
        programme = readable(session, code)
        found = _framework(session, programme, latest_only=access.scope().everything)
    page = DashboardPage(programme, found, _may_edit() and not programme.published)
    return render_template("programme/dashboard.html", page=page, words=words)


def indicator(code: str, indicator: str) -> ResponseReturnValue:
    with database.session() as session:
        programme = readable(session, code)
        found = next((each for each in _framework(session, programme).indicators if each.code == indicator), None)
        if found is None:
            abort(404)
        row, rows = gather.rows_of(session, programme, indicator)
    can_edit = _may_edit() and not programme.published
    page = IndicatorPage(programme, found, line_chart(found), rows, row, can_edit)
    return render_template("programme/indicator.html", page=page, words=words)


def workbook(code: str) -> ResponseReturnValue:
    from mapper.summary.results_framework import write_workbook

    found = _taken_out(code)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.xlsx"
        write_workbook(found, path)
        content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=WORKBOOK, as_attachment=True, download_name=f"results-{found.code}.xlsx")


def results_csv(code: str) -> ResponseReturnValue:
    from mapper.exchange import results_csv as as_csv

    found = _taken_out(code)
    answer = Answer(as_csv.results_csv(found), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=results-{found.code}.csv"
    return answer


def _taken_out(code: str) -> Framework:
    """The framework, and a line in the audit trail that it left as a file."""
    with database.session() as session:
        found = _framework(session, readable(session, code))
    with database.transaction() as session:
        audit.record(session, current_user.id, "export", f"programme {found.code}")
    return found


def readable(session: Session, code: str) -> Programme:
    """The programme, if this person may read it; else there is none."""
    found = gather.programme(session, code)
    if found is None or not access.reads_programme(found):
        abort(404)
    return found


def _framework(session: Session, programme: Programme, latest_only: bool = False) -> Framework:
    found = gather.framework(session, programme, latest_only=latest_only)
    return found if access.scope().everything else shared.for_reviewer(found)


def _may_edit() -> bool:
    return access.allowed("programme.create")
