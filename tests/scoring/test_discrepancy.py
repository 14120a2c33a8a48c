"""D: what workers, management, recruiters and documents say on the same topic."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.scoring.discrepancy import contradicted, discrepancies, discrepancy_score, topic_states
from mapper.scoring.indicators import NO, UNKNOWN, YES
from mapper.scoring.method_file import load_method
from mapper.scoring.results import IndicatorResult
from mapper.scoring.results_parts import Proportion

METHOD = replace(load_method().discrepancy, least_topics=1)


def workers(cases, answered, unknown=0):
    share = cases / answered if answered else None
    return Proportion(cases, answered, unknown, share, None, None, "wilson")


def gap(topic, cases=0, answered=1, unknown=0, name="gap"):
    told = Proportion(cases, answered, unknown, None, None, None, "census")
    return IndicatorResult(name, name, told, "management_gap", None, "S5_employment", (), (), topic, "T", "found", "")


def one(workers_say, **statements):
    [found] = discrepancies({"fees": workers_say}, {name: [said] for name, said in statements.items()}, METHOD)
    return found


@pytest.mark.parametrize(
    ("told", "management", "direction"),
    [
        (workers(9, 10), gap("fees"), "others_more_favourable"),
        (workers(9, 10), gap("fees", 1), "agree_problem"),
        (workers(0, 20), gap("fees"), "agree_no_problem"),
        (workers(0, 20), gap("fees", 1), "workers_more_favourable"),
        (workers(1, 10), gap("fees"), "others_more_favourable"),  # exactly one in ten
        (workers(1, 10, 1), gap("fees"), "undecided"),  # one of eleven if the unknown is a no
        (workers(0, 5, 5), gap("fees"), "undecided"),
        (workers(9, 10), gap("fees", 0, 0, 1), "not_comparable"),  # management does not know
        (workers(0, 0, 0), gap("fees"), "not_comparable"),  # nobody was asked
    ],
)
def test_each_topic_has_a_direction(told, management, direction):
    assert one(told, management=management).direction == direction


def test_a_source_that_contradicts_stands_for_the_topic_and_each_keeps_its_counts():
    found = one(workers(9, 10), management=gap("fees", 1), documents=gap("fees", 0, 3, 1))
    assert found.direction == "others_more_favourable"
    assert [(s.source, s.says, s.problems, s.known, s.unknown) for s in found.others] == [
        ("management", "problem", 1, 1, 0), ("documents", "no_problem", 0, 3, 1),
    ]  # fmt: skip


def test_recruiters_and_observation_are_shown_and_do_not_count():
    found = one(workers(9, 10), recruiter=gap("fees"), observation=gap("fees"))
    assert [said.direction for said in found.others] == ["others_more_favourable"] * 2
    assert (found.direction, found.is_paired) == ("not_comparable", False)
    assert discrepancy_score([found], METHOD) is None


def test_a_gap_that_says_nothing_on_the_matter_is_no_statement():
    assert one(workers(9, 10), management=gap("fees", 1, name="gap_fees_not_asked")).others == ()


def test_d_weighs_fees_wages_and_papers_twice():
    """Contradicted: fees (2). Compared: fees, documents_kept (2 each), housing, hours (1 each). 2 of 6."""
    told = {"fees": workers(9, 10), "documents_kept": workers(0, 20), "housing": workers(0, 20), "hours": workers(5, 9)}
    said = [gap("fees"), gap("documents_kept"), gap("housing"), gap("hours", 1)]
    found = discrepancies(told, {"management": said}, METHOD)
    assert discrepancy_score(found, METHOD) == pytest.approx(100 * 2 / 6)
    assert [topic.topic for topic in contradicted(found)] == ["fees"]


def test_with_too_few_topics_d_is_not_known_and_not_0():
    assert discrepancy_score([one(workers(9, 10), management=gap("fees"))], load_method().discrepancy) is None


def test_a_worker_reports_a_topic_with_any_of_its_indicators():
    found = np.array([[NO, YES, NO, UNKNOWN], [NO, UNKNOWN, UNKNOWN, UNKNOWN], [YES, NO, NO, NO]], np.int8)
    assert topic_states(found, {"a": [0, 1], "b": [2]}).tolist() == [[NO, YES, UNKNOWN, UNKNOWN], [YES, NO, NO, NO]]


def told(topics):
    return {name: workers(yes, yes + no, unknown) for name, (yes, no, unknown) in topics.items()}


COUNTS = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))
SAID = st.integers(0, 1)


@settings(deadline=None, max_examples=80)
@given(
    st.dictionaries(st.sampled_from(["fees", "wages", "housing", "hours", "leaving"]), COUNTS, min_size=1), st.data()
)
def test_one_more_yes_never_lowers_d(topics, data):
    said = [gap(topic, data.draw(SAID)) for topic in sorted(topics)]
    chosen = data.draw(st.sampled_from(sorted(topics)))
    yes, no, unknown = topics[chosen]
    more = {**topics, chosen: (yes + 1, no - 1, unknown) if no else (yes + 1, no, max(unknown - 1, 0))}
    if not no and not unknown:
        return
    first, second = (
        discrepancy_score(discrepancies(told(these), {"management": said}, METHOD), METHOD) for these in (topics, more)
    )
    assert first is not None
    assert second is not None
    assert second >= first


def test_every_gap_named_as_no_statement_exists_in_a_questionnaire():
    from mapper.definition import library

    method = load_method().discrepancy
    names = {i.name for given in method.sources.values() for one in given for i in library.load(one).indicators}
    assert method.not_statements <= names


def test_every_weighed_topic_is_asked_of_workers_and_of_somebody_else():
    from mapper.definition import library

    method = load_method().discrepancy
    asked = {i.topic for i in library.load("worker").indicators}
    others = {i.topic for given in method.sources.values() for one in given for i in library.load(one).indicators}
    assert method.weights.keys() <= asked & others
