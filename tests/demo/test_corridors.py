"""Corridors over all suppliers: splitting by supplier and pooling back gives the same totals."""

import pytest

from mapper import assessment
from mapper.store import database as store

pytestmark = pytest.mark.xdist_group("demo")


def test_the_suppliers_of_a_corridor_add_up_to_it(copy) -> None:
    with store.session() as session:
        found = assessment.corridors(session, round="R1")
        alone = assessment.assess(session, round="R1").suppliers
    assert {(one.origin, one.destination) for one in found} >= {("BD", "MY"), ("NP", "MY"), ("VN", "TW")}
    for one in found:
        theirs = [c for s in alone for c in s.corridors if (c.origin, c.destination) == (one.origin, one.destination)]
        assert one.interviews == sum(c.interviews for c in theirs)
        for name in ("answered", "payers", "with_wage", "with_cap"):
            assert getattr(one.fees, name) == sum(getattr(c.fees, name) for c in theirs)
            assert getattr(one.fees, name) == sum(getattr(fees, name) for fees in one.by_supplier.values())
            assert getattr(one.fees, name) == sum(getattr(fees, name) for fees in one.by_gender.values())
        months = sum(c.fees.mean_months * c.fees.with_wage for c in theirs if c.fees.with_wage)
        assert months == pytest.approx((one.fees.mean_months or 0) * one.fees.with_wage)


def test_a_corridor_knows_the_national_rules_of_today(copy) -> None:
    with store.session() as session:
        found = {(one.origin, one.destination): one for one in assessment.corridors(session, ["alder"], "R1")}
    [ceiling] = found["BD", "MY"].rules
    assert (ceiling.amount, ceiling.currency) == (78_990, "BDT")  # 160,000 until 5 July 2022
    assert found.keys() == {("BD", "MY"), ("NP", "MY")}


def test_the_demonstration_shows_a_contradiction_and_an_inherent_risk(copy) -> None:
    with store.session() as session:
        [gorse] = assessment.assess(session, ["gorse"], "R1").suppliers
    contradicted = {one.topic for one in gorse.discrepancies if one.direction == "others_more_favourable"}
    assert {"fees", "documents_kept"} <= contradicted
    d = gorse.components["D"]  # its management denies what workers report on several topics
    assert d == pytest.approx(17.78, abs=0.005)
    assert {part.part for part in gorse.inherent.parts} == {"country", "sector", "corridor"}
    assert {one.source for topic in gorse.discrepancies for one in topic.others} >= {
        "management",
        "documents",
        "recruiter",
    }
