"""The auditor's page, and that nothing a worker said reaches anybody else."""

import io
import json
import re
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlmodel import select

from mapper.assessment import assess
from mapper.cli.score import score as score_command
from mapper.store import database as store
from mapper.store.programme_tables import GenderAssessment
from mapper.store.tables import AuditEvent, Release
from tests.conftest import csrf
from tests.release.conftest import CANARY

PAGE = "/suppliers/MILL/R1/release"


def digest_of(html: str) -> str:
    return re.search(r'name="digest" value="(\w+)"', html)[1]


def decide(client, **form):
    return client.post(PAGE, data={"csrf_token": csrf(client, PAGE), **form})


def test_an_auditor_looks_ticks_and_releases(world, sign_in) -> None:
    world.fill(18, held="yes", moved="yes")
    world.fill(13, gender="man")
    client = sign_in("auditor")
    shown = client.get(PAGE).text
    assert "About 20 of 30 workers describe" in shown
    assert decide(client, digest=digest_of(shown)).status_code == 422
    assert decide(client, digest=digest_of(shown), sure="yes").status_code == 302
    assert "Released as version 1" in client.get(PAGE).text
    assert "Critical" in client.get("/releases/").text
    assert "About 20 of 30 workers describe" in sign_in("reviewer").get("/suppliers/MILL/R1").text


def test_what_changed_since_the_auditor_looked_is_not_released(world, sign_in) -> None:
    world.fill(25)
    client = sign_in("auditor")
    digest = digest_of(client.get(PAGE).text)
    world.fill(12, held="yes", moved="yes")
    decide(client, digest=digest, sure="yes")
    assert "has changed since you looked" in client.get(PAGE).text
    with store.session() as session:
        assert session.exec(select(Release)).all() == []


@pytest.mark.parametrize("role", ["reviewer", "researcher", "administrator"])
def test_only_an_auditor_decides(world, sign_in, role) -> None:
    world.fill(25)
    client = sign_in(role)
    assert client.get(PAGE).status_code == 403
    assert client.get("/releases/").status_code == 403
    assert "Prepare release" not in client.get("/suppliers/MILL/R1").text


def test_a_supplier_or_round_that_does_not_exist_has_no_such_page(world, sign_in) -> None:
    assert sign_in("auditor").get("/suppliers/MILL/R9/release").status_code == 404


def test_the_reasons_for_what_is_kept_back_are_for_the_audit_team_alone(world, sign_in) -> None:
    world.fill(25)
    world.fill(3, gender="another")
    assert "Workers: 3; at least 10" in sign_in("auditor").get(PAGE).text
    world.release()
    shown = sign_in("reviewer").get("/suppliers/MILL/R1").text
    assert "Workers: 3" not in shown
    assert "Another gender" not in shown


@pytest.mark.parametrize("interviews", [6, 14, 40])
def test_no_canary_of_a_workers_answers_reaches_a_reviewer(world, sign_in, interviews) -> None:
    world.fill(interviews - 1)
    world.fill(1, gender="another", held="yes", moved="yes", in_own_words=CANARY, supervisor=CANARY.upper())
    before = everything_a_reviewer_gets(sign_in("reviewer"))
    world.release()
    after = everything_a_reviewer_gets(sign_in("reviewer"))
    with store.session() as session:
        trail = " ".join(json.dumps([e.subject, e.detail]) for e in session.exec(select(AuditEvent)))
    for text in (*before, *after, trail):
        assert CANARY not in text.lower()
        assert not any(str(response) in text for response in world.added)
        assert not re.search(r"\b1 of \d", text)


def everything_a_reviewer_gets(client) -> list[str]:
    pages = [client.get(path).text for path in ("/suppliers/", "/suppliers/MILL/", "/suppliers/MILL/R1")]
    book = load_workbook(io.BytesIO(client.get("/suppliers/mapping-summary.xlsx").data))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    answer = CliRunner().invoke(score_command, ["--json", "--audience", "release"])
    assert answer.exit_code == 0
    return [*pages, cells, answer.stdout]


def test_the_buyer_who_did_not_ask_sees_no_trace_of_the_round(world, sign_in) -> None:
    world.fill(25, held="yes", moved="yes")
    world.release()
    client = sign_in("other_reviewer")
    assert client.get("/suppliers/MILL/R1").status_code == 404
    assert "Critical</span> <strong>1" not in client.get("/suppliers/").text


def said_to(reader) -> str:
    """The supplier's page, without the tokens of its forms."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", reader.get("/suppliers/MILL/R1").text)


def test_a_withdrawal_after_a_release_leaves_the_teams_figures_at_once_and_the_release_as_it_is(world, sign_in) -> None:
    ids = world.fill(25, held="yes", moved="yes")
    frozen_as = world.release().sha256
    auditor, reviewer = sign_in("auditor"), sign_in("reviewer")
    before = said_to(reviewer)
    token = {"csrf_token": csrf(auditor, PAGE)}
    for number, response in enumerate(ids[:10], 1):
        auditor.post("/interviews/quarantine/withdraw", data=token | {"id": str(response), "sure": "yes"})
        if number in (1, 9):
            with store.session() as session:
                [inside] = assess(session).suppliers
            assert inside.interviews == 25 - number
            assert "a new one needs at least 10" in auditor.get(PAGE).text
    assert said_to(reviewer) == before
    with store.session() as session:
        [row] = session.exec(select(Release)).all()
    assert (row.sha256, row.superseded_by) == (frozen_as, None)
    assert "a new one needs" not in auditor.get(PAGE).text
    assert world.release().version == 2


def test_the_gender_scale_is_offered_where_there_is_something_to_read(world, sign_in):
    world.fill(30)
    world.release()
    link = 'href="/programmes/suppliers/MILL/gender"'
    assert link in sign_in("auditor").get("/suppliers/MILL/R1").text, "who may judge finds the way"
    assert link not in sign_in("reviewer").get("/suppliers/MILL/R1").text
    assert "Begin with the first criterion" in sign_in("auditor").get("/programmes/suppliers/MILL/gender").text
    given = {"assessed": date(2026, 5, 1), "definition": "1", "level": 2, "highest": 2, "recorded_by": world.auditor}
    with store.transaction() as session:
        session.add(GenderAssessment(supplier_id=world.supplier, shared=False, **given))
    assert link not in sign_in("reviewer").get("/suppliers/MILL/R1").text
    with store.transaction() as session:
        session.add(GenderAssessment(supplier_id=world.supplier, shared=True, **given))
    assert link in sign_in("reviewer").get("/suppliers/MILL/R1").text
