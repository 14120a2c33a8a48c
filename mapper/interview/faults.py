"""Why an answer cannot be taken."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["required", "constraint", "type", "choice", "unknown_question"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a raw answer cannot be taken. `message` is one of `messages`, to be said with `details`."""

    kind: Kind
    message: str
    details: dict[str, Any] = field(default_factory=dict)


class Unfit(Exception):
    """Carries a fault out of the reader of one type; it never leaves `answers.typed`."""

    def __init__(self, message: str, kind: Kind = "type", **details: Any) -> None:
        super().__init__(message)
        self.fault = Fault(kind, message, details)
