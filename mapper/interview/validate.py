"""What is wrong with the answers of one interview, each problem at its place, in words for whoever must mend it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mapper.definition.model import Question
from mapper.interview import messages
from mapper.interview.faults import Fault, Kind

PLACEHOLDER = re.compile(r"\$\{\s*([\w.-]+)\s*\}")


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One answer that cannot be taken as it is. `question` is its path: `group/question`, `repeat[2]/question`."""

    question: str
    kind: Kind
    message: str

    def as_json(self) -> dict[str, str]:
        return {"question": self.question, "kind": self.kind, "message": self.message}


class Wording(Protocol):
    """Where the sentences come from: `mapper.language.catalogue.Translator`, or English as written."""

    def text(self, message: str) -> str:
        """Wording of the survey."""

    def interface(self, message: str) -> str:
        """Wording of the program."""


class English:
    def text(self, message: str) -> str:
        return message

    def interface(self, message: str) -> str:
        return message


def fault_problem(path: str, fault: Fault, wording: Wording) -> AnswerProblem:
    return AnswerProblem(path, fault.kind, messages.said(wording.interface, fault.message, fault.details))


def required_problem(path: str, question: Question, wording: Wording, shown: Callable[[str], str]) -> AnswerProblem:
    message = _own(question.required_message, wording, shown) or wording.interface(messages.REQUIRED)
    return AnswerProblem(path, "required", message)


def constraint_problem(path: str, question: Question, wording: Wording, shown: Callable[[str], str]) -> AnswerProblem:
    message = _own(question.constraint_message, wording, shown) or wording.interface(messages.CONSTRAINT)
    return AnswerProblem(path, "constraint", message)


def _own(message: str, wording: Wording, shown: Callable[[str], str]) -> str:
    """The definition's own sentence, with `${name}` replaced by that answer as it stands."""
    return PLACEHOLDER.sub(lambda match: shown(match[1]), wording.text(message)) if message else ""
