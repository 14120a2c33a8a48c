"""A tiny study: two questionnaires, two suppliers with a site, a round."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from mapper.intake import definitions
from mapper.store import database as store
from mapper.store.tables import Buyer, Mapping, Response, Round, Site, Supplier, SupplyLink

WORKER = """
name: worker
title: Worker
respondent: worker
languages: [en]
source: written for this test
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
questions:
  - {type: select_one yes_no, name: paid, label: Paid?, required: yes}
  - {type: money, name: fee, label: Fee, relevant: "${paid} = 'yes'", currency: [NPR, QAR], required: yes}
  - {type: calculate, name: double, label: "", calculation: "${fee} * 2"}
  - {type: text, name: words, label: In your words}
  - {type: select_one yes_no, name: danger, label: In danger?, urgent: ". = 'yes'"}
"""
RECRUITER = """
name: recruiter
title: Recruiter
respondent: recruiter
languages: [en]
source: written for this test
questions:
  - {type: integer, name: workers, label: How many workers?, constraint: ". >= 0"}
"""


@dataclass(frozen=True)
class Study:
    """What the tests need of the stored study."""

    surveys: Path
    site_id: UUID
    round_id: UUID

    def rewrite(self, old: str, new: str) -> None:
        """Change the questionnaire of workers on the disk, as an administrator would."""
        file = self.surveys / "worker.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


@pytest.fixture
def study(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    surveys = write_surveys(tmp_path / "surveys")
    monkeypatch.setattr(definitions, "SURVEYS", surveys)
    with store.transaction() as session:
        buyer = Buyer(code="B", name="Buyer")
        mine, other = (
            Supplier(code="ACME-01", name="Acme", country="QA"),
            Supplier(code="BOLT-02", name="B", country="MY"),
        )
        session.add_all([buyer, mine, other])
        session.flush()
        mapping = Mapping(code="M1", title="First", buyer_id=buyer.id)
        site = Site(supplier_id=mine.id, code="north", name="North")
        session.add_all([mapping, site, SupplyLink(buyer_id=buyer.id, supplier_id=mine.id, tier=1)])
        session.flush()
        round_ = Round(mapping_id=mapping.id, code="2024-1")
        session.add(round_)
        session.flush()
        return Study(surveys, site.id, round_.id)


def write_surveys(folder: Path) -> Path:
    folder.mkdir()
    (folder / "worker.yaml").write_text(WORKER, "utf-8")
    (folder / "recruiter.yaml").write_text(RECRUITER, "utf-8")
    return folder


@pytest.fixture
def letter() -> Callable[..., dict[str, Any]]:
    """`letter(paid="no")` is the body of a response with these answers; `letter({"round": "x"})` changes its keys."""

    def written(keys: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:
        body = {"survey": "worker", "supplier": "ACME-01", "site": "north", "round": "2024-1", "language": "en"}
        return body | {"answers": answers or {"paid": "no"}} | (keys or {})

    return written


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    return uuid4


def stored(response_id: UUID | None = None) -> list[Response]:
    """What lies in the store, in the order of arrival."""
    asked = select(Response).order_by(Response.sequence)  # type: ignore[arg-type]
    with store.session() as session:
        return [row for row in session.exec(asked) if response_id in (None, row.id)]


@pytest.fixture(name="stored")
def stored_fixture(database: str) -> Callable[..., list[Response]]:
    return stored
