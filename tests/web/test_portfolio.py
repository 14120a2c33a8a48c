"""The portfolio's lines: kept, made anew only where something changed, sorted and filtered as the reader asks."""

from dataclasses import replace
from uuid import uuid4

import pytest

from mapper.assessment.portfolio import CorridorLine, Line
from mapper.language.reader import reader
from mapper.store.standings import Firm
from mapper.summary import pictures, pictures_fees
from mapper.web.review.corridors import mean_months, paid_share
from mapper.web.review.portfolio import Chosen, asked_for

NEPAL = CorridorLine("NP", "MY", 20, 20, 15, 0.75, "", 10, 3.0, 0.5, (5, 5, 5, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 2))


def line(name: str = "Alder", **changes: object) -> Line:
    firm = Firm(uuid4(), name.lower(), name, "MY", "garment", 1, 80)
    about = Line(firm, "R2", "high", False, 20, 0.1, 0.2, 0.4, 0.75, "", 3.0, 40.0, "m1", (NEPAL,), "elevated")
    return replace(about, **changes)  # type: ignore[arg-type]


def chosen(**asked: object) -> Chosen:
    nothing = Chosen("R2", "", "", "", "", "", "band", 1)
    return replace(nothing, **asked)  # type: ignore[arg-type]


def test_the_worst_band_stands_first_and_too_little_information_before_lower() -> None:
    bands = ("lower", "not_enough_information", "elevated", "critical", "high")
    shown = asked_for([line(band, band=band) for band in bands], chosen())
    assert [one.band for one in shown] == ["critical", "high", "elevated", "not_enough_information", "lower"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "ald"}, ["Alder"]),
        ({"country": "TH"}, ["Larch"]),
        ({"tier": "1"}, ["Alder", "Larch"]),
        ({"corridor": "NP-MY"}, ["Alder"]),
        ({"band": "critical"}, []),
    ],
)
def test_filters_leave_what_fits(asked: dict[str, object], found: list[str]) -> None:
    larch = line("Larch", corridors=())
    larch = replace(larch, firm=replace(larch.firm, country="TH"))
    assert [one.firm.name for one in asked_for([line(), larch], chosen(**asked))] == found


def test_an_unknown_figure_is_sorted_last_and_never_as_zero() -> None:
    shown = asked_for([line("A", months=None), line("B", months=0.0), line("C")], chosen(sort="months"))
    assert [one.firm.name for one in shown] == ["C", "B", "A"]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("elevated", "high", 1),
        ("high", "elevated", -1),
        ("high", "high", 0),
        ("not_enough_information", "high", None),
        ("", "high", None),
    ],
)
def test_change_is_said_only_between_bands_that_have_an_order(before: str, after: str, moved: int | None) -> None:
    assert line(band=after, before=before).change == moved


def test_months_of_a_corridor_are_weighted_by_payers_with_a_known_wage() -> None:
    other = replace(NEPAL, months=6.0, with_wage=30, payers=5, answered=20)
    rows = ((line(), NEPAL), (line(), other))
    assert mean_months(rows) == pytest.approx((3.0 * 10 + 6.0 * 30) / 40)
    assert paid_share(rows) == pytest.approx(20 / 40)


def test_the_distribution_counts_every_worker_once() -> None:
    shown = pictures_fees.distribution({"Nepal": [NEPAL, NEPAL]}, reader())
    assert shown["table"][0][1:7] == ["10", "10", "10", "0", "6", "4"]
    assert shown["rows"][0]["parts"] == pytest.approx([0.25, 0.25, 0.25, 0, 0.15, 0.1])


RELEASED = replace(NEPAL, distribution=(), answered=None, payers=None, months=1.5, above_cap=None, cap_words="most")


def test_a_release_shows_its_own_steps_of_cost_and_no_others() -> None:
    steps = ((0, 0.75, ""), (1, 0.5, ""), (3, None, "few"), (6, None, "few"))
    shown = pictures_fees.distribution({"Nepal": [replace(RELEASED, bore=steps)]}, reader())
    assert shown["rows"][0]["parts"] == pytest.approx([0.25, 0.25, 0.5, 0, 0, 0])
    assert shown["table"] == [["Nepal", "≈\u00a075\u00a0%", "≈\u00a050\u00a0%", "few", "few", "most"]]


def test_what_a_release_does_not_show_of_payers_is_drawn_as_not_shown_and_never_as_little() -> None:
    shown = pictures_fees.distribution({"Nepal": [replace(RELEASED, bore=((0, 0.75, ""), (3, 0.25, "")))]}, reader())
    assert shown["rows"][0]["parts"] == pytest.approx([0.25, 0, 0, 0, 0, 0.75])
    assert pictures_fees.distribution({"Nepal": [replace(RELEASED, bore=((3, 0.25, ""),))]}, reader())["table"] == []


def test_the_picture_of_means_has_a_dot_for_each_supplier_that_has_one() -> None:
    rows = ((line(), NEPAL), (line("Birch"), replace(NEPAL, months=None)), (line("Cedar"), replace(NEPAL, months=3.0)))
    shown = pictures_fees.means({"Nepal": rows}, reader())
    assert [(dot["name"], dot["at"], dot["beside"]) for dot in shown["rows"]] == [
        ("Alder", [3.0, 0], 0), ("Cedar", [3.0, 0], 1),
    ]  # fmt: skip


def test_a_supplier_without_an_interval_is_in_no_picture_of_intervals() -> None:
    shown = pictures.prevalence([line(), line("Open", low=None, is_open=True)], reader())
    assert [row["label"] for row in shown["rows"]] == ["Alder"]
