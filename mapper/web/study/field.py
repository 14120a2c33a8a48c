"""What is in the field: retiring a questionnaire, taking back the last step, and comparing two versions."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select

from mapper.definition import version
from mapper.definition.model import Survey
from mapper.exchange import drafts
from mapper.exchange.difference import Difference, difference
from mapper.intake import definitions
from mapper.language.reader import reader
from mapper.store import database, publications
from mapper.store.study_tables import StudyDraft
from mapper.store.tables import Definition
from mapper.web.locale import current
from mapper.web.study.drafts import reason_given
from mapper.web.study.field_words import DIFFERENCE, REFUSED, what_holds
from mapper.web.study.sentences import spoken_rules
from mapper.web.study.shelf import draft_of, in_field


@dataclass(frozen=True)
class VersionChoice:
    """A version that may be compared; `key` stands in the address."""

    key: str
    label: str


@dataclass(frozen=True)
class DifferencePage:
    name: str
    versions: tuple[VersionChoice, ...]
    chosen: tuple[str, str]
    found: Difference | None


def retire(name: str) -> ResponseReturnValue:
    return _step(name, "retire")


def undo(name: str) -> ResponseReturnValue:
    return _step(name, "undo")


def _step(name: str, step: str) -> ResponseReturnValue:
    if reason := reason_given():
        try:
            with database.transaction() as session:
                {"retire": drafts.retire, "undo": drafts.undo}[step](session, name, reason, current_user.id)
                row = publications.last(session, name)
                assert row is not None
                holds = what_holds(row)
            said = {"retire": _("Retired: no new interview begins with it. Interviews on tablets still arrive."),
                    "undo": _("The last step is taken back.") + f" {holds}"}  # fmt: skip
            flash(said[step], "done")
        except drafts.CannotPublish as refused:
            problem = refused.problem
            flash(str(reader(current()).cell(problem.message)) if problem else REFUSED[refused.why], "problem")
    with database.session() as session:
        there = drafts.is_in_files(name) or publications.last(session, name)
    return redirect(url_for(".questionnaire", name=name) if there else url_for(".index"), 303)


def differences(name: str) -> ResponseReturnValue:
    """Two versions side by side: any that was ever asked here, the one in the field, or an open draft."""
    with database.session() as session:
        versions = tuple(_versions(session, name))
        if not versions:
            abort(404)
        first, last = _usual(versions)
        chosen = (request.args.get("from", first), request.args.get("to", last))
        before, after = (_survey(session, name, key) for key in chosen)
    page = DifferencePage(name, versions, chosen, difference(before, after, spoken_rules()))
    return render_template("study/difference.html", page=page, **DIFFERENCE)


def _usual(versions: tuple[VersionChoice, ...]) -> tuple[str, str]:
    """What is compared until somebody chooses: the version before with the one in the field, else that with a draft."""
    drafted = [each.key for each in versions if each.key.startswith("draft:")]
    last, *before = [each.key for each in versions if each.key not in drafted] or drafted
    return (before[0], last) if before else (last, (*drafted, last)[0])


def _versions(session: Session, name: str) -> list[VersionChoice]:
    asked = select(Definition.version, Definition.published).where(Definition.name == name)
    kept = dict(iter(session.exec(asked.order_by(col(Definition.published).desc()))))
    drafted = select(StudyDraft).where(StudyDraft.name == name, StudyDraft.state == "open")
    open_ = session.exec(drafted.order_by(col(StudyDraft.uploaded).desc()))
    can_run = [row for row in open_ if not drafts.has_errors(row)]
    said = [_("draft, %(file)s", file=row.file) + f", {row.uploaded:%Y-%m-%d %H:%M}" for row in can_run]
    found = [VersionChoice(f"draft:{row.id}", label) for row, label in zip(can_run, said, strict=True)]
    standing = definitions.current(session, name)
    if standing:
        kept.pop(standing.version, None)
        found.append(VersionChoice(standing.version, _("in the field, %(version)s", version=standing.version)))
    return found + [VersionChoice(key, f"{key}, {when:%Y-%m-%d}") for key, when in kept.items()]


def _survey(session: Session, name: str, key: str) -> Survey:
    if key.startswith("draft:"):
        draft = draft_of(session, key.removeprefix("draft:"))
        return (drafts.survey_of(draft) if draft.name == name else None) or abort(404)
    standing = in_field(session, name)
    if standing and standing.survey.version == key:
        return standing.survey
    row = session.get(Definition, key)
    if row is None or row.name != name:
        abort(404, _("This version was never asked here."))
    return version.restore(row.source)
