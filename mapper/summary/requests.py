"""What to ask a supplier for now: proposals that follow from what was found, for people to decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from mapper import paths
from mapper.definition.model import Survey
from mapper.language.reader import N_, Label, Words
from mapper.language.spoken import Figure, Sentence
from mapper.scoring.released import FEW
from mapper.scoring.results import SupplierScore
from mapper.summary.model import Summary
from mapper.summary.wording import OUTCOMES

FILE = paths.SURVEYS / "actions" / "library.yaml"
HARMS = ("breach", "fees", "forced_labour")  # kinds of indicators that ask for something
PAID, NOT_REPAID = "fees", "fee_repayment"  # topics: that workers paid, and that it was not given back to them
ITEM = "item:"  # figures of a release about single costs, which count nothing that was repaid
BORE = Words(OUTCOMES["fees:paid"])
REPAID = Words(N_("What was paid was repaid in full, as far as it is known"))
REPAID_TO_MOST = Words(N_("What was paid was repaid in full to all but few"))


@dataclass(frozen=True, slots=True)
class Request:
    """`text`, `actions`, `found` and `told` are English, for the catalogue of the surveys. `remedy`: it puts right what
    happened to workers. `actions` are key actions to begin with; `found` and `told` is what workers are told of it.

    **Source:** `source`, and that of the whole file.
    """

    code: str

    topics: tuple[str, ...]
    priority: int
    owner: str
    days: int
    text: str
    remedy: bool = False
    actions: tuple[str, ...] = ()
    found: str = ""
    told: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what led to it: `said_by` names workers, management or both; `because` the labels of findings,
    each for the catalogue that knows it."""

    request: Request
    said_by: tuple[str, ...]
    because: tuple[str, ...]


@cache
def known() -> tuple[Request, ...]:
    rows = yaml.safe_load(FILE.read_text("utf-8"))["requests"]
    return tuple(_request(row) for row in rows)


def _request(row: Mapping[str, Any]) -> Request:
    about = (
        str(row["code"]),
        tuple(row["topics"]),
        int(row["priority"]),
        str(row["owner"]),
        int(row["days"]),
        str(row["request"]),
    )
    plain = (tuple(row["actions"]), str(row["found"]), str(row["told"]), str(row["source"]))
    return Request(*about, bool(row.get("remedy")), *plain)


def asked(summary: Summary, score: SupplierScore) -> tuple[Asked, ...]:
    """The requests that this score leads to, the most urgent first; outside the audit team from what it may show."""
    workers = _released(summary, score) if summary.is_release else _reported(score)
    management: dict[str, list[str]] = {}
    for gap in score.management:
        if gap.topic and gap.proportion.cases:
            management.setdefault(gap.topic, []).append(Label(gap.label))
    found = (_asked(request, workers, management) for request in known())
    return tuple(sorted((one for one in found if one.because), key=lambda one: one.request.priority))


def _asked(request: Request, workers: Mapping[str, list[str]], management: Mapping[str, list[str]]) -> Asked:
    said = {
        who: [text for topic in request.topics for text in by.get(topic, ())]
        for who, by in (("workers", workers), ("management", management))
    }
    because = dict.fromkeys(text for texts in said.values() for text in texts)
    return Asked(request, tuple(who for who, texts in said.items() if texts), tuple(because))


def _reported(score: SupplierScore) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in sorted(score.indicators, key=lambda one: -(one.proportion.share or 0.0)):
        if one.topic and one.kind in HARMS and one.proportion.cases:
            found.setdefault(one.topic, []).append(Label(one.label))
    counts = {"what": BORE, "cases": Figure(score.fees.payers), "answered": Figure(score.fees.answered)}
    borne = Sentence(N_("{what} ({cases} of {answered})"), counts) if score.fees.payers else None
    return _with_repayment(found, borne, REPAID if score.fees.answered else None)


def _with_repayment(found: dict[str, list[str]], borne: str | None, repaid: Words | None) -> Mapping[str, list[str]]:
    """What is still `borne` asks for repayment, as it does in the score. Where that is nothing, what workers paid once
    is said to be `repaid`; None where nobody knows."""
    if borne:
        found.setdefault(NOT_REPAID, []).insert(0, borne)
    elif repaid and PAID in found and NOT_REPAID not in found:
        found[PAID].append(repaid)
    return found


def _released(summary: Summary, score: SupplierScore) -> Mapping[str, list[str]]:
    """By topic, what a release tells of more than a few."""
    topics = dict(topics_of(summary.surveys))
    found: dict[str, list[str]] = {}
    for figure in score.released.figures if score.released else ():
        whole, topic = figure.of(), topics.get(figure.name.removeprefix("indicator:"))
        if topic and whole and whole.words != FEW:
            found.setdefault(topic, []).append(Label(figure.label))
    paid = score.released.share("fees:paid") if score.released else None
    is_few = paid is not None and paid.words == FEW
    borne = not is_few and (paid is not None or _shows_items(score))
    return _with_repayment(found, BORE if borne else None, REPAID_TO_MOST if is_few else None)


def _shows_items(score: SupplierScore) -> bool:
    """Whether a release shows a cost that more than a few paid and were not repaid: whoever paid one bore something."""
    items = (one for one in score.released.figures if one.name.startswith(ITEM)) if score.released else ()
    return any(whole.words != FEW for one in items if (whole := one.of()))


def topics_of(surveys: tuple[Survey, ...]) -> Iterator[tuple[str, str]]:
    return ((one.name, one.topic) for survey in surveys for one in survey.indicators if one.topic and one.kind in HARMS)
