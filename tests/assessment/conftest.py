"""A store with two suppliers, two rounds, and interviews to a small questionnaire."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from mapper.assessment import run
from mapper.definition import library
from mapper.definition.model import Survey
from mapper.intake import publish
from mapper.store import database as store
from mapper.store.tables import Buyer, Mapping, Response, Round, Site, Supplier

WORKER = """
name: tiny_worker
title: Tiny
respondent: worker
languages: [en]
source: Made for the test
consent: "${consent} = 'given_verbal'"
choices:
  yes_no:
    - {name: "yes", label: "Yes"}
    - {name: "no", label: "No"}
    - {name: dont_know, label: "I do not know", missing: dont_know}
  genders: [{name: woman, label: Woman}, {name: man, label: Man}]
  consents: [{name: given_verbal, label: Agreed}, {name: refused, label: Refused}]
questions:
  - {type: select_one consents, name: consent, label: Do you agree?}
  - {type: select_one genders, name: gender, label: Gender}
  - {type: select_one yes_no, name: moved, label: Is the job another than told?}
  - {type: select_one yes_no, name: held, label: Is your passport kept from you?}
  - {type: select_one yes_no, name: paid_anything, label: Did you pay?}
indicators:
  - {name: icls_v2, label: Another job, rule: "${moved} = 'yes'", kind: forced_labour, side: involuntariness,
     sets: {icls20: IC_V2}, ilo11: [I02], stage: S1_recruitment, actor: ra_origin, source: Test}
  - {name: icls_c5, label: Passport kept, rule: "${held} = 'yes'", kind: forced_labour, side: penalty,
     sets: {icls20: IC_C5}, ilo11: [I07], stage: S5_employment, actor: employer, source: Test}
"""
LATER = (
    WORKER
    + """
  - {name: fee_paid, label: Paid, rule: "${paid_anything} = 'yes'", kind: fees, stage: S1_recruitment,
     actor: ra_origin, source: Test}
"""
)
MANAGEMENT = """
name: tiny_management
title: Tiny
respondent: management
languages: [en]
source: Made for the test
choices: {answers: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]}
questions: [{type: select_one answers, name: policy, label: Is there a policy?}]
indicators: [{name: gap_policy, label: No policy, rule: "${policy} = 'no'", kind: management_gap, stage: S1_recruitment,
              actor: employer, source: Test}]
"""


@dataclass(frozen=True)
class World:
    """What the store holds, and a way to add to it."""

    suppliers: dict[str, UUID]
    rounds: dict[str, UUID]
    surveys: dict[str, Survey]

    def add(self, supplier: str = "S-1", round: str = "R1", survey: str = "worker", **other: Any) -> UUID:
        """Stores a response and gives its id; `other` are answers, or columns of its row."""
        chosen = self.surveys[survey]
        row = {"id": uuid4(), "sha256": uuid4().hex, "status": "accepted", "missing": {}}
        row |= {name: other.pop(name) for name in [*row] if name in other}
        said = {"consent": "given_verbal", "gender": "woman", **other} if chosen.respondent == "worker" else other
        place = {"supplier_id": self.suppliers[supplier], "round_id": self.rounds[round]}
        with store.transaction() as session:
            session.add(Response(survey=chosen.name, definition=chosen.version, answers=said, **place, **row))
        return row["id"]

    def fill(self, number: int, **answers: Any) -> None:
        for _ in range(number):
            self.add(**{"moved": "no", "held": "no", "paid_anything": "no", **answers})


@pytest.fixture
def world(database: str, tmp_path: Path) -> World:
    run.forget()
    texts = {"worker": WORKER, "later": LATER, "management": MANAGEMENT}
    surveys = {}
    for name, text in texts.items():
        path = tmp_path / name / f"tiny_{'management' if name == 'management' else 'worker'}.yaml"
        path.parent.mkdir()
        path.write_text(text)
        surveys[name] = library.load(path, root=path.parent)
    return _set_up(surveys)


def _set_up(surveys: dict[str, Survey]) -> World:
    buyer = Buyer(code="B", name="Buyer")
    suppliers = {code: Supplier(code=code, name=code, country="MY") for code in ("S-1", "S-2")}
    mapping = Mapping(code="M", title="Mapping", buyer_id=buyer.id)
    sampling = {"default": "random", "S-2": "volunteer"}
    rounds = {code: Round(mapping_id=mapping.id, code=code, sampling=sampling) for code in ("R1", "R2")}
    sites = [
        Site(supplier_id=suppliers["S-1"].id, code="A", name="A", workers={"woman": 30, "man": 40}),
        Site(supplier_id=suppliers["S-1"].id, code="B", name="B", workers={"unavailable": 10}),
    ]
    with store.transaction() as session:
        session.add(buyer)
        session.flush()
        session.add_all([*suppliers.values(), mapping])
        session.flush()
        session.add_all([*rounds.values(), *sites])
        for survey in surveys.values():
            publish(session, survey)
        ids = {code: row.id for code, row in suppliers.items()}, {code: row.id for code, row in rounds.items()}
    return World(*ids, surveys)


@pytest.fixture
def assess() -> Callable[..., Any]:
    """The assessment as the store stands now."""

    def now(*suppliers: str, **other: Any) -> Any:
        from mapper import assessment

        with store.session() as session:
            return assessment.assess(session, suppliers or None, **other)

    return now
