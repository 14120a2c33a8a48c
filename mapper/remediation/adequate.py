"""Whether the remedy of a case is adequate, by criteria that are data: `surveys/remediation/adequate.yaml`."""

from collections.abc import Iterable, Mapping
from functools import cache

import yaml

from mapper import paths
from mapper.release.rule import Rule

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


def outside(persons: Iterable[int]) -> int | None:
    """How many, as it may be said outside the remediation role: rounded to 5; None for fewer than 10."""
    total = sum(persons)
    return to_five(total) if total >= RULE.least else None


def to_five(number: int) -> int:
    return RULE.rounding * round(number / RULE.rounding)
