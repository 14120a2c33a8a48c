"""A store with one mapping and two buyers, interviews to a small questionnaire, and an auditor who decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from mapper.assessment import releases, run
from mapper.definition import library
from mapper.definition.model import Survey
from mapper.intake import publish
from mapper.release import frozen
from mapper.scoring.released import Released
from mapper.store import database as store
from mapper.store.tables import Buyer, Mapping, Release, Response, Round, Site, Supplier, SupplyLink, User

CANARY = "zq7canary"
WORKER = """
name: tiny_worker
title: Tiny
respondent: worker
languages: [en]
source: Made for the test
consent: "${consent} = 'given_verbal'"
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  genders: [{name: woman, label: Woman}, {name: man, label: Man}, {name: another, label: Another}]
  consents: [{name: given_verbal, label: Agreed}]
  countries: [{name: NP, label: Nepal}, {name: MY, label: Malaysia}]
  actors: [{name: sub_agent, label: Agent}, {name: ra_origin, label: Agency}, {name: lender, label: Lender}]
questions:
  - {type: select_one consents, name: consent, label: Do you agree?}
  - {type: select_one genders, name: gender, label: Gender}
  - {type: select_one countries, name: origin_country, label: From}
  - {type: select_one countries, name: destination_country, label: To}
  - {type: select_one yes_no, name: moved, label: Is the job another than told?}
  - {type: select_one yes_no, name: held, label: Is your passport kept from you?}
  - {type: text, name: in_own_words, label: What happened?}
  - {type: text, name: supervisor, label: Who did it?}
  - {type: money, name: first_wage, label: First pay, currency: [NPR], period: month}
  - type: repeat
    name: recruitment_chain
    label: Person or office
    questions:
      - {type: select_one actors, name: chain_actor, label: Who was it?}
      - {type: text, name: chain_place, label: Where was it?}
      - {type: select_one yes_no, name: chain_paid, label: Did you pay them?}
      - {type: money, name: chain_amount, label: How much?, currency: [NPR]}
      - {type: select_one yes_no, name: chain_receipt, label: A receipt?}
indicators:
  - {name: icls_v2, label: Another job, rule: "${moved} = 'yes'", kind: forced_labour, side: involuntariness,
     sets: {icls20: IC_V2}, ilo11: [I02], stage: S1_recruitment, actor: ra_origin, source: Test}
  - {name: icls_c5, label: Passport kept, rule: "${held} = 'yes'", kind: forced_labour, side: penalty,
     sets: {icls20: IC_C5}, ilo11: [I07], stage: S5_employment, actor: employer, source: Test}
"""


@dataclass
class World:
    """What the store holds, ways to add to it, and the decision to release."""

    survey: Survey
    supplier: UUID
    round: UUID
    auditor: UUID
    added: list[UUID] = field(default_factory=list)

    def fill(self, number: int, **answers: Any) -> list[UUID]:
        ids = [uuid4() for _ in range(number)]
        with store.transaction() as session:
            session.add_all(self._response(one, answers) for one in ids)
        self.added += ids
        return ids

    def release(self, buyer: str | None = None, decided: datetime | None = None) -> Release:
        with store.transaction() as session:
            prepared = releases.prepare(session, "MILL", "R1", buyer)
            return releases.publish(session, prepared, prepared.digest, self.auditor, decided)

    def show(self, released: Released) -> None:
        """A release that shows just this, whatever was said."""
        with store.transaction() as session:
            buyer = session.get_one(Mapping, session.get_one(Round, self.round).mapping_id).buyer_id
            about = {
                "supplier_id": self.supplier,
                "round_id": self.round,
                "buyer_id": buyer,
                "decided_by": self.auditor,
            }
            row = Release(
                **about, version=0, method="icls20", method_version="1", content={}, sha256="", supplier_from=date.max
            )
            frozen.freeze(session, row, released, {}, 1)

    def prepare(self, buyer: str | None = None) -> releases.Prepared:
        with store.session() as session:
            return releases.prepare(session, "MILL", "R1", buyer)

    def _response(self, response: UUID, answers: dict[str, Any]) -> Response:
        usual = {"consent": "given_verbal", "gender": "woman", "origin_country": "NP", "destination_country": "MY"}
        said: dict[str, Any] = {**usual, "moved": "no", "held": "no", **answers}
        return Response(
            id=response, sha256=uuid4().hex, status="accepted", survey=self.survey.name,
            definition=self.survey.version, supplier_id=self.supplier, round_id=self.round, answers=said,
            body={"answers": said},
        )  # fmt: skip


@pytest.fixture
def world(database: str, people: dict[str, User], tmp_path: Path) -> World:
    run.forget()
    path = tmp_path / "definitions" / "tiny_worker.yaml"
    path.parent.mkdir()
    path.write_text(WORKER)
    survey = library.load(path, root=path.parent)
    own, other = people["reviewer"].buyer_id, people["other_reviewer"].buyer_id
    supplier = Supplier(code="MILL", name="Mill", country="MY")
    mapping = Mapping(code="M", title="Mapping", buyer_id=own)
    round_ = Round(mapping_id=mapping.id, code="R1", sampling={"default": "random"})
    with store.transaction() as session:
        publish(session, survey)
        session.add_all([supplier, mapping])
        session.flush()
        session.add_all([round_, Site(supplier_id=supplier.id, code="A", name="A", workers={"woman": 80})])
        session.add_all(SupplyLink(buyer_id=buyer, supplier_id=supplier.id, tier=1) for buyer in (own, other))
        ids = supplier.id, round_.id
    return World(survey, *ids, people["auditor"].id)


@pytest.fixture
def buyer_of(people: dict[str, User]) -> Callable[[str], str]:
    """Code of the buyer that a reviewer belongs to."""

    def found(name: str) -> str:
        with store.session() as session:
            return session.get_one(Buyer, people[name].buyer_id).code

    return found
