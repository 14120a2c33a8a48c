"""Releases in the store: made once, for whom, and when again."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlmodel import col, select

from mapper.assessment import assess
from mapper.assessment.releases import NothingToRelease, NotPossible, publish
from mapper.cli.release import release as command
from mapper.intake.withdraw import withdraw
from mapper.release import content, frozen
from mapper.store import audit
from mapper.store import database as store
from mapper.store.tables import AuditEvent, Mapping, Release, ReleaseGroup, ReleasePlan, Response


def outside(buyer_id=None):
    with store.session() as session:
        return assess(session, audience="release", buyer_id=buyer_id).suppliers


def call(*arguments):
    return CliRunner().invoke(command, arguments)


def test_a_release_shows_rounded_figures_for_its_groups(world) -> None:
    world.fill(18, held="yes", moved="yes")
    world.fill(13, gender="man")
    world.release()
    [score] = outside()
    assert score.band == "critical"
    assert score.released.interviews == 30
    assert [group.name for group in score.released.groups] == [
        "total", "corridor=NP-MY", "gender=woman", "gender=man", "gender=woman&corridor=NP-MY",
        "gender=man&corridor=NP-MY",
    ]  # fmt: skip
    kept = score.released.figure("indicator:icls_c5")
    assert [(share.group, share.cases, share.words) for share in kept.shares][:2] == [
        ("total", 20, ""),
        ("corridor=NP-MY", 20, ""),
    ]
    assert score.released.share("indicator:icls_c5", "gender=man").words == "few"
    assert score.rules_fired[0].because == "About 20 of 30 workers describe indicators consistent with forced labour."


def test_a_frozen_release_can_neither_be_changed_nor_removed(world) -> None:
    world.fill(25)
    made = world.release()
    with store.transaction() as session:
        row = session.get_one(Release, made.id)
        row.content = {**row.content, "band": "critical"}
        with pytest.raises(RuntimeError, match="content may not change"):
            session.flush()
        session.rollback()
    with store.transaction() as session:
        session.delete(session.get_one(Release, made.id))
        with pytest.raises(RuntimeError, match="is frozen and stays"):
            session.flush()
        session.rollback()
    assert outside()[0].band == made.content["band"]


def test_a_release_that_was_changed_in_the_database_is_not_shown(world) -> None:
    world.fill(25)
    world.release()
    with store.engine().execution_options(writes=True).begin() as connection:
        connection.execute(text("update release set content = replace(content, 'not_enough', 'quite_enough')"))
        connection.execute(text("update release set content = replace(content, 'lower', 'critical')"))
    with pytest.raises(frozen.Altered, match="changed after it was frozen"):
        outside()


@pytest.mark.parametrize("late", [1, 9])
def test_a_few_late_interviews_make_no_new_release(world, late) -> None:
    world.fill(25)
    world.release()
    world.fill(late, held="yes", moved="yes")
    assert world.prepare().obstacle.endswith("a new one needs at least 10.")
    with pytest.raises(NotPossible):
        world.release()
    assert outside()[0].released.version == 1


def test_ten_late_interviews_make_a_new_version_and_the_old_one_stays(world) -> None:
    world.fill(25)
    world.release()
    world.fill(10, held="yes", moved="yes")
    assert world.release().version == 2
    [score] = outside()
    assert (score.released.version, score.released.interviews) == (2, 35)
    with store.session() as session:
        assert [row.superseded_by is None for row in session.exec(select(Release).order_by(Release.version))] == [
            False,
            True,
        ]


def test_a_release_says_which_questionnaires_were_answered_and_one_made_before_reads_as_it_did(world) -> None:
    world.fill(9)
    assert world.prepare().released.questionnaires is None, "that there is one would tell that somebody answered"
    world.fill(3)
    kept = content.as_json(world.prepare().released)
    assert kept["questionnaires"] == ("tiny_worker",)
    del kept["questionnaires"]
    assert content.as_json(content.restore(kept, 1, None, None, "1")) == kept


def test_withdrawn_interviews_leave_the_release_until_ten_have_changed(world) -> None:
    ids = world.fill(30, held="yes", moved="yes")
    world.release()
    for response in ids[:9]:
        with store.transaction() as session:
            withdraw(session, response)
    assert world.prepare().obstacle
    with store.transaction() as session:
        withdraw(session, ids[9])
    assert world.release().version == 2


def test_another_buyer_gets_the_very_same_release(world, buyer_of, people) -> None:
    world.fill(25)
    first = world.release()
    world.fill(4, held="yes", moved="yes")  # a release of its own would differ by these four
    second = world.release(buyer_of("other_reviewer"))
    assert second.content == first.content
    [score] = outside(people["other_reviewer"].buyer_id)
    assert score.released.interviews == 25


def test_a_buyer_learns_nothing_of_a_round_that_another_asked_for(world, people) -> None:
    world.fill(25)
    world.release()
    assert outside(people["other_reviewer"].buyer_id) == ()
    assert len(outside(people["reviewer"].buyer_id)) == 1


def test_what_was_looked_at_is_what_is_released(world) -> None:
    world.fill(25)
    looked_at = world.prepare()
    world.fill(12, held="yes", moved="yes")
    with pytest.raises(NotPossible, match="has changed since"), store.transaction() as session:
        publish(session, world.prepare(), looked_at.digest, world.auditor)


def test_the_decision_is_in_the_audit_trail_and_members_are_kept_apart(world) -> None:
    world.fill(25)
    made = world.release()
    with store.session() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "release")).one()
        assert (event.user_id, event.detail["sha256"]) == (world.auditor, made.sha256)
        assert audit.verify(session).is_whole
        groups = {row.name: len(row.members) for row in session.exec(select(ReleaseGroup))}
    assert groups["interviewed"] == groups["total"] == 25
    assert "members" not in json.dumps(made.content)


def test_after_many_withdrew_what_the_rest_said_may_still_be_told(world) -> None:
    """Whoever is gone may have said anything: earlier counts stay true without them."""
    going = world.fill(25, held="yes")
    world.fill(30)
    world.fill(1, held="")
    world.release()
    with store.transaction() as session:
        for one in session.exec(select(Response).where(col(Response.id).in_(going))):
            one.status = "withdrawn"
    with store.session() as session:
        unknown = session.exec(select(ReleaseGroup).where(ReleaseGroup.name == "unknown:indicator:icls_c5")).one()
        assert len(unknown.members) == 1  # of whom it was unknown is kept for the audit, never what anybody said
    again = world.prepare()
    assert {figure.name for figure in again.released.figures} >= {"indicator:icls_c5", "forced_labour:possible"}
    assert again.proposal.audit.pinned_at_first == 0


def test_nothing_can_be_released_of_a_round_without_interviews(world) -> None:
    with pytest.raises(NothingToRelease):
        world.prepare()


def test_the_commands_prepare_publish_and_list(world) -> None:
    world.fill(25)
    shown = call("prepare", "MILL", "R1")
    assert shown.exit_code == 0
    assert "Digest: " in shown.stdout
    assert call("publish", "MILL", "R1", "--auditor", "reviewer", "--yes").exit_code == 1
    assert call("publish", "MILL", "R1", "--auditor", "auditor", "--digest", "0" * 64, "--yes").exit_code == 1
    done = call("publish", "MILL", "R1", "--auditor", "auditor", "--yes")
    assert done.exit_code == 0, done.output
    [row] = json.loads(call("list", "--json").stdout)
    assert (row["supplier"], row["version"], row["superseded"]) == ("MILL", 1, False)
    assert row["supplier_from"] > row["decided"]


def test_a_mapping_may_ask_for_more_workers_and_never_for_fewer(world) -> None:
    world.fill(25)
    assert call("plan", "M", "--least-workers", "9").exit_code == 2
    assert call("plan", "M", "--least-workers", "15").exit_code == 0
    assert call("plan", "M", "--least-workers", "12").exit_code == 1
    assert world.prepare().released.level == "band"  # 25 interviews are fewer than twice fifteen
    world.release()
    assert "declared before the first release" in call("plan", "M", "--two-way", "gender,age_band").output


@pytest.mark.parametrize("days", [0, -1, 10**12])
def test_a_supplier_waits_a_day_at_least_whoever_asks(world, days) -> None:
    assert call("plan", "M", "--supplier-days", str(days), "--auditor", "auditor", "--yes").exit_code == 2
    with store.transaction() as session, pytest.raises(ValueError, match="waits 1 to 3650 days"):
        frozen.declare(session, "M", None, None, days, world.auditor)
    with store.transaction() as session:
        session.add(ReleasePlan(mapping_id=session.exec(select(Mapping.id)).one(), supplier_days=0))
    world.fill(12)
    assert (made := world.release()).supplier_from > made.decided.date()


def test_that_a_supplier_waits_less_is_asked_again_and_stands_in_the_audit_trail_with_who_decided(world) -> None:
    assert call("plan", "M", "--supplier-days", "60").exit_code == 0
    assert "an auditor's decision" in call("plan", "M", "--supplier-days", "7").output
    shorter = ("plan", "M", "--supplier-days", "7", "--auditor")
    assert "is no active auditor" in call(*shorter, "reviewer", "--yes").output
    asked = CliRunner().invoke(command, [*shorter, "auditor"], input="n\n")
    assert (asked.exit_code, "wait 7 instead of 60 days?" in asked.output) == (1, True)
    assert CliRunner().invoke(command, [*shorter, "auditor"], input="y\n").exit_code == 0
    with store.session() as session:
        query = select(AuditEvent).where(AuditEvent.action == "declare-release").order_by(col(AuditEvent.sequence))
        _, last = session.exec(query).all()
    assert (last.user_id, last.detail["supplier_days_before"], last.detail["supplier_days"]) == (world.auditor, 60, 7)
