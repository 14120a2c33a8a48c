"""Percent of target, sums, shares: published values, edge cases, and properties."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.programme import figures
from mapper.programme.figures import ImpliedTarget, check_sum, gender_split, implied_target, percent


@pytest.mark.parametrize(
    ("value", "target", "shown"),
    [(17, 10, 170.0), (88.3, 80, 110.4), (220472, 20000, 1102.4), (0, 10, 0.0), (10, 0, None), (10, None, None),
     (None, 10, None), (0.05, 100, 0.1), (1, 2000, 0.1), (0.2, 0.3, 66.7)],
)  # fmt: skip
def test_percent_of_target_is_rounded_half_up_to_one_decimal(value, target, shown):
    assert percent(value, target) == shown


def test_shares_by_gender_stand_on_known_cases_and_the_unknown_share_on_all():
    split = gender_split({"woman": 718, "man": 856, "unavailable": 1368}, 2942)
    assert split.shares == {"woman": 45.6, "man": 54.4}
    assert (split.known, split.unavailable, split.unknown_share) == (1574, 1368, 46.5)


def test_who_preferred_not_to_say_is_neither_unavailable_nor_in_the_base():
    split = gender_split({"woman": 6, "man": 4, "prefer_not": 2, "unavailable": 8}, 20)
    assert split.shares == {"woman": 60.0, "man": 40.0}
    assert (split.not_said, split.unavailable, split.unknown_share) == (2, 8, 40.0)


def test_nobody_known_gives_no_share():
    split = gender_split({"unavailable": 5}, 5)
    assert (dict(split.shares), split.unknown_share) == ({}, 100.0)
    assert gender_split({"woman": 0}, 0).shares == {"woman": None}


@pytest.mark.parametrize(
    ("parts", "total", "state", "difference"),
    [({"a": 2, "b": 3}, 5, "match", 0), ({"a": 2}, 5, "short", 3), ({"a": 9}, 5, "over", -4),
     ({"a": 2, "b": None}, 5, "incomplete", 3), ({"a": 2, "b": None}, 2, "match", 0), ({"a": 2}, None, "no_total", 0),
     ({"a": 0.1, "b": 0.2}, 0.3, "match", 0)],
)  # fmt: skip
def test_parts_beside_their_total(parts, total, state, difference):
    check = check_sum(parts, total)
    assert (check.state, check.difference) == (state, difference)


@given(st.integers(1, 10**6), st.integers(1, 500))
def test_an_implied_target_is_exactly_where_the_printed_percent_comes_out(persons, printed):
    found = implied_target(float(persons), float(printed))
    assert found == _searched(persons, printed)


def _searched(persons: int, printed: int) -> ImpliedTarget | None:
    """Rounding tried out around the ends of the range: independent of the formula."""

    def gives(target: int) -> bool:
        return target > 0 and (Decimal(persons) * 100 / target).quantize(Decimal(1), ROUND_HALF_UP) == printed

    middle = persons * 100 // printed
    width = persons * 100 // (2 * printed * printed) + 3
    if width > 2000:  # too many to try: the ends suffice
        found = implied_target(float(persons), float(printed))
        assert found
        assert gives(found.least)
        assert gives(found.most)
        assert not gives(found.least - 1)
        assert not gives(found.most + 1)
        return found
    hits = [target for target in range(max(middle - 2 * width, 1), middle + 4 * width) if gives(target)]
    return ImpliedTarget(hits[0], hits[-1]) if hits else None


@pytest.mark.parametrize(("value", "printed"), [(None, 50), (10, None), (10, 0), (0, 50), (1, 67)])
def test_no_target_is_implied_where_none_can_be(value, printed):
    assert implied_target(value, printed) is None


def test_a_percent_printed_with_a_decimal_narrows_the_range():
    assert implied_target(88, 110.4) == implied_target(88.0, 110.4)
    assert figures.implied_target(1104, 110.4) == ImpliedTarget(1000, 1000)


def test_cases_per_case():
    assert figures.ratio(239, 63) == 3.79
    assert figures.ratio(239, 0) is None


@pytest.mark.parametrize(
    ("printed", "base", "possible"),
    [(53, 30, True), (52, 30, False), (50, 3, False), (33.3, 3, True), (130, 20, False)],
)
def test_whether_a_percentage_can_be_one_of_its_base(printed, base, possible):
    assert figures.can_be_percent_of(printed, base) is possible
