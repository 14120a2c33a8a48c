"""What a response says, question by question, for the few pages of the audit team that show single answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mapper.definition.model import Question, Survey


@dataclass(frozen=True)
class Shown:
    """One answer at its path: the question's words and the answer's, in the language of the definition."""

    path: str
    label: str
    answer: str
    raw: Any


def shown(survey: Survey | None, body: Mapping[str, Any]) -> list[Shown]:
    """Every answer that arrived, in its order; then the reasons for having none."""
    said = [*leaves(body.get("conditions")), *leaves(body.get("answers"))]
    found = [
        Shown(path, label_at(survey, path), words(question_at(survey, path), survey, raw), raw) for path, raw in said
    ]
    missing = body.get("missing")
    marks = missing.items() if isinstance(missing, dict) else ()
    return found + [Shown(str(path), label_at(survey, str(path)), str(mark), None) for path, mark in marks]


def leaves(answers: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value of every answer, as the server's problems name them: `group/question`, `repeat[2]/question`."""
    if not isinstance(answers, dict):
        return
    for name, value in answers.items():
        path = f"{above}/{name}" if above else str(name)
        if isinstance(value, dict) and "amount" not in value:
            yield from leaves(value, path)
        elif isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            for number, row in enumerate(value, 1):
                yield from leaves(row, f"{path}[{number}]")
        else:
            yield path, value


def question_at(survey: Survey | None, path: str) -> Question | None:
    return survey.questions.get(path.rpartition("/")[2]) if survey else None


def label_at(survey: Survey | None, path: str) -> str:
    question = question_at(survey, path)
    return question.label if question and question.label else path


def words(question: Question | None, survey: Survey | None, raw: Any) -> str:
    if isinstance(raw, dict):
        return " ".join(str(raw[key]) for key in ("amount", "currency", "period") if raw.get(key) is not None)
    labels = {choice.name: choice.label for choice in survey.choices_of(question)} if survey and question else {}
    parts = raw if isinstance(raw, list) else [raw]
    return ", ".join(labels.get(str(part), str(part)) for part in parts)
