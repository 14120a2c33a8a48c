"""I: a dated table that sets how many to interview and may raise a band; the sorting score; sample sizes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from mapper.scoring.inherent import Setting, inherent_risk, sample_advice
from mapper.scoring.method_file import load_method
from mapper.scoring.method_parts import InherentRow
from mapper.scoring.sorting import sorting_score

ROWS = (
    InherentRow("country", "MY", 80, 0, "T", "verify"),
    InherentRow("sector", "garment", 60, 0, "T", "verify"),
    InherentRow("corridor", "any-MY", 20, 0, "T", "verify"),
    InherentRow("corridor", "NP-any", 40, 0, "T", "verify"),
    InherentRow("corridor", "BD-MY", 90, 18_262, "T", "found"),  # from 2020-01-01
)
METHOD = replace(load_method(), inherent=ROWS)
DAY = date(2025, 3, 3)


def risk(country="MY", sector="garment", origins=("NP",), day=DAY):
    return inherent_risk(Setting(country, sector, frozenset(origins), day), METHOD)


def test_it_is_the_mean_of_what_is_known():
    assert risk().score == pytest.approx((80 + 60 + 40) / 3)
    assert risk().missing == ()


def test_of_several_corridors_the_riskiest_counts_and_a_narrow_row_goes_before_a_wide_one():
    assert [part.about for part in risk(origins=("NP", "BD")).parts] == ["MY", "garment", "BD-MY"]
    assert [part.score for part in risk(origins=("VN",)).parts] == [80, 60, 20]


def test_a_row_holds_from_its_day_on():
    assert risk(origins=("BD",), day=date(2019, 12, 31)).parts[-1].about == "any-MY"
    assert risk(origins=("BD",), day=date(2020, 1, 1)).parts[-1].about == "BD-MY"


def test_a_part_without_a_row_is_named_and_not_taken_for_no_risk():
    found = risk(country="FR", origins=())
    assert (found.score, found.missing) == (60, ("country", "corridor"))
    nothing = inherent_risk(Setting("FR", "other"), METHOD)
    assert (nothing.score, nothing.minimum) == (None, 10)


@pytest.mark.parametrize(
    ("score", "minimum"), [(None, 10), (0, 10), (39.9, 10), (40, 12), (60, 15), (70, 20), (100, 20)]
)
def test_more_risk_asks_for_more_interviews_and_never_for_fewer(score, minimum):
    assert METHOD.sample.minimum(score) == minimum


def test_a_small_site_needs_everybody_and_no_more():
    found = sample_advice(8, 12, risk(), METHOD)
    assert (found.minimum, found.short) == (12, 4)
    assert sample_advice(30, None, risk(), METHOD).to_detect == {}


def test_the_guidance_meets_somebody_affected_with_95_percent():
    for share, size in sample_advice(0, 200, risk(), METHOD).to_detect.items():
        affected = round(share * 200)
        assert hypergeom.pmf(0, 200, affected, size) <= 0.05 < hypergeom.pmf(0, 200, affected, size - 1)


def test_every_row_of_the_shipped_table_has_source_date_and_status():
    for row in load_method().inherent:
        assert row.source
        assert row.status in ("found", "verify")
        assert 0 <= row.score <= 100
        assert row.valid_from > 0


SORTING = load_method().sorting
ALL = {"W": 60.0, "F": 40.0, "D": 20.0, "M": 50.0, "I": 70.0, "Q": 90.0}


def test_the_sorting_score_is_the_weighted_sum_with_its_sensitivity():
    found = sorting_score(ALL, SORTING)
    assert found.value == pytest.approx(0.45 * 60 + 0.2 * 40 + 0.15 * 20 + 0.1 * 50 + 0.1 * 70)
    low = (0.225 * 60 + 0.2 * 40 + 0.15 * 20 + 0.1 * 50 + 0.1 * 70) / 0.775
    assert found.by_weight["W"][0] == pytest.approx(low)
    assert (found.low, found.high) == (
        min(a for a, _ in found.by_weight.values()),
        max(b for _, b in found.by_weight.values()),
    )


def test_without_worker_evidence_there_is_nothing_to_sort_by():
    assert sorting_score({**ALL, "W": None}, SORTING) is None
    assert sorting_score({**ALL, "D": None}, SORTING).missing == ("D",)


@given(st.dictionaries(st.sampled_from("WFDMI"), st.floats(0, 100), min_size=1))
def test_the_sensitivity_view_holds_the_score(components):
    found = sorting_score(components, SORTING)
    if found is not None:
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9
