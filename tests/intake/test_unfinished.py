"""Interviews that were never finished: sealed on the tablet as it keeps them, read by the audit team as a letter."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from mapper import intake
from mapper.definition.read import read_survey
from mapper.intake import unfinished
from mapper.intake.receipt import Receipt
from mapper.store import database as store
from mapper.store.tables import Response
from mapper.store.tables_care import SafeguardingCase
from tests.intake.sealing import seal

Letter = Callable[..., dict[str, Any]]
Stored = Callable[..., list[Response]]
NESTED = """
name: nested
title: Nested
respondent: worker
languages: [en]
modules: []
questions:
  - type: group
    name: about
    questions:
      - {type: integer, name: age, label: Age}
      - {type: money, name: fee, label: Fee, currency: [NPR, QAR]}
  - type: repeat
    name: agents
    label: Agent
    questions:
      - {type: text, name: agent, label: Name}
      - type: repeat
        name: fees
        label: Fee
        questions:
          - {type: integer, name: paid, label: Paid}
"""


def test_groups_rows_and_reasons_find_their_places(tmp_path: Path) -> None:
    (tmp_path / "nested.yaml").write_text(NESTED)
    survey, problems = read_survey(tmp_path / "nested.yaml")
    assert survey is not None, problems
    inner = {"given": {"paid": 5}, "missing": {}, "finished": True, "rows": {}}
    refused = {"given": {}, "missing": {"paid": "refused"}, "finished": False, "rows": {}}
    agents = [
        {"given": {"agent": "Sun"}, "missing": {}, "rows": {"fees": [inner, refused]}},
        {"given": {}, "missing": {}, "rows": {}},
    ]
    kept = {
        "given": {"age": "17x", "fee": {"amount": "", "currency": "NPR"}},
        "missing": {},
        "rows": {"agents": agents},
    }
    assert unfinished.letter(survey, kept) == {
        "answers": {"about": {"age": "17x"}, "agents": [{"agent": "Sun", "fees": [{"paid": 5}, {}]}, {}]},
        "conditions": {},
        "missing": {"agents[1]/fees[2]/paid": "refused"},
    }


@pytest.fixture
def draft(letter: Letter) -> Callable[..., dict[str, Any]]:
    """What a tablet seals of an interview in which somebody said that they are in danger."""

    def made(**other: Any) -> dict[str, Any]:
        top = {
            "given": {"paid": "yes", "danger": "yes"},
            "missing": {"words": "refused"},
            "finished": False,
            "rows": {},
        }
        body = {key: value for key, value in letter().items() if key not in ("answers", "missing", "finished")}
        return body | {"definition": _version(letter), "unfinished": top} | other

    return made


def _version(letter: Letter) -> str:
    with store.transaction() as session:
        intake.receive(session, uuid4(), letter())
    with store.session() as session:
        return str(session.exec(select(Response)).first().definition)


def take(number: UUID, body: dict[str, Any]) -> Receipt:
    with store.transaction() as session:
        [receipt] = intake.receive_all(session, [intake.Incoming(number, seal(body, number))])
    return receipt


def row_of(number: UUID) -> Response:
    with store.session() as session:
        return session.exec(select(Response).where(Response.id == number)).one()


@pytest.mark.usefixtures("study")
def test_a_draft_is_held_with_its_answers_and_counts_nowhere(draft: Letter) -> None:
    receipt = take(number := uuid4(), draft())
    assert (receipt.status, receipt.http) == ("quarantined", 202)
    row = row_of(number)
    assert row.body["answers"] == {"paid": "yes", "danger": "yes"}
    assert row.body["missing"] == {"words": "refused"}
    assert "unfinished" not in row.body
    assert row.answers == {}
    assert row.notes[0]["kind"] == "unfinished"


@pytest.mark.usefixtures("study")
def test_danger_in_a_draft_reaches_the_safeguarding_staff(draft: Letter) -> None:
    take(number := uuid4(), draft(safety={"opened": 1, "wishes": "help"}))
    with store.session() as session:
        [case] = session.exec(select(SafeguardingCase))
    assert (case.response_id, case.urgent, case.wishes) == (number, ["danger"], "help")


@pytest.mark.usefixtures("study")
def test_a_draft_of_a_version_that_is_not_known_is_kept_as_it_came(draft: Letter) -> None:
    body = draft(definition="0" * 16)
    take(number := uuid4(), body)
    assert row_of(number).body == body


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize("strange", [5, [], {"given": 5, "rows": {"fees": 7}}, {"missing": ["a"]}])
def test_a_draft_of_no_known_form_is_held_too(draft: Letter, strange: Any) -> None:
    take(number := uuid4(), draft(unfinished=strange))
    assert row_of(number).status == "quarantined"
