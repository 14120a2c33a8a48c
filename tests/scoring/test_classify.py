"""Classes of workers: the order of the rules, two distinct facts, and what stays true whatever the answers."""

from dataclasses import replace

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapper.definition.model import Indicator, Rule
from mapper.expression.parse import parse
from mapper.scoring.classify import classify, scheme
from mapper.scoring.indicators import NO, UNKNOWN, YES, convert
from mapper.scoring.method import Classification
from mapper.scoring.method_file import METHODS
from mapper.scoring.results import CLASSES

ICLS = Classification("involuntary_and_menace", frozenset({"forced_labour", "fees", "breach", "gender"}), 2, "debt")
DIMENSIONS = replace(ICLS, rule="dimension_pairs")


def indicator(name, side=None, rule=None, **more):
    tree = parse(rule or f"${{q_{name}}} = 'yes'")
    more = {
        "kind": "forced_labour" if side else "breach",
        "sets": {"icls20": name, "htshc2012": name} if side else {},
    } | more
    return Indicator(
        name=name,
        label=name,
        rule=Rule("", tree),
        source="Test",
        stage="S5_employment",
        actors=("employer",),
        side=side,
        **more,
    )


BASIC = [
    indicator("v1", "involuntariness"),
    indicator("v2", "involuntariness"),
    indicator("v3", "involuntariness"),
    indicator("strong", "involuntariness", strong=True),
    indicator("c1", "penalty"),
    indicator("debt", kind="fees"),
    indicator("late"),
    indicator("told", kind="description"),
]
PLACES = {one.name: place for place, one in enumerate(BASIC)}


def class_of(bore=False, unknown=(), indicators=BASIC, by=ICLS, **yes):
    places = {one.name: place for place, one in enumerate(indicators)}
    found = np.zeros((len(indicators), 1), np.int8)
    for name in yes:
        found[places[name], 0] = YES
    for name in unknown:
        found[places[name], 0] = UNKNOWN
    classes = classify(found, scheme(indicators, "icls20", by), np.array([bore]))
    return CLASSES[classes.codes[0]]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("FL_indicated", {"v1": 1, "c1": 1}),
        ("FL_indicated", {"v1": 1, "c1": 1, "unknown": ["v2"]}),
        ("FL_not_excluded", {"v1": 1, "unknown": ["c1"]}),
        ("FL_not_excluded", {"unknown": ["v1", "c1"]}),
        ("at_risk", {"c1": 1}),
        ("at_risk", {"strong": 1}),
        ("at_risk", {"v1": 1, "v2": 1}),
        ("at_risk", {"debt": 1, "bore": True}),
        ("other_breach", {"debt": 1}),
        ("other_breach", {"v1": 1}),
        ("other_breach", {"late": 1, "unknown": ["v1"]}),
        ("incomplete", {"unknown": ["v1"]}),
        ("incomplete", {"unknown": ["late"]}),
        ("none_reported", {}),
        ("none_reported", {"told": 1}),
        ("none_reported", {"unknown": ["told"]}),
    ],
)
def test_the_first_class_that_fits_in_the_order_of_the_table(expected, found):
    assert class_of(**found) == expected


def test_one_answer_does_not_feed_both_sides():
    both = [
        indicator("v", "involuntariness", "${withheld} = 'yes'"),
        indicator("c", "penalty", "${withheld} = 'yes'"),
        indicator("worse", "penalty", "${withheld} = 'yes' and ${as_threat} = 'yes'"),
    ]
    assert class_of(indicators=both, v=1, c=1, worse=1) == "at_risk"


def test_two_facts_behind_one_gate_are_distinct():
    gated = [
        indicator("v", "involuntariness", "${owes} = 'yes' and ${no_end} = 'yes'"),
        indicator("c", "penalty", "${owes} = 'yes' and ${threatened} = 'yes'"),
    ]
    assert class_of(indicators=gated, v=1, c=1) == "FL_indicated"


def dimensional(name, side, dimension, strength):
    return indicator(name, side, dimension=dimension, strength=strength)


STRENGTHS = [
    dimensional("rv", "involuntariness", "recruitment", "strong"),
    dimensional("rm", "involuntariness", "recruitment", "medium"),
    dimensional("rc", "penalty", "recruitment", "medium"),
    dimensional("wc", "penalty", "work_and_life", "strong"),
]


@pytest.mark.parametrize(
    ("yes", "expected"),
    [
        (("rv", "rc"), True),
        (("rm", "rc"), False),  # neither is strong
        (("rv", "wc"), False),  # not of one dimension
    ],
)
def test_the_set_of_2012_wants_one_dimension_and_one_strong_item(yes, expected):
    found = class_of(indicators=STRENGTHS, by=DIMENSIONS, **dict.fromkeys(yes, 1))
    assert (found == "FL_indicated") == expected


