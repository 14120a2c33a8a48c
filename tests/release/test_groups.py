"""Which groups may stand beside each other."""

import pytest

from mapper.release.groups import admit, candidates
from mapper.release.pool import obstacle, pooled
from mapper.release.rank import recoverable
from mapper.release.rule import Rule

RULE = Rule()


def admitted(attributes, rule=RULE, shown=()):
    number = len(next(iter(attributes.values())))
    found = admit(candidates(range(number), attributes, rule), shown, rule)
    return {group.name: len(group.members) for group in found.groups}


def repeated(**counts):
    return [value for value, number in counts.items() for _ in range(number)]


def test_a_group_needs_ten_workers():
    assert admitted({"gender": repeated(woman=25, man=9)}) == {"total": 34}
    assert admitted({"gender": repeated(woman=25, man=10)}) == {"total": 35, "gender=woman": 25, "gender=man": 10}


def test_the_rule_can_be_raised_and_never_lowered():
    assert admitted({"gender": repeated(woman=25, man=12)}, Rule(least=15)) == {"total": 37}
    with pytest.raises(ValueError, match="never lowered"):
        Rule(least=9)


def test_a_table_that_leaves_two_workers_out_loses_its_smaller_group():
    found = admitted({"gender": repeated(woman=30, man=25, another=2)})
    assert found == {"total": 57, "gender=woman": 30, "gender=rest": 27}


def test_groups_of_earlier_releases_count_as_shown():
    earlier = [frozenset(range(33))]  # 33 of the same 34 interviews
    assert admitted({"gender": repeated(woman=20, man=14)}, shown=earlier) == {"gender=woman": 20}


def test_four_groups_that_leave_two_workers_between_them_are_not_shown_together():
    """40 − 25 women − 25 Nepali + 12 Nepali women: two men from elsewhere, though each single difference is large."""
    genders = repeated(woman=25, man=15)
    corridors = ["NP-MY"] * 12 + ["BD-MY"] * 13 + ["NP-MY"] * 13 + ["BD-MY"] * 2
    found = admit(candidates(range(40), {"gender": genders, "corridor": corridors}, RULE), [], RULE)
    assert recoverable([group.members for group in found.groups], 10) == frozenset()
    assert "gender=woman&corridor=NP-MY" not in {group.name for group in found.groups}


def test_without_the_search_by_rank_those_two_would_be_found():
    whole, women = frozenset(range(40)), frozenset(range(25))
    nepali = frozenset([*range(12), *range(25, 38)])
    assert recoverable([whole, women, nepali, women & nepali], 10) == {38, 39}


def test_a_cell_of_the_two_way_table_needs_both_of_its_groups():
    found = admitted({"gender": repeated(woman=15, man=15), "corridor": ["A-B"] * 15 + ["C-B"] * 9 + ["A-B"] * 6})
    assert [name for name in found if "&" in name] == []


@pytest.mark.parametrize(
    ("parts", "visible", "why"),
    [
        ({"A": 20, "B": 20}, (), "2 suppliers"),
        ({"A": 50, "B": 20, "C": 20}, (), "more than half"),
        ({"A": 20, "B": 20, "C": 4}, ("A", "B"), "4 workers would be left"),
        ({"A": 3, "B": 3, "C": 3}, (), "9 workers"),
        ({"A": 20, "B": 20, "C": 12}, ("A", "B"), ""),
        ({"A": 20, "B": 20, "C": 4}, (), ""),
    ],
)
def test_suppliers_are_pooled_only_where_none_can_be_subtracted_out(parts, visible, why):
    first = 0
    members = {}
    for name, number in parts.items():
        members[name] = frozenset(range(first, first := first + number))
    assert why in obstacle(members, visible, RULE)
    assert (pooled(members, visible, RULE) is None) == bool(why)
