"""The guidelines of 2012: who is positive in which dimension, and what that says of the whole."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapper.scoring.classify import INDICATED, NOT_EXCLUDED, Classes, classify, scheme
from mapper.scoring.method_file import load_method, methods
from tests.scoring.test_classify import DIMENSIONS, STRENGTHS, UNKNOWN, YES, dimensional

SIDES = [
    dimensional("v", "involuntariness", "recruitment", "strong"),
    dimensional("c", "penalty", "recruitment", "medium"),
    dimensional("w", "involuntariness", "leaving", "strong"),
]


def found_in(states, indicators) -> Classes:
    by = scheme(indicators, "htshc2012", DIMENSIONS)
    return classify(np.array(states, np.int8), by, np.zeros(len(states[0]), bool))


def test_a_dimension_needs_both_sides_and_an_unknown_one_leaves_it_open():
    classes = found_in([[YES, YES, YES], [YES, UNKNOWN, 0], [0, YES, YES]], SIDES)
    sure, open_ = classes.dimensions["recruitment"]
    assert (sure.tolist(), open_.tolist()) == ([True, False, False], [False, True, False])
    assert "leaving" not in classes.dimensions


@settings(deadline=None, max_examples=60)
@given(arrays(np.int8, (len(STRENGTHS), 30), elements=st.integers(0, 2)))
def test_whoever_is_positive_in_any_dimension_is_a_case_and_nobody_else(found):
    classes = found_in(found, STRENGTHS)
    sure = np.any([one for one, _ in classes.dimensions.values()], axis=0)
    maybe = np.any([one | two for one, two in classes.dimensions.values()], axis=0)
    assert (sure == (classes.codes == INDICATED)).all()
    assert (maybe == (classes.codes <= NOT_EXCLUDED)).all()
    sizes = [one.sum() for one, _ in classes.dimensions.values()]
    assert max(sizes) <= sure.sum() <= sum(sizes)


def test_the_default_set_has_no_dimensions():
    method = load_method()
    by = scheme(STRENGTHS, method.indicator_set, method.classification)
    assert by.dimensions == {}


def test_the_methods_are_known_by_name_the_default_first():
    assert methods() == ("icls20", "htshc2012")
    assert [load_method(name).provisional for name in methods()] == [False, True]
