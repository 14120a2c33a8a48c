"""Counts and amounts: rounded, in words at the extremes, and audited together."""

import pytest

from mapper.release.audit import Figure, pinned
from mapper.release.figures import figures
from mapper.release.groups import Group, as_listed
from mapper.release.interviews import BY_CORRIDOR, Amount, Interviews, Outcome
from mapper.release.knowledge import Answers, implications, related
from mapper.release.least import Told
from mapper.release.months import means
from mapper.release.rounding import possible, shown
from mapper.release.rule import Rule

RULE = Rule()
EVERYBODY = frozenset(range(30))


@pytest.mark.parametrize(
    ("count", "base", "expected"),
    [(0, 12, (None, "few")), (2, 40, (None, "few")), (3, 40, (5, "")), (12, 40, (10, "")), (13, 40, (15, "")),
     (12, 12, (None, "most")), (8, 12, (None, "most")), (38, 40, (None, "most")), (37, 40, (35, ""))],
)  # fmt: skip
def test_counts_are_rounded_to_five_and_said_in_words_next_to_nobody_and_everybody(count, base, expected):
    assert shown(count, base, RULE) == expected


def test_groups_leave_in_the_order_of_what_is_shown_of_them_and_not_of_their_exact_size():
    women, men = (Group((("gender", name),), frozenset(range(size))) for name, size in (("woman", 19), ("man", 21)))
    assert sorted([women, men], key=lambda group: as_listed(group, RULE)) == [men, women]
    more = Group((("gender", "woman"),), frozenset(range(22)))
    assert sorted([more, men], key=lambda group: as_listed(group, RULE)) == [men, more]


@pytest.mark.parametrize("base", range(10, 60))
def test_whatever_is_shown_leaves_at_least_three_counts_open(base):
    for count in range(base + 1):
        low, high = possible(count, base, RULE)
        assert low <= count <= high
        assert high - low >= 2


def test_nothing_is_pinned_by_a_single_figure():
    assert pinned([Figure("held", EVERYBODY, 0, 2)], {"held": Answers(frozenset(), EVERYBODY)}) == []


def test_exact_counts_of_a_whole_and_its_parts_pin_everybody_in_a_part():
    part = frozenset(range(10))
    figures = [Figure("held", EVERYBODY, 10, 10), Figure("held", EVERYBODY - part, 0, 0)]
    found = pinned(figures, {"held": Answers(part, EVERYBODY)})
    assert {(len(one.members), one.state) for one in found} == {(10, "always"), (20, "never")}


def test_one_worker_is_pinned_by_figures_whose_roundings_touch():
    """8 to 12 of 40 before, 13 to 17 of the same and one more: the newcomer said yes."""
    before, newcomer = frozenset(range(40)), frozenset({40})
    figures = [Figure("paid", before, 8, 12), Figure("paid", before | newcomer, 13, 17)]
    found = pinned(figures, {"paid": Answers(frozenset(range(12)) | newcomer, before | newcomer)})
    assert [(one.members, one.state) for one in found] == [(newcomer, "always")]


def test_classes_that_fill_everybody_leave_nothing_for_another_class():
    counts = {"class:a": (13, 17), "class:b": (17, 22), "class:c": (0, 2)}
    figures = [Figure(name, EVERYBODY, *bounds) for name, bounds in counts.items()]
    answers = {
        "class:a": Answers(frozenset(range(13)), EVERYBODY),
        "class:b": Answers(frozenset(range(13, 30)), EVERYBODY),
        "class:c": Answers(frozenset(), EVERYBODY),
    }
    assert pinned(figures, answers) == []
    found = pinned(figures, answers, one_of=tuple(counts))
    assert [(one.outcome, one.state) for one in found] == [("class:c", "never")]


def test_what_implies_what_is_used_against_the_figures():
    half = frozenset(range(15))
    figures = [Figure("threat", EVERYBODY, 3, 7), Figure("held", half, 0, 0)]
    answers = {"threat": Answers(frozenset(range(20, 25)), EVERYBODY), "held": Answers(frozenset(), EVERYBODY)}
    assert {one.outcome for one in pinned(figures, answers)} == {"held"}
    assert {one.outcome for one in pinned(figures, answers, [("threat", "held")])} == {"threat", "held"}


def test_what_those_said_who_are_gone_may_not_be_given_away_either():
    """Ten who left stand between two exact counts; two of them did not know."""
    gone = frozenset(range(30, 40))
    before = Figure("held", EVERYBODY | gone, 8, 8)
    held = Answers(frozenset(), EVERYBODY, gone - {30, 31})
    assert pinned([before], {"held": held}) == []
    found = pinned([before, Figure("held", EVERYBODY, 0, 0)], {"held": held})
    assert {(one.members, one.state) for one in found} == {(EVERYBODY, "never"), (gone - {30, 31}, "always")}


def test_of_workers_in_the_same_groups_nothing_follows_for_whom_the_answer_is_unknown():
    """Three were threatened at least, two held at most, and a threat holds: so it was the one nobody knows held of."""
    figures = [Figure("threat", EVERYBODY, 3, 7), Figure("held", EVERYBODY, 0, 2)]
    threatened = frozenset({0, 1, 2})
    answers = {"threat": Answers(threatened, EVERYBODY), "held": Answers(frozenset({0, 1}), EVERYBODY - {2})}
    assert pinned(figures, answers, [("threat", "held")]) == []
    found = pinned(figures, answers, [("threat", "held")], apart=True)
    assert [(one.outcome, one.members, one.state) for one in found] == [("threat", frozenset({2}), "always")]


