"""Whether the remedy of a case is adequate, by criteria that are data: `surveys/remediation/adequate.yaml`."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Protocol

import yaml

from mapper import paths
from mapper.release.rule import Rule


class Case(Protocol):
    """What a case of remedy records; amounts as text, "" where there is none."""

    criteria: dict[str, str]
    awarded: str
    paid: str
    confirmation: str
    retaliation: str


FILE = paths.SURVEYS / "remediation" / "adequate.yaml"
RULE = Rule()  # of whatever leaves the role


@cache
def criteria() -> Mapping[str, str]:
    """What each criterion says, by name."""
    return {str(each["name"]): str(each["label"]) for each in yaml.safe_load(FILE.read_text("utf-8"))["criteria"]}


def is_adequate(answers: Mapping[str, str]) -> bool | None:
    """Every criterion is met; False where one is not, None where that is not known."""
    said = [answers.get(name, "unknown") for name in criteria()]
    if "no" in said:
        return False
    return True if all(each == "yes" for each in said) else None


def of_case(case: Case) -> bool | None:
    """As `is_adequate`, where what the case itself records outweighs a yes that contradicts it."""
    contrary = {
        "full": bool(case.awarded) and Decimal(case.paid or 0) < Decimal(case.awarded),
        "confirmed": case.confirmation in ("less", "not_received"),
        "no_retaliation": case.retaliation == "yes",
    }
    return is_adequate({**case.criteria, **{name: "no" for name, holds in contrary.items() if holds}})


def outside(persons: Iterable[int]) -> int | None:
    """How many, as it may be said outside the remediation role: rounded to 5; None for fewer than 10."""
    total = sum(persons)
    return to_five(total) if total >= RULE.least else None


def to_five(number: int) -> int:
    return RULE.rounding * round(number / RULE.rounding)
