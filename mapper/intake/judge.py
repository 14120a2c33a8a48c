"""Is a response as its definition wants it? Everything that is wrong, and everything that does not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlmodel import Session

from mapper.definition.model import Survey
from mapper.intake.body import Body, read_body
from mapper.intake.definitions import pinned
from mapper.intake.places import Places, find_places
from mapper.intake.receipt import BodyProblem, Problem
from mapper.intake.storing import LOOKED_UP
from mapper.interview.route import Walk, walk
from mapper.notice import Notice, together
from mapper.store.tables import Response


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about one response; without problems it is accepted."""

    body: Body
    survey: Survey | None
    places: Places
    walked: Walk | None
    problems: tuple[Problem, ...]

    def with_problem(self, problem: BodyProblem) -> "Verdict":
        return replace(self, problems=(problem, *self.problems))

    def passed_over(self) -> "Verdict":
        """The same, with everything that does not pass left out of what counts."""
        return replace(self, problems=())

    def row(self, response_id: UUID, sha256: str, body: dict[str, Any], received_by: UUID | None) -> Response:
        """The row to store. Answers of a quarantined response stay in `body` alone, so that nothing counts them."""
        accepted = self.walked if not self.problems else None
        answers, conditions = _halves(accepted.answers, self.survey) if accepted and self.survey else ({}, {})
        places = self.places
        return Response(
            id=response_id,
            sha256=sha256,
            status="accepted" if accepted else "quarantined",
            survey=self.body.survey,
            definition=self.survey.version if self.survey else self.body.definition,
            catalogue=self.body.catalogue,
            language=self.body.language,
            supplier_id=places.supplier.id if places.supplier else None,
            site_id=places.site.id if places.site else None,
            round_id=places.round.id if places.round else None,
            answers=answers,
            missing=dict(accepted.missing) if accepted else {},
            conditions=conditions,
            body=body,
            notes=list(self._notes()),
            received_by=received_by,
            synthetic=bool(places.supplier and places.supplier.synthetic),
        )

    def _notes(self) -> Iterator[dict[str, Any]]:
        """Problems, and every difference between the server's own route and the answers sent, by place only."""
        yield from ({"note": "problem", **problem.as_json()} for problem in self.problems)
        if self.walked:
            yield from ({"note": "dropped", "question": path} for path in self.walked.dropped)
            yield from ({"note": "recalculated", "question": path} for path in self.walked.recalculated)
            yield from ({"note": "urgent", "question": path} for path in self.walked.urgent)


def judge(session: Session, response_id: UUID, raw: dict[str, Any]) -> Verdict:
    """Read, find where it belongs, and walk its definition. Only reads the store, apart from publishing a version."""
    body, problems = read_body(raw, response_id)
    found, places, place_problems = _looked_up(session, body)
    survey = found if isinstance(found, Survey) else None
    walked = _walk(body, survey) if survey else None
    more: tuple[Problem, ...] = (
        *([found] if isinstance(found, BodyProblem) else []),
        *place_problems,
        *_language_problems(body, survey),
        *(walked.problems if walked else ()),
    )
    return Verdict(body, survey, places, walked, (*problems, *more))


LookedUp = tuple[Survey | BodyProblem | None, Places, tuple[BodyProblem, ...]]


def _looked_up(session: Session, body: Body) -> LookedUp:
    """The definition and where it belongs. The responses of one transaction mostly share these: look them up once."""
    known: dict[Any, LookedUp] = session.info.setdefault(LOOKED_UP, {})
    key = (body.survey, body.definition, body.supplier, body.site, body.round)
    if key not in known:
        found = pinned(session, body.survey, body.definition) if body.survey else None
        known[key] = (found, *find_places(session, body, found if isinstance(found, Survey) else None))
    return known[key]


def _walk(body: Body, survey: Survey) -> Walk:
    return walk(survey, body.conditions | body.answers, body.missing, body.finished, defaults=False)


def _language_problems(body: Body, survey: Survey | None) -> list[BodyProblem]:
    if not body.language or survey is None or body.language in survey.languages:
        return []
    message = Notice("'%(name)s' is not offered in '%(language)s'.", name=survey.name, language=body.language)
    remedy = Notice("Write one of %(listed)s.", listed=", ".join(survey.languages))
    return [BodyProblem("language", "unknown_language", together(message, remedy))]


def _halves(answers: Mapping[str, Any], survey: Survey) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers of the respondent, and the conditions that the auditor noted."""
    noted = {item.name for section in survey.sections if section.record == "conditions" for item in section.children}
    return (
        {name: answer for name, answer in answers.items() if name not in noted},
        {name: answer for name, answer in answers.items() if name in noted},
    )


def problems_of(row: Response) -> tuple[dict[str, str], ...]:
    """The problems that a stored response carries, as its first receipt told them."""
    return tuple(
        {key: value for key, value in note.items() if key != "note"}
        for note in row.notes
        if note.get("note") == "problem"
    )
