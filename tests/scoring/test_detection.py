"""How many to interview, against scipy's hypergeometric distribution."""

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from mapper.cli import main
from mapper.scoring.detection import by_share, detection, missed


@given(st.integers(1, 400), st.data())
def test_the_fewest_interviews_that_meet_somebody_affected(workers: int, data: st.DataObject) -> None:
    affected = data.draw(st.integers(1, workers))
    found = detection(affected, workers)
    assert 1 - found.chance == pytest.approx(hypergeom.pmf(0, workers, affected, found.interviews), abs=1e-9)
    assert found.chance >= 0.95
    assert hypergeom.pmf(0, workers, affected, found.interviews - 1) > 0.05 - 1e-12


@given(st.integers(1, 60), st.data())
def test_the_chance_of_meeting_nobody_is_exact(workers: int, data: st.DataObject) -> None:
    affected, size = data.draw(st.integers(0, workers)), data.draw(st.integers(0, workers))
    assert float(missed(size, affected, workers)) == pytest.approx(hypergeom.pmf(0, workers, affected, size), abs=1e-12)


def test_exactly_95_percent_is_enough() -> None:
    assert detection(1, 20).interviews == 19
    assert missed(19, 1, 20) == Fraction(1, 20)


def test_a_large_workforce_takes_no_time_and_nobody_affected_is_refused() -> None:
    assert detection(1, 1_000_000).interviews == 950_000
    assert detection(50_000, 1_000_000).interviews == 59
    with pytest.raises(ValueError, match="0 of 30 cannot be affected"):
        detection(0, 30)


def test_of_few_workers_a_share_is_at_least_one_of_them() -> None:
    assert [(one.affected, one.interviews) for _, one in by_share((0.05, 0.2), 4)] == [(1, 4), (1, 4)]


def test_the_command_says_how_many_and_how_sure() -> None:
    said = CliRunner().invoke(main, ["sample", "100", "--affected", "10"]).output
    assert "Interview 25 of 100" in said
    assert f"{100 * (1 - hypergeom.pmf(0, 100, 10, 25)):.1f} %" in said


def test_the_command_gives_json_with_the_least_of_the_method() -> None:
    found = json.loads(CliRunner().invoke(main, ["sample", "200", "--inherent", "75", "--json"]).stdout)
    assert found["minimum"] == 20
    assert [(row["affected"], row["interviews"]) for row in found["to_detect"]] == [(10, 51), (20, 27), (40, 13)]


def test_more_affected_than_workers_is_refused_in_words() -> None:
    answer = CliRunner().invoke(main, ["sample", "10", "--affected", "11"])
    assert answer.exit_code == 2
    assert "11 of 10 cannot be affected" in answer.output