def test_what_was_denied_under_supervision_is_unknown_and_what_was_told_stands():
    found = np.array([[NO, NO], [YES, YES], [NO, NO]], np.int8)
    converted = convert(found, signs=np.array([True, True, False]), supervised=np.array([True, False]))
    assert converted.tolist() == [[UNKNOWN, NO], [YES, YES], [NO, NO]]
    assert found[0, 0] == NO  # the answer itself is not changed


# Without `fill` every answer is drawn for itself; otherwise most would be the same.
answers = arrays(np.int8, (len(BASIC), 40), elements=st.integers(0, 2), fill=st.nothing())
bearing = arrays(bool, 40, fill=st.nothing())


def codes(found, bore, indicator_set="icls20", by=ICLS, indicators=BASIC):
    return classify(found, scheme(indicators, indicator_set, by), bore).codes


@settings(deadline=None, max_examples=60)
@given(answers, bearing, st.integers(0, len(BASIC) - 1))
def test_more_yes_never_makes_a_class_milder(found, bore, place):
    told = found.copy()
    told[place] = np.where(told[place] == NO, YES, told[place])
    before, after = codes(found, bore), codes(told, bore)
    harmless = CLASSES.index("incomplete")  # an unknown leaves doubt, which is no milder than nothing reported
    assert (np.minimum(after, harmless) <= np.minimum(before, harmless)).all()


@settings(deadline=None, max_examples=60)
@given(answers, bearing)
def test_unknown_is_never_taken_for_no(found, bore):
    """Whatever the truth behind the unknowns, a worker counted neither as a case nor as not excluded is none."""
    worst, best = np.where(found == UNKNOWN, YES, found), np.where(found == UNKNOWN, NO, found)
    given_class = codes(found, bore)
    assert ((codes(worst, bore) == 0) == (given_class <= 1)).all()
    assert ((codes(best, bore) == 0) == (given_class == 0)).all()


@settings(deadline=None, max_examples=60)
@given(arrays(np.int8, (len(STRENGTHS), 30), elements=st.integers(0, 2)))
def test_positive_under_2012_means_positive_under_2018(found):
    nobody = np.zeros(found.shape[1], bool)
    older = codes(found, nobody, "htshc2012", DIMENSIONS, STRENGTHS) == 0
    assert (codes(found, nobody, indicators=STRENGTHS)[older] == 0).all()


@pytest.fixture(scope="module")
def published():
    rows = yaml.safe_load((METHODS / "published_prevalence.yaml").read_text("utf-8"))["published_prevalence"]
    return {row["measure"]: row["percent"] for row in rows}


def test_both_sides_together_are_fewer_than_either_and_not_their_product(published):
    """Fishing and seafood workers in Thailand (ILO survey, about 2019–20, reported by Rapid Asia): 27 % involuntary
    work, 12 % coercion, 10 % both. Here 100 workers laid out so."""
    involuntary, coerced, both = (published[name] for name in ("involuntary_work", "coercion", "both"))
    found = np.zeros((2, 100), np.int8)
    found[0, :involuntary], found[1, involuntary - both : involuntary - both + coerced] = YES, YES
    sides = [indicator("v", "involuntariness"), indicator("c", "penalty")]
    positive = int((codes(found, np.zeros(100, bool), indicators=sides) == 0).sum())
    assert positive == both == 10
    assert positive <= min(involuntary, coerced)
    assert positive != round(involuntary * coerced / 100)


def test_any_dimension_lies_between_the_largest_and_the_sum_of_all(published):
    """Nepali men back from abroad (Mak et al., BMJ Open 2017;7:e015835, n = 140): unfree recruitment 44 %, work and
    life under duress 71 %, impossibility of leaving 14 %, any of them 73 %. Laid out over 140 workers."""
    people, dimensions = 140, {"recruitment": (0, 62), "work_and_life": (3, 102), "leaving": (10, 30)}
    indicators, rows = [], []
    for dimension, (first, end) in dimensions.items():
        for side in ("involuntariness", "penalty"):
            indicators.append(dimensional(f"{dimension}_{side}", side, dimension, "strong"))
            row = np.zeros(people, np.int8)
            row[first:end] = YES
            rows.append(row)
    found, nobody = np.array(rows), np.zeros(people, bool)
    shares = []
    for place in range(3):
        alone = np.zeros_like(found)
        alone[2 * place : 2 * place + 2] = found[2 * place : 2 * place + 2]
        shares.append((codes(alone, nobody, "htshc2012", DIMENSIONS, indicators) == 0).mean())
    any_of_them = (codes(found, nobody, "htshc2012", DIMENSIONS, indicators) == 0).mean()
    assert [round(100 * share) for share in shares] == [published[name] for name in dimensions] == [44, 71, 14]
    assert round(100 * any_of_them) == published["any"] == 73
    assert max(shares) <= any_of_them <= min(1, sum(shares))
