"""What recruiters, documents and observation said reaches the score, in whatever language it was asked."""

from pathlib import Path

import pytest
from sqlmodel import select

from mapper.actions.findings import derived
from mapper.assessment import releases, run
from mapper.assessment.rounds import rounds_compared
from mapper.definition import library
from mapper.intake import publish
from mapper.store import database as store
from mapper.store.tables import Response, User
from tests.assessment.conftest import WORKER, World

CHECK = """
name: {name}
title: Tiny
respondent: {respondent}
languages: [en]
source: Made for the test
choices: {{answers: [{{name: "yes", label: "Yes"}}, {{name: "no", label: "No"}}]}}
questions: [{{type: select_one answers, name: held, label: Are papers kept?}}]
indicators: [{{name: gap_{name}, label: Papers kept, rule: "${{held}} = 'yes'", kind: management_gap,
              topic: documents_kept, stage: S5_employment, actor: employer, source: Test}}]
"""


@pytest.fixture
def told(world: World, tmp_path: Path) -> World:
    """The world with questionnaires for documents and recruiters, and a worker questionnaire with a topic."""
    texts = {
        "documents": CHECK.format(name="documents", respondent="auditor"),
        "recruiter": CHECK.format(name="recruiter", respondent="recruiter"),
        "manager": CHECK.format(name="manager", respondent="management"),
        "worker": WORKER.replace("ilo11: [I07], stage", "ilo11: [I07], topic: documents_kept, stage"),
    }
    for name, text in texts.items():
        path = tmp_path / f"told_{name}" / ("tiny_worker.yaml" if name == "worker" else f"{name}.yaml")
        path.parent.mkdir()
        path.write_text(text)
        world.surveys[name] = library.load(path, root=path.parent)
        with store.transaction() as session:
            publish(session, world.surveys[name])
    return world


def topic(assess):
    [score] = assess("S-1", round="R1").suppliers
    return next(one for one in score.discrepancies if one.topic == "documents_kept")


def test_a_document_check_against_what_workers_say(told, assess):
    told.fill(12, held="yes")
    told.add(survey="documents", held="no")
    found = topic(assess)
    assert (found.direction, found.workers.cases, found.workers.answered) == ("others_more_favourable", 12, 12)
    told.add(survey="documents", held="yes")  # a later check
    assert topic(assess).direction == "agree_problem"


def test_of_recruiters_each_one_counts(told, assess):
    told.fill(12)
    told.add(survey="recruiter", held="no")
    told.add(survey="recruiter", held="yes")
    [said] = topic(assess).others
    assert (said.source, said.problems, said.known, said.says) == ("recruiter", 1, 2, "problem")


def test_the_language_of_an_interview_changes_nothing(told, assess):
    told.fill(3, held="yes")
    first = assess("S-1").suppliers
    with store.transaction() as session:
        for row in session.exec(select(Response)):
            row.language = "ne"
    run.forget()
    assert assess("S-1").suppliers == first


def test_rounds_of_one_assessment_are_compared_in_their_order(told, assess):
    told.fill(30, held="yes")
    for _ in range(30):
        told.add(round="R2", moved="no", held="no", paid_anything="no")
    [found] = rounds_compared(assess("S-1"), "S-1")
    assert (found.before, found.after, found.comparable) == ("R1", "R2", True)
    assert next(one.trend for one in found.changes if one.name == "indicator:icls_c5") == "better"


def test_unreleased_rounds_are_not_compared_for_reviewers(told, assess):
    told.fill(12)
    told.add(round="R2", moved="no", held="no", paid_anything="no")
    [found] = rounds_compared(assess("S-1", audience="release"), "S-1")
    assert (found.comparable, found.changes) == (False, ())


def test_after_a_release_a_reviewer_reads_which_documents_were_not_shown_and_nothing_of_other_sources(told, assess):
    told.fill(30, held="yes")
    told.add(survey="documents", held="yes")
    told.add(survey="recruiter", held="yes")
    [before] = assess("S-1", audience="release").suppliers
    assert before.statements == {}
    with store.transaction() as session:
        auditor = User(name="auditor", role="auditor", password_hash="none")
        session.add(auditor)
        session.flush()
        prepared = releases.prepare(session, "S-1", "R1")
        releases.publish(session, prepared, prepared.digest, auditor.id)
    [after] = assess("S-1", audience="release").suppliers
    assert [*after.statements] == ["documents"]
    found = {one.key: one for one in derived(after, tuple(told.surveys.values()))}
    assert (str(found["gap:documents:gap_documents"].says), found["gap:documents:gap_documents"].count) == (
        "Papers kept", "",
    )  # fmt: skip
    assert not [key for key in found if key.startswith("gap:recruiter")]
    assert found["indicator:icls_c5"].evidence == "corroborated"


def test_what_management_denies_is_contested_whatever_another_source_admits(told, assess):
    told.fill(12, held="yes")
    told.add(survey="documents", held="yes")
    told.add(survey="manager", held="no")
    [score] = assess("S-1", round="R1").suppliers
    found = {one.key: one.evidence for one in derived(score, tuple(told.surveys.values()))}
    assert found["indicator:icls_c5"] == "contested"


def test_a_recruiter_who_admits_it_is_not_management_or_documents(told, assess):
    told.fill(12, held="yes")
    told.add(survey="recruiter", held="yes")
    [score] = assess("S-1", round="R1").suppliers
    found = {one.key: one.evidence for one in derived(score, tuple(told.surveys.values()))}
    assert found["indicator:icls_c5"] == "workers"
