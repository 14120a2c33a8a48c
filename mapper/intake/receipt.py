"""What a sender is told about one response."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mapper.interview.validate import AnswerProblem

CREATED, SAME, QUARANTINED, CONFLICT, REFUSED = 201, 200, 202, 409, 422


@dataclass(frozen=True, slots=True)
class BodyProblem:
    """What is wrong with the letter around the answers. `key` is its key, `kind` a short stable name."""

    key: str
    kind: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"key": self.key, "kind": self.kind, "message": self.message}


Problem = AnswerProblem | BodyProblem


@dataclass(frozen=True, slots=True)
class Receipt:
    """`sha256` is the hash of the content that this receipt is for, `status` what became of it: accepted, quarantined,
    withdrawn or refused (then nothing was stored). `http` is the same as a status code of HTTP. `problems` are as
    JSON: `{"question" or "key", "kind", "message"}`."""

    id: UUID
    sha256: str
    status: str
    http: int
    problems: tuple[dict[str, str], ...] = ()

    @property
    def is_stored(self) -> bool:
        return self.status != "refused"

    @property
    def is_new(self) -> bool:
        """Whether this sending has changed what is stored."""
        return self.is_stored and self.http != SAME

    def as_json(self) -> dict[str, Any]:
        """Only what is stored names its hash: a sender forgets an interview when it sees it."""
        receipt: dict[str, Any] = {"id": str(self.id)} | ({"sha256": self.sha256} if self.is_stored else {})
        receipt["status"] = self.status
        return receipt | ({"problems": list(self.problems)} if self.problems else {})
