"""Brings the store to what a programme file says: all of it or, where anything is wrong, nothing."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from mapper.definition.problems import Problem
from mapper.programme import checks
from mapper.programme import plan as plans
from mapper.setup.work import Change, Named, Refused, Work
from mapper.store import programme_tables as rows
from mapper.store import tables

Questions = Mapping[str, rows.EvidenceQuestion | None]
Values = dict[str, Any]


def apply(
    session: Session, stated: plans.ProgrammeFile, by: UUID | None = None, found: tuple[Problem, ...] = ()
) -> tuple[Change, ...]:
    """Create and update by code, within the session's transaction; what the file does not name stays as it is.

    `found` is what could not be read: then nothing is stored, and what can be said of the rest is said besides.
    Raises Refused with every problem; the caller must then roll back.
    """
    work = _Work(session, by, stated.synthetic)
    work.problems.found += found
    programme = work.programme(stated)
    for each in stated.stakeholders:
        work.stakeholder(each)
    for each_under in stated.stakeholders:
        work.works_under(each_under)
    if programme is not None:
        for position, outcome in enumerate(stated.outcomes):
            work.outcome(programme, position, outcome)
        for training in stated.trainings:
            work.training(programme, training)
        for level in stated.gender_scale:
            work.gender_level(programme, level)
        if stated.evidence:
            work.evidence(programme, stated.evidence)
    if work.problems.found:
        raise Refused(work.problems.in_order())
    return tuple(work.changes)


class _Work(Work):
    """One application of a programme file."""

    def programme(self, file: plans.ProgrammeFile) -> rows.Programme | None:
        stated = file.programme
        if stated is None:
            rest = (*file.outcomes, *file.trainings, *file.gender_scale)
            if (rest or file.evidence) and "programme" not in file.places:
                self.say(file.place(), "missing_programme", "The file names no programme.", "Add `programme:` to it.")
            return None
        if stated.starts and stated.ends and stated.ends < stated.starts:
            message = f"The programme ends on {stated.ends}, before it starts on {stated.starts}."
            self.say(stated.place("ends"), "impossible_dates", message, "Correct one of the two dates.")
        known = ("name", "source", "starts", "ends", "published", "shared")
        values: Values = self.marked(**{key: getattr(stated, key) for key in known})
        values["buyer_id"] = self._id(tables.Buyer, "buyer", stated, stated.buyer)
        return self.entry(rows.Programme, "programme", stated, values)

    def outcome(self, programme: rows.Programme, position: int, stated: plans.OutcomePlan) -> None:
        values: Values = {"text": stated.text, "position": position}
        made = self.entry(rows.Outcome, "outcome", stated, values, {"programme_id": programme.id})
        for place, indicator in enumerate(stated.indicators if made else ()):
            assert made is not None
            self._indicator(programme, made, place, indicator)

    def _indicator(
        self, programme: rows.Programme, outcome: rows.Outcome, position: int, stated: plans.IndicatorPlan
    ) -> None:
        plain = ("text", "unit", "currency", "scale", "direction", "baseline", "target", "target_text", "counter")
        values: Values = {
            key: getattr(stated, key) for key in (*plain, "target_ambiguous", "milestones", "per", "note")
        }
        values |= {"sum_of": _list(stated.sum_of), "position": position}
        self._faults(stated, checks.indicator(values))
        other = self._same_indicator(programme, outcome, stated.code)
        if other:
            message = f"The outcome '{other}' has an indicator '{stated.code}' already."
            self.say(stated.place("code"), "duplicate_code", message, "Give each indicator a code of its own.")
        made = self.entry(rows.ProgrammeIndicator, "indicator", stated, values, {"outcome_id": outcome.id})
        for actual in stated.actuals if made else ():
            assert made is not None
            self._actual(programme, made, actual)

    def _same_indicator(self, programme: rows.Programme, outcome: rows.Outcome, code: str) -> str | None:
        query = select(rows.Outcome.code).join(rows.ProgrammeIndicator)
        query = query.where(rows.Outcome.programme_id == programme.id, rows.ProgrammeIndicator.code == code)
        return self.session.exec(query.where(rows.Outcome.id != outcome.id)).first()

    def _actual(self, programme: rows.Programme, indicator: rows.ProgrammeIndicator, stated: plans.ActualPlan) -> None:
        if not stated.as_of and "as_of" not in stated.places:
            remedy = "Write `as_of:` and a year, a month or a day."
            self.say(stated.place(), "missing_key", "It is not said when this was reached.", remedy)
        plain = ("value", "approximate", "as_printed", "verified", "source", "note")
        values: Values = {key: getattr(stated, key) for key in plain}
        values["pct_reported"] = stated.percent_of_target
        values |= checks.base_columns(stated.base)
        values["breakdowns"] = {each.dimension: dict(each.parts or {}) for each in stated.breakdowns} or None
        values["also_printed"] = [{"value": o.value, "where": o.where} for o in stated.also_printed] or None
        allowed = bool(stated.as_printed or programme.published)
        self._faults(stated, checks.actual(indicator, {**values, "as_of": stated.as_of}, allowed))
        if not stated.as_of:
            return
        shown = f"{indicator.code} {stated.as_of}"
        self.entry(rows.Actual, "actual", stated, values, {"indicator_id": indicator.id}, shown, column="as_of")

    def stakeholder(self, stated: plans.StakeholderPlan) -> None:
        plain = ("name", "kind", "country", "engaged", "note")
        values: Values = self.marked(
            **{key: getattr(stated, key) for key in plain}, commitments=_list(stated.commitments)
        )
        values["buyer_id"] = self._id(tables.Buyer, "buyer", stated, stated.buyer)
        values["supplier_id"] = self._id(tables.Supplier, "supplier", stated, stated.supplier)
        values["recruiter_id"] = self._id(tables.LabourRecruiter, "recruiter", stated, stated.recruiter)
        self.entry(rows.Stakeholder, "stakeholder", stated, values)

    def works_under(self, stated: plans.StakeholderPlan) -> None:
        above = self._id(rows.Stakeholder, "stakeholder", stated, stated.works_under, "works_under")
        own = self.found(rows.Stakeholder, code=stated.code)
        if own and above == own.id:
            message = f"'{stated.code}' cannot work under itself."
            self.say(stated.place("works_under"), "works_under_itself", message, "Name another stakeholder.")
        elif own and above:
            own.works_under = above
            self.session.add(own)

    def training(self, programme: rows.Programme, stated: plans.TrainingPlan) -> None:
        plain = ("title", "kind", "held", "ends", "country", "audience", "participants", "total", "satisfied", "rated")
        values: Values = self.marked(**{key: getattr(stated, key) for key in (*plain, "note")}, place=stated.place_held)
        values["languages"] = _list(stated.languages)
        self._faults(stated, checks.training(values))
        made = self.entry(rows.Training, "training", stated, values, {"programme_id": programme.id})
        if made and stated.stakeholders is not None:
            ids = [
                self._id(rows.Stakeholder, "stakeholder", stated, code, "stakeholders") for code in stated.stakeholders
            ]
            link_stakeholders(self.session, made, [each for each in ids if each])

    def gender_level(self, programme: rows.Programme, stated: plans.GenderPlan) -> None:
        self._faults(stated, checks.has_been("assessed", stated.assessed))
        if stated.assessed is None or stated.level is None:
            if not {"assessed", "level"} <= set(stated.places):
                remedy = "Write `assessed:` with a date and `level:` with 1 to 5."
                self.say(stated.place(), "missing_key", "A level of the gender scale needs a date and a level.", remedy)
            return
        key: Values = {"programme_id": programme.id, "assessed": stated.assessed}
        if self.found(rows.GenderAssessment, **key) is None:
            level: Values = {"level": stated.level, "reason": stated.reason, "source": stated.source}
            row: Values = {**key, **level, "synthetic": bool(self.synthetic), "shared": programme.published}
            self.session.add(rows.GenderAssessment(**row))
            self.note("created", "gender level", f"{programme.code} {stated.assessed}")

    def evidence(self, programme: rows.Programme, stated: plans.EvidencePlan) -> None:
        within = {"programme_id": programme.id}
        questions: dict[str, rows.EvidenceQuestion | None] = {}
        for position, each in enumerate(stated.questions):
            values: Values = {"text": each.text, "position": position}
            questions[each.code] = self.entry(rows.EvidenceQuestion, "evidence question", each, values, within)
        for position, finding in enumerate(stated.findings):
            values = {"kind": finding.kind, "text": finding.text, "cites": _list(finding.cites), "note": finding.note}
            self.entry(rows.EvidenceFinding, "finding", finding, {**values, "position": position}, within)
        for source in stated.sources:
            plain = ("title", "method", "held", "country", "women", "men", "note")
            values = {key: getattr(source, key) for key in plain}
            made = self.entry(rows.EvidenceSource, "evidence source", source, values, within)
            for passage in source.passages if made else ():
                assert made is not None
                self._passage(made, questions, passage)

    def _passage(
        self,
        source: rows.EvidenceSource,
        questions: Mapping[str, rows.EvidenceQuestion | None],
        stated: plans.PassagePlan,
    ) -> None:
        question = questions.get(stated.question or "")
        if question is None:
            self.unknown(stated.place("question"), "question", stated.question or "", questions)
            return
        lists = {key: _list(getattr(stated, key)) for key in ("themes", "supports", "contradicts")}
        values: Values = {"text": stated.text, "question_id": question.id, **lists}
        shown = f"{source.code}/{stated.code}"
        self.entry(rows.Passage, "passage", stated, values, {"source_id": source.id}, shown)

    def _faults(self, stated: Named, faults: Iterator[checks.Fault]) -> None:
        """Say what cannot be, but for keys that stand in the file and could not be read: that was said already."""
        for fault in faults:
            if not (fault.key in stated.places and getattr(stated, fault.key, "") is None):
                self.say(stated.place(fault.key), fault.code, *fault.said())

    def _id(self, table: Any, noun: str, stated: plans.Entry, code: str | None, key: str = "") -> UUID | None:
        if code is None:
            return None
        found = self.found(table, code=code)
        if found is None:
            known = self.session.exec(select(table.code)).all()
            self.unknown(stated.place(key or noun), noun, code, known)
        return found.id if found else None


def link_stakeholders(session: Session, training: rows.Training, ids: list[UUID]) -> None:
    """Make these the organisations whose people took part."""
    links = session.exec(
        select(rows.TrainingStakeholder).where(rows.TrainingStakeholder.training_id == training.id)
    ).all()
    for link in links:
        if link.stakeholder_id not in ids:
            session.delete(link)
    new = set(ids) - {link.stakeholder_id for link in links}
    session.add_all(rows.TrainingStakeholder(training_id=training.id, stakeholder_id=each) for each in new)


def _list(given: tuple[str, ...] | None) -> list[str] | None:
    return list(given) if given is not None else None
