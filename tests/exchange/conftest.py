"""A store with two suppliers and a small questionnaire in two versions, and an export from it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.exchange.data_out import Exported, Wanted, export
from mapper.exchange.data_out_plan import Options
from mapper.intake import publish
from mapper.store import database as store
from mapper.store.tables import Buyer, Mapping, Response, Round, Site, Supplier

FIRST = """
name: mill
title: Mill workers
respondent: worker
languages: [en, ar]
source: Made for the test
consent: "${consent} = 'given_verbal'"
choices:
  consents: [{name: given_verbal, label: Agreed}, {name: refused, label: Refused}]
  yes_no:
    - {name: "yes", label: "Yes"}
    - {name: "no", label: "No"}
    - {name: dont_know, label: "I do not know", missing: dont_know}
  limits: [{name: none, label: All of it}, {name: aggregate_only, label: Only count it}, {name: no_use, label: Nothing}]
  things:
    - {name: water, label: "=Water"}
    - {name: shade, label: Shade}
    - {name: dont_know, label: "I do not know", missing: dont_know}
  countries: [{name: NP, label: Nepal}, {name: NA, label: Namibia}]
questions:
  - {type: select_one consents, name: consent, label: Do you agree?}
  - {type: select_one countries, name: origin, label: Where do you come from?}
  - {type: integer, name: age, label: How old are you?}
  - {type: date, name: arrived, label: When did you come?}
  - {type: text, name: story, label: What happened?}
  - {type: calculate, name: story_again, calculation: "concat(${story}, '!')"}
  - {type: calculate, name: double_age, calculation: "${age} * 2"}
  - {type: select_multiple things, name: gets, label: What do you get?}
  - {type: select_one yes_no, name: paid, label: Did you pay?}
  - type: group
    name: loan
    label: Loan
    relevant: "${paid} = 'yes'"
    questions:
      - {type: money, name: owed, label: How much do you owe?, currency: [NPR, USD]}
  - type: repeat
    name: costs
    label: Payment
    relevant: "${paid} = 'yes'"
    questions:
      - {type: money, name: amount, label: How much?, currency: [NPR]}
      - type: repeat
        name: parts
        label: Part
        questions:
          - {type: integer, name: part_number, label: Which?}
  - {type: select_one limits, name: worker_limits_on_use, label: What may we use?}
indicators:
  - {name: paid_at_all, label: Paid, rule: "${paid} = 'yes'", kind: fees, stage: S1_recruitment, actor: ra_origin,
     source: Test}
"""
SECOND = FIRST.replace(
    "  - {type: integer, name: age, label: How old are you?}\n",
    "  - {type: decimal, name: height, label: How tall are you?}\n",
).replace("  - {type: calculate, name: double_age, calculation: \"${age} * 2\"}\n", "")  # fmt: skip
YES = {"consent": "given_verbal", "paid": "no"}


@dataclass(frozen=True)
class World:
    """What the store holds, and a way to add to it."""

    suppliers: dict[str, UUID]
    sites: dict[str, UUID]
    round: UUID
    surveys: dict[str, Survey]

    def add(self, version: str = "first", supplier: str = "S-1", **answers: Any) -> UUID:
        """Stores an accepted response and gives its id; `missing`, `status` and `synthetic` are columns of its row."""
        survey, own = self.surveys[version], {}
        own |= {name: answers.pop(name) for name in ("missing", "status", "synthetic") if name in answers}
        row = Response(
            id=uuid4(), sha256=uuid4().hex, survey=survey.name, definition=survey.version, language="en",
            supplier_id=self.suppliers[supplier], site_id=self.sites[supplier], round_id=self.round,
            answers={**YES, **answers}, **{"status": "accepted", **own},
        )  # fmt: skip
        with store.transaction() as session:
            session.add(row)
        return row.id


@pytest.fixture
def world(database: str, tmp_path: Path) -> World:
    surveys = {}
    for name, text in {"first": FIRST, "second": SECOND}.items():
        path = tmp_path / "surveys" / name / "mill.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text)
        surveys[name] = library.load(path, root=path.parent)
    buyer = Buyer(code="B", name="Buyer")
    mapping = Mapping(code="M", title="Mapping", buyer_id=buyer.id)
    suppliers = {code: Supplier(code=code, name=f"Name of {code}", country="MY") for code in ("S-1", "S-2")}
    sites = {code: Site(supplier_id=row.id, code="HALL", name="Weaving hall") for code, row in suppliers.items()}
    asked = Round(mapping_id=mapping.id, code="R1")
    with store.transaction() as session:
        for rows in ([buyer], [*suppliers.values(), mapping], [*sites.values(), asked]):
            session.add_all(rows)
            session.flush()
        for survey in surveys.values():
            publish(session, survey)
            session.flush()
    ids = [{code: row.id for code, row in rows.items()} for rows in (suppliers, sites)]
    return World(*ids, asked.id, surveys)


@pytest.fixture
def take_out(tmp_path: Path) -> Callable[..., tuple[Exported, Path]]:
    """`take_out("xlsx", labels=True)`: what was exported, and the folder that it lies in."""

    def taken(format_: str = "csv", **other: Any) -> tuple[Exported, Path]:
        folder = tmp_path / f"out-{uuid4().hex[:8]}"
        options = Options(**{name: other.pop(name) for name in ("labels", "multiple", "free_text") if name in other})
        return export(Wanted(format_, options=options, **other), folder), folder

    return taken
