"""A small questionnaire in place of the real ones, and a mapping with one round and one site."""

import pytest

from mapper.store import database as store
from mapper.store.tables import Buyer, Mapping, ReferralContact, Round, Site, Supplier, SupplyLink

SURVEY = """
name: visit
title: Visit
respondent: management
languages: [en, ar]
choices:
  yes_no:
    - {name: yes, label: "Yes"}
    - {name: no, label: "No"}
questions:
  - {type: select_one yes_no, name: paid, label: "Are fees paid?", required: yes}
  - {type: money, name: fee, label: "How much?", currency: [NPR, USD], relevant: "${paid} = 'yes'"}
  - {type: integer, name: workers, label: "How many workers?", constraint: ". > 0", constraint_message: "Too few."}
  - type: repeat
    name: agents
    label: Agent
    questions:
      - {type: text, name: agent, label: "Name of the agency"}
      - {type: date, name: since, label: "Since when?", appearance: month-year}
"""


@pytest.fixture
def surveys(tmp_path, monkeypatch):
    """A folder with one small questionnaire in place of the real ones."""
    folder = tmp_path / "surveys"
    folder.mkdir()
    (folder / "visit.yaml").write_text(SURVEY)
    monkeypatch.setattr("mapper.intake.definitions.SURVEYS", folder)
    monkeypatch.setattr("mapper.document.store._memory", {})
    return folder


@pytest.fixture
def place(database, surveys):
    """A mapping with one round and one site; gives round and site."""
    with store.transaction() as session:
        buyer, supplier = Buyer(code="B", name="Buyer"), Supplier(code="S01", name="Alder", country="MY")
        session.add_all([buyer, supplier])
        session.flush()
        mapping = Mapping(code="M", title="Mapping one", buyer_id=buyer.id)
        site = Site(supplier_id=supplier.id, code="A", name="Main plant")
        session.add_all([mapping, site, SupplyLink(buyer_id=buyer.id, supplier_id=supplier.id, tier=1)])
        session.flush()
        round_ = Round(mapping_id=mapping.id, code="R1")
        contact = ReferralContact(code="C1", country="MY", organisation="Help line", service="Advice", telephone="123")
        session.add_all([round_, contact])
        session.flush()
    return str(round_.id), str(site.id)