def test_related_questions_are_assumed_to_hang_together_unless_a_worker_shows_otherwise():
    answers = {
        "threat": Answers(frozenset({1}), EVERYBODY),
        "held": Answers(frozenset({1, 2}), EVERYBODY),
        "late": Answers(frozenset({1, 2, 3}), EVERYBODY),
    }
    questions = {"threat": frozenset({"q1", "q2"}), "held": frozenset({"q1"}), "late": frozenset({"q9"})}
    assert related(answers, questions) == [("threat", "held")]
    assert implications(answers, support=10) == []
    assert implications(answers, support=2) == [("held", "late")]
    of_one = dict.fromkeys(answers, frozenset({"q1"}))
    assert set(related(answers, of_one)) == {("threat", "held"), ("threat", "late"), ("held", "late")}
    nobody = answers | {"threat": Answers(frozenset(), EVERYBODY)}
    assert ("threat", "held") in related(nobody, questions)
    contrary = answers | {"threat": Answers(frozenset({1, 5}), EVERYBODY)}
    assert related(contrary, questions) == []


def test_a_guess_that_earlier_figures_speak_against_is_given_up_and_not_the_figures():
    """Ten are gone; of all forty eight at least were threatened and two at most held: who is threatened may go."""
    gone = frozenset(range(30, 40))
    before = [Figure("threat", EVERYBODY | gone, 8, 12), Figure("held", EVERYBODY | gone, 0, 2)]
    said = {name: Answers(frozenset(), EVERYBODY, gone) for name in ("threat", "held")}
    assert pinned(before, said, guessed=[("threat", "held")]) == []
    assert {one.state for one in pinned(before, said, implied=[("threat", "held")])} == {"never", "always"}


def told(paid, *groups):
    """What the counts of payers in these groups say."""
    counts = {members: possible(len(members & paid.keys()), len(members), RULE) for members in map(frozenset, groups)}
    return Told(tuple(Figure("fees:paid", members, *count) for members, count in counts.items()), {})


def test_a_mean_needs_a_count_that_says_that_ten_paid_and_is_rounded_to_half_a_month():
    group = Group((), EVERYBODY)
    paid = {worker: 1.0 + worker / 10 for worker in range(13)}
    [[mean], _] = means([Amount("fees", paid)], [group], RULE, EVERYBODY, told(paid, EVERYBODY))
    assert (mean.mean, mean.payers) == (1.5, 15)
    del paid[0]  # twelve reads like eight
    found, refused = means([Amount("fees", paid)], [group], RULE, EVERYBODY, told(paid, EVERYBODY))
    assert found == ()
    assert "do not say by themselves" in refused[0].why


def test_the_number_of_payers_behind_a_mean_tells_no_more_than_their_count():
    """Of thirteen all paid: shown as most of about 15; that fifteen paid would tell that all did."""
    thirteen = frozenset(range(13))
    paid = dict.fromkeys(range(13), 2.0)
    [[mean], _] = means([Amount("fees", paid)], [Group((), thirteen)], RULE, thirteen, told(paid, thirteen))
    assert mean.payers == 10


def test_a_mean_that_is_mostly_one_payment_is_not_shown():
    paid = {**dict.fromkeys(range(14), 0.5), 14: 30.0}
    found, refused = means([Amount("fees", paid)], [Group((), EVERYBODY)], RULE, EVERYBODY, told(paid, EVERYBODY))
    assert found == ()
    assert "more than half" in refused[0].why


def test_means_of_two_groups_whose_payers_differ_by_one_are_not_both_shown():
    paid = dict.fromkeys([*range(20), 25], 2.0)
    groups = [Group((), EVERYBODY), Group((("corridor", "NP-MY"),), frozenset(range(20)))]
    found, _ = means([Amount("fees", paid)], groups, RULE, EVERYBODY, told(paid, *(one.members for one in groups)))
    assert [one.group for one in found] == ["total"]


@pytest.mark.parametrize("newcomers_who_paid", [0, 5, 10])
def test_after_ten_came_the_mean_is_missing_however_many_of_them_paid(newcomers_who_paid):
    before, now = frozenset(range(40)), frozenset(range(50))
    paid = dict.fromkeys([*range(20), *range(40, 40 + newcomers_who_paid)], 2.0)
    found, _ = means([Amount("fees", paid)], [Group((), now)], RULE, now, told(paid, before, now), [("fees", before)])
    assert found == ()


@pytest.mark.parametrize(
    ("before", "is_shown"),
    [
        (range(30), True),  # the same payers: nothing is left between them
        (range(29), False),  # 19 of the 20 payers: the last one's payment would follow
        ([*range(20), 90], False),  # 90 is here no more, and may have paid
        (range(5), True),  # fifteen more have paid since
    ],
)
def test_a_mean_is_shown_again_only_where_no_few_payers_stand_between_it_and_the_one_before(before, is_shown):
    payers = dict.fromkeys([*range(19), 29], 2.0)
    counted = told(payers, EVERYBODY, before)
    groups, shown = [Group((), EVERYBODY)], [("fees", frozenset(before))]
    found, _ = means([Amount("fees", payers)], groups, RULE, EVERYBODY, counted, shown)
    assert bool(found) == is_shown


def test_what_is_listed_only_where_ten_said_yes_is_not_listed_where_ten_were_asked_and_all_did():
    ten, everybody = frozenset(range(10)), frozenset(range(40))
    met = Outcome("chain:met:agency", ten | frozenset(range(20, 35)), everybody, BY_CORRIDOR, needs_yes=True)
    said = Interviews(tuple(range(40)), {}, (met,), ())
    groups = [Group((("corridor", name),), who) for name, who in (("NP-MY", ten), ("BD-MY", everybody - ten))]
    found, audit, _ = figures(said, groups, RULE)
    assert not found
    assert audit.pinned_at_first == 10
