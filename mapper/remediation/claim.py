"""What one worker paid and got back, as it goes into the calculation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mapper.remediation.money import Money

Grade = Literal["A", "B", "C"]  # receipt, consistent testimony, cohort estimate


@dataclass(frozen=True, slots=True)
class Item:
    """A payment for one cost item. `money` None: paid, but the amount is not known. `deducted` was taken from pay
    besides; `returned` came back already, at the latest on `returned_by`, which stands in for a day that is not asked.
    `day` None: the day of recruitment stands in."""

    item: str
    category: str
    money: Money | None
    day: date | None
    grade: Grade
    deducted: Money | None = None
    returned: Money | None = None
    returned_in_full: bool = False
    returned_by: date | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """What was paid in all on a loan for the job, until a day. Never an estimate: grade A or B."""

    money: Money
    day: date
    grade: Grade


@dataclass(frozen=True, slots=True)
class Repaid:
    """What reached the worker on a day; `decided` is the day of the calculation under which it was paid, None where
    there was none."""

    money: Money
    day: date
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker. `worker` is a pseudonym. `paid` None: it is not known whether anything was paid. `open_list`: not
    every payment is known. `interest` has been paid on a loan for the job. `leaves` is the expected end
    of employment."""

    worker: str
    corridor: tuple[str, str]
    recruiter: str
    recruited: date
    paid: bool | None
    items: Sequence[Item] = ()
    open_list: bool = False
    interest: Interest | None = None
    repaid: Sequence[Repaid] = ()
    leaves: date | None = None

    @property
    def year(self) -> int:
        return self.recruited.year

    def cohort(self, parts: Sequence[str]) -> tuple[object, ...]:
        return (tuple(parts), *(getattr(self, part) for part in parts))
