"""What the rules say of what was keyed in: who should have been asked what, what is wrong, what contradicts. Nothing is
hidden or thrown away for it: on paper something was written, and that is what is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from mapper.definition.model import Survey
from mapper.document.keyed import NO_CHOICE, read_keyed
from mapper.document.paper_numbers import numbered
from mapper.document.paper_words import PaperWords
from mapper.document.posted import Fields, Posted
from mapper.expression.nodes import And, Node
from mapper.expression.source import parts_of
from mapper.interview.answers import is_blank
from mapper.interview.numbers import latin_digits
from mapper.interview.route import Walk, walk
from mapper.interview.validate import AnswerProblem
from mapper.language import formats
from mapper.language.catalogue import Translator
from mapper.language.reader import N_

NOT_ASKED = N_("This is asked only if %(rule)s. It is kept as it was written, and does not count.")
NOT_ASKED_HERE = N_("By the other answers this is not asked. It is kept as it was written, and does not count.")

NO_SUCH_NUMBER = N_("No answer here has this number: they go from 1 to %(last)s.")


@dataclass(frozen=True, slots=True)
class Checked:
    """`problems`, `unanswered` (what must have an answer) and `contradictions`: path → a sentence. `empty`: asked,
    with neither answer nor reason."""

    posted: Posted
    asked: tuple[str, ...]
    problems: dict[str, str]
    unanswered: dict[str, str]
    contradictions: Mapping[str, str]
    empty: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        return not (self.problems or self.unanswered or self.contradictions)

    def as_json(self) -> dict[str, Any]:
        """For the page while somebody keys in: what is not reached yet is no problem."""
        return {"asked": self.asked, "problems": self.problems, "contradictions": self.contradictions,
                "empty": len(self.empty)}  # fmt: skip


def check(
    survey: Survey, fields: Fields, language: str, spoken: Translator, on: date | None = None, stopped: str = ""
) -> Checked:
    """`language` is that of the paper, `spoken` that of whoever keys it in. `on` is the day of the interview, which the
    rules take for today. After question `stopped` nothing was asked any more."""
    posted = read_keyed(survey, fields, language)
    now = moment(on) if on else datetime.now(UTC)
    walked = _walk(survey, posted, now, spoken)
    if late := dict.fromkeys(_after(survey, walked, posted, stopped), "not_reached"):
        posted = replace(posted, missing={**late, **posted.missing})
        walked = _walk(survey, posted, now, spoken)
    return Checked(
        posted=posted,
        asked=walked.asked,
        problems={
            one.question: _message(survey, one, posted, spoken) for one in walked.problems if one.kind != "required"
        },
        unanswered={one.question: one.message for one in walked.problems if one.kind == "required"},
        contradictions={path: _why(survey, path, spoken) for path in walked.dropped},
        empty=tuple(_blank(walked, posted)),
    )


def _message(survey: Survey, problem: AnswerProblem, posted: Posted, spoken: Translator) -> str:
    """Whoever keys in sees numbers, not the names of choices."""
    given = _at(posted.conditions | posted.answers, problem.question)
    keyed = given if isinstance(given, list) else [given]
    question = survey.questions.get(problem.question.rpartition("/")[2])
    if question is None or not any(isinstance(one, str) and one.startswith(NO_CHOICE) for one in keyed):
        return problem.message
    last = formats.number(len(survey.choices_of(question)), spoken.language, 0)
    return spoken.interface(NO_SUCH_NUMBER) % {"last": last}


def moment(day: date) -> datetime:
    """Noon of the day: nobody wrote down the minute."""
    return datetime.combine(day, time(12), UTC)


def _walk(survey: Survey, posted: Posted, now: datetime, spoken: Translator) -> Walk:
    return walk(survey, posted.conditions | posted.answers, posted.missing, now, spoken, defaults=False)


def _blank(walked: Walk, posted: Posted) -> Iterator[str]:
    given = posted.conditions | posted.answers
    return (path for path in walked.asked if path not in posted.missing and is_blank(_at(given, path)))


def _at(answers: Any, path: str) -> Any:
    for part in path.split("/"):
        name, _, row = part.partition("[")
        answers = answers.get(name) if isinstance(answers, dict) else None
        if row:
            place = int(row[:-1]) - 1
            answers = answers[place] if isinstance(answers, list) and place < len(answers) else None
    return answers


def _after(survey: Survey, walked: Walk, posted: Posted, stopped: str) -> list[str]:
    """Everything asked of the person that comes after the last question before the stop."""
    numbers = numbered(survey)
    order = {name: place for place, name in enumerate(numbers)}
    last = next((order[name] for name, number in numbers.items() if number == latin_digits(stopped.strip())), None)
    if last is None:
        return []
    noted = {name for section in survey.sections if section.record == "conditions" for name in _names(section.children)}
    names = {path: path.rpartition("/")[2] for path in _blank(walked, posted)}
    return [path for path, name in names.items() if name not in noted and order.get(name, 0) > last]


def _names(items: Any) -> Iterator[str]:
    for item in items:
        yield item.name
        yield from _names(getattr(item, "children", ()))


def _why(survey: Survey, path: str, spoken: Translator) -> str:
    """The rules around the question, in words."""
    name = path.rpartition("/")[2].partition("[")[0]
    rules = list(_rules(survey, name))
    if not rules:
        return spoken.interface(NOT_ASKED_HERE)
    words = PaperWords(survey, numbered(survey, spoken.language), spoken.text_neutral, spoken.interface)
    return spoken.interface(NOT_ASKED) % {"rule": words.clauses(rules)}


def _rules(survey: Survey, name: str) -> Iterator[Node]:
    items = {item.name: item for item in survey.items()}
    if name not in items:
        return
    section = next(one for one in survey.sections if name in set(_names(one.children)))
    for one in (section, *survey.ancestors[name], items[name]):
        if one.relevant:
            yield from parts_of(one.relevant.tree, And)
