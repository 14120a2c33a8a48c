"""The rules of repayment as data: `surveys/remediation/repayment.yaml`, with the version that every figure carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785
import yaml

from mapper import paths

RULES = paths.SURVEYS / "remediation" / "repayment.yaml"
COHORT_PARTS = ("corridor", "recruiter", "year")
KEYS = (
    "name", "status", "source", "eligible", "loan_interest", "rate", "cohorts", "cohort_workers", "cohort_percentile",
    "grades", "days_before_departure", "most_instalments", "pay_within_days",
)  # fmt: skip


class InvalidRules(Exception):
    """The message says which key of the file is wrong, and what may stand there."""


@dataclass(frozen=True)
class Rules:
    """`eligible` categories of cost items; `cohorts` from the narrowest; `percentile` of the known totals of a cohort
    of at least `cohort_workers`. `version` is the hash of everything that the file says."""

    version: str
    status: str
    source: str
    eligible: frozenset[str]
    loan_interest: bool
    cohorts: tuple[tuple[str, ...], ...]
    cohort_workers: int
    percentile: int
    grades: Mapping[str, str]
    days_before_departure: int
    most_instalments: int
    pay_within_days: int


@cache
def load_rules(path: Path = RULES) -> Rules:
    """The rules. Raises InvalidRules."""
    stated: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(stated, dict) or (wrong := sorted(set(stated) ^ set(KEYS))):
        raise InvalidRules(
            f"{path.name}: {', '.join(wrong)}: these keys are missing or not known. Known: {', '.join(KEYS)}."
        )
    _check(stated, path.name)
    return Rules(
        version=sha256(rfc8785.dumps(stated)).hexdigest()[:12],
        status=stated["status"],
        source=stated["source"],
        eligible=frozenset(stated["eligible"]),
        loan_interest=stated["loan_interest"],
        cohorts=tuple(map(tuple, stated["cohorts"])),
        cohort_workers=stated["cohort_workers"],
        percentile=stated["cohort_percentile"],
        grades=stated["grades"],
        days_before_departure=stated["days_before_departure"],
        most_instalments=stated["most_instalments"],
        pay_within_days=stated["pay_within_days"],
    )


def _check(stated: Mapping[str, Any], file: str) -> None:
    parts = {part for cohort in stated["cohorts"] for part in cohort}
    wrong = {
        "rate": stated["rate"] != "more_favourable" and "write more_favourable: there is no other rule yet",
        "cohorts": parts - set(COHORT_PARTS) and f"use only {', '.join(COHORT_PARTS)}",
        "cohort_percentile": not 50 <= stated["cohort_percentile"] <= 100
        and "write 50 to 100: the doubt is the worker's",
        "cohort_workers": stated["cohort_workers"] < 3 and "write 3 or more",
        "most_instalments": stated["most_instalments"] < 1 and "write 1 or more",
    }
    if said := [f"{key}: {remedy}" for key, remedy in wrong.items() if remedy]:
        raise InvalidRules(f"{file}: {'; '.join(said)}.")
