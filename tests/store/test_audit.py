"""The audit trail: whoever changes the database without the key is found out."""

import random
from uuid import UUID

import pytest
from sqlalchemy import text

from mapper.store import audit
from mapper.store import database as store

SOMEBODY = UUID(int=7)


def write(events):
    with store.transaction() as session:
        for number in range(events):
            audit.record(session, SOMEBODY, "change", f"supplier S{number}", keys=["name"], tier=number)


def tamper(statement, **values):
    with store.transaction() as session:
        session.execute(text(statement), values)


def verdict():
    with store.session() as session:
        return audit.verify(session)


def test_an_empty_trail_is_whole(database):
    assert verdict() == audit.Verdict(0, ())


def test_an_untouched_trail_is_whole(database):
    write(20)
    assert verdict() == audit.Verdict(20, ())


def test_an_event_is_kept_exactly_when_its_transaction_is(database):
    def fails_after_the_event():
        with store.transaction() as session:
            audit.record(session, SOMEBODY, "change", "supplier S1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_after_the_event()
    write(1)
    assert verdict() == audit.Verdict(1, ())


@pytest.mark.parametrize(
    ("column", "value"),
    [("user_id", "0" * 32), ("action", "read"), ("subject", "supplier X"), ("detail", "{}"),
     ("at", "2020-01-01 00:00:00.000000"), ("previous", "0" * 64), ("sha256", "0" * 64), ("sequence", 99)],
)  # fmt: skip
def test_a_changed_column_is_found(database, column, value):
    write(9)
    tamper(f"update auditevent set {column} = :value where sequence = 5", value=value)  # noqa: S608
    assert not verdict().is_whole


@pytest.mark.parametrize("sequence", [1, 5, 9])
def test_a_removed_event_is_found_also_at_the_end(database, sequence):
    write(9)
    tamper("delete from auditevent where sequence = :sequence", sequence=sequence)
    assert not verdict().is_whole


def test_a_trail_cut_off_with_its_head_is_found(database):
    write(9)
    tamper("delete from auditevent where sequence > 6")
    tamper("update audithead set sequence = 6, sha256 = (select sha256 from auditevent where sequence = 6)")
    assert not verdict().is_whole


def test_a_trail_that_was_emptied_is_found(database):
    write(9)
    tamper("delete from auditevent")
    assert not verdict().is_whole


def test_events_that_changed_places_are_found(database):
    write(9)
    tamper("update auditevent set sequence = 100 where sequence = 3")
    tamper("update auditevent set sequence = 3 where sequence = 4")
    tamper("update auditevent set sequence = 4 where sequence = 100")
    assert not verdict().is_whole


def test_each_of_a_thousand_random_alterations_is_found(database):
    write(12)
    chance = random.Random(2026)
    missed = []
    for _ in range(1000):
        sequence, column = chance.randint(1, 12), chance.choice(("action", "subject", "sha256", "detail", "at"))
        with store.session() as session:  # never committed, so that each starts from the untouched trail
            where = f"where sequence = {sequence}"
            original = session.execute(text(f"select {column} from auditevent {where}")).scalar_one()  # noqa: S608
            place = chance.choice([at for at, sign in enumerate(original) if sign.isalnum()])
            other = chance.choice([digit for digit in "123456" if digit != original[place]])
            forged = original[:place] + other + original[place + 1 :]
            session.execute(text(f"update auditevent set {column} = :forged {where}"), {"forged": forged})  # noqa: S608
            missed += [(original, forged)] if audit.verify(session).is_whole else []
    assert missed == []
    assert verdict().is_whole
