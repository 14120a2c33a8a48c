"""The portfolio's lines: kept, made anew only where something changed, sorted and filtered as the reader asks."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.assessment.lines import CorridorLine, Line
from mapper.language.reader import reader
from mapper.store.standings import Firm
from mapper.summary import line_words, pictures, pictures_fees, pictures_months
from mapper.summary.chain_map import ChainMap, Corridor, Part, Stop
from mapper.summary.told import Told
from mapper.web.review.corridors import OF_EACH, CorridorsPage, Way, left_out, may_be_on
from mapper.web.review.portfolio import Chosen, asked_for, filters

NEPAL = CorridorLine("NP", "MY", 20, 20, 15, 0.75, "", 10, 3.0, 0.5, (5, 5, 5, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 2))


def line(name: str = "Alder", **changes: object) -> Line:
    firm = Firm(str(uuid4()), name.lower(), name, "MY", "garment", 1, 80)
    about = Line(firm, "R2", "high", False, 20, 0.1, 0.2, 0.4, 0.75, "", 3.0, 40.0, "m1", 20, corridors=(NEPAL,))
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
    alder = line()
    along = {alder.firm.id} if "corridor" in asked else frozenset()
    assert [one.firm.name for one in asked_for([alder, larch], chosen(**asked), along)] == found


def test_a_filter_that_no_supplier_could_fit_is_passed_over_and_one_that_fits_nobody_today_is_not() -> None:
    nonsense = {"band": "worst", "country": "DROP", "tier": "abc", "corridor": "x"}
    assert filters(nonsense) == {"band": "", "country": "", "tier": "", "corridor": ""}
    known = {"band": "open", "country": "TH", "tier": "7", "corridor": "NP-MY"}
    assert filters(known) == known


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


DAYS = (date(2017, 5, 3), date(2026, 5, 3))
DAY = DAYS[1]


def parts(shown: pictures.Picture, row: int = 0) -> list[tuple[float, int | None, str]]:
    return [(round(one["share"], 3), one["bin"], one["words"]) for one in shown["rows"][row]["parts"]]


def test_the_distribution_counts_every_worker_once() -> None:
    shown = pictures_months.distribution({"Nepal": [NEPAL, NEPAL]}, reader())
    assert shown["table"][0][1:7] == ["10", "10", "10", "0", "6", "4"]
    assert parts(shown) == [(0.25, 0, ""), (0.25, 1, ""), (0.25, 2, ""), (0.15, 4, ""), (0.1, 5, "")]
    assert shown["rows"][0]["parts"][0]["said"] == "25\u00a0% (10 of 40)"


RELEASED = replace(
    NEPAL, distribution=(), payers=None, months=1.5, above_cap=None, cap_words="most", with_cap=15,
)  # fmt: skip


def released(*bore: tuple[int, float | None, str, int]) -> pictures.Picture:
    return pictures_months.distribution({"Nepal": [replace(RELEASED, bore=bore)]}, reader())


def test_a_release_shows_its_own_steps_of_cost_and_where_it_has_a_word_the_word() -> None:
    shown = released((0, 0.75, "", 20), (1, 0.5, "", 20), (3, None, "few", 20), (6, None, "few", 20))
    assert parts(shown) == [(0.25, 0, ""), (0.25, 1, ""), (0.5, None, "over 3 months: few of about 20")]
    assert shown["table"] == [["Nepal", "≈\u00a075\u00a0% of ≈\u00a020", "≈\u00a050\u00a0% of ≈\u00a020",
                               "few of about 20", "few of about 20", "most of about 15"]]  # fmt: skip


@pytest.mark.parametrize("word", ["few", "most"])
def test_a_word_is_drawn_as_a_word_and_never_as_a_bar_of_nothing_or_of_everybody(word: str) -> None:
    assert parts(released((0, None, word, 20))) == [(1.0, None, f"Paid: {word} of about 20")]


def test_what_a_release_does_not_show_of_payers_is_drawn_as_not_shown_and_never_as_little() -> None:
    shown = released((0, 0.75, "", 20), (3, 0.25, "", 20))
    assert parts(shown) == [(0.25, 0, ""), *[(part, None, "paid, how much is not shown") for part in (0.5, 0.25)]]
    assert released()["table"] == [], "a picture of which nothing is known is none"


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from((0, 1, 3, 6)), st.sampled_from((None, 0.2, 0.5, 0.8))))
def test_a_bar_is_cut_only_where_the_release_has_a_number(shown: dict[int, float | None]) -> None:
    told = {months: pictures_months.Shown(share, "" if share else "few", 20) for months, share in shown.items()}
    found = list(pictures_months.pieces(told))
    assert sum(one.share for one in found) == pytest.approx(1)
    edges = {round(sum(one.share for one in found[:place]), 6) for place in range(1, len(found))}
    assert edges <= {round(1 - share, 6) for share in shown.values() if share}
    for one in found:
        assert one.step is not None or one.between


FEES = "recruitment fee; illegitimate, unreasonable or undisclosed"
OF_NEPAL = f"{FEES}; and 6 more"  # single costs of the agreement with Malaysia


def test_a_supplier_whose_mean_a_release_does_not_show_is_named_below_the_picture() -> None:
    rows = ((line(), RELEASED), (line("Birch"), replace(RELEASED, months=None)))
    assert pictures_fees.means({("NP", "MY"): rows}, reader(), DAY)["note"] == "not shown in the release: Birch"
    assert pictures_fees.means({("NP", "MY"): rows[:1]}, reader(), DAY)["note"] == ""
    with_none = pictures_fees.means({("NP", "MY"): rows[:1]}, reader(), DAY, [line("Cedar", corridors=())])
    assert with_none["note"] == "not shown in the release: Cedar"
    unshown = "not shown in the release"
    assert with_none["table"][-1] == [unshown, "Cedar", "High", *[unshown] * 4]


def test_a_corridor_names_only_suppliers_to_which_it_may_lead() -> None:
    malaysian, unknown = line(), replace(line(), firm=replace(line().firm, country=""))
    assert [may_be_on(malaysian, ends) for ends in ("", "NP-MY", "NP-TH")] == [True, True, False]
    assert may_be_on(unknown, "NP-TH")


def test_who_was_paid_little_has_a_thin_ribbon_and_a_line_of_the_table() -> None:
    """A release tells a small mean as "under 0.5": 25 payers of it paid less than 13 months together."""
    met = Part(0.8, 40, None, rounded=True)
    stops = (
        Stop("sub_agent", met, months=0.0, payers=25),
        Stop("ra_origin", met, months=3.0, payers=30),
        Stop("medical", met),
    )
    shown = ChainMap(True, (Corridor("NP", "MY", 40, stops, ()),), {}, {})
    drawn = pictures.payments(shown, reader())
    assert [(one["value"], one["said"]) for one in drawn["links"]] == [
        (pictures.THIN, "under 13 months"),
        (90.0, "≈\u00a090 months"),
    ]
    assert [row[1:] for row in drawn["table"]] == [
        ["Sub-agent", "≈\u00a025", "under 0.5"],
        ["Recruitment agency, origin", "≈\u00a030", "≈\u00a03.0"],
    ]
    assert drawn["note"].endswith("what they paid elsewhere is not in it."), "and that is read, not only heard"
    assert [one["said"] for one in drawn["nodes"]] == ["≈\u00a090 months", "under 13 months", "≈\u00a090 months"]


def test_the_table_of_means_lists_who_has_none_with_the_reason() -> None:
    none = replace(NEPAL, months=None)
    lines = (
        replace(none, payers=0),
        replace(none, payers=5),
        replace(none, answered=0),
        replace(RELEASED, months=None),
    )
    rows = tuple((line(f"S{place}"), one) for place, one in enumerate((*lines, NEPAL)))
    shown = pictures_fees.means({("NP", "MY"): rows}, reader(), DAY)
    told = {row[1]: row[3] for row in shown["table"]}
    reasons = ("Paid nothing", line_words.NO_WAGE, line_words.NO_COST, "not shown in the release")
    assert told == {"S4": "3.0", **{f"S{place}": reason for place, reason in enumerate(reasons)}}
    assert next(iter(told)) == "S4", "who has one stands first"
    assert {len(row) for row in shown["table"]} == {len(shown["heads"])}
    assert pictures_fees.means({("NP", "MY"): rows[:1]}, reader(), DAY)["table"] == [], "no dot at all is no picture"


def test_the_picture_of_means_names_every_supplier_below_its_corridor_beside_zero_and_cap() -> None:
    capped = replace(NEPAL, with_cap=20, cap_months=0.2)
    rows = ((line(), capped), (line("Birch"), replace(NEPAL, months=None)), (line("Cedar"), replace(capped, months=3)))
    shown = pictures_fees.means({("NP", "MY"): rows}, reader(), DAY)
    head, *dots = shown["rows"]
    assert (head["label"], head["about"], head["cap"]) == (
        "Nepal → Malaysia",
        f"national cap on May 3, 2026: nothing may be charged ({OF_NEPAL})",
        0.2,
    )
    assert [(dot["label"], dot["months"]) for dot in dots] == [("Alder", 3.0), ("Cedar", 3.0)], "one row for each"
    assert shown["words"]["zero"] == "standard: zero"
    many = tuple((line(f"S{number}"), NEPAL) for number in range(pictures_fees.NAMED + 1))
    [crowded] = pictures_fees.means({("NP", "MY"): many}, reader(), DAY)["rows"]
    assert len(crowded["many"]) == len(many), "too many for rows of their own share that of the corridor"


def test_the_cap_is_the_one_that_held_when_the_round_was_held() -> None:
    """Nepal's cap of 2015 held on the way to Malaysia until the agreement of 2018 left it at nothing."""
    told = [pictures_fees.means({("NP", "MY"): ((line(), NEPAL),)}, reader(), day)["rows"][0]["about"] for day in DAYS]
    assert told == [
        f"national cap on May 3, 2017: NPR\u00a010,000 ({FEES})",
        f"national cap on May 3, 2026: nothing may be charged ({OF_NEPAL})",
    ]


@pytest.mark.parametrize(
    ("ends", "mark", "told"),
    [(("PH", "TW"), 1.0, "1.0"), (("ID", "MY"), 0.0, "0.0"), (("BD", "MY"), None, pictures_fees.NO_MARK)],
)
def test_a_reviewer_sees_the_cap_of_the_law_or_why_it_is_no_number_of_months(ends, mark, told) -> None:
    one = replace(RELEASED, origin=ends[0], destination=ends[1], bore=((0, 0.75, "", 20),))
    shown = pictures_fees.means({ends: ((line(), one),)}, reader(), DAY)
    assert (shown["rows"][0]["cap"], shown["table"][0][6]) == (mark, told)
    [row] = pictures_months.distribution({"Way": [one]}, reader(), day=DAY)["rows"]
    assert row["about"].endswith(pictures_fees.NO_MARK) == (mark is None)


@pytest.mark.parametrize(
    ("ends", "bore", "mark"),
    [
        (("PH", "TW"), (), 0.5),  # a month of wage: ten of forty bore nothing, ten up to a month
        (("PH", "TW"), ((1, 0.4, "", 20),), 0.6),
        (("PH", "TW"), ((1, None, "few", 20),), None),  # a word is no place on a bar
    ],
)
def test_one_cap_in_months_is_a_mark_on_the_bar(ends, bore, mark) -> None:
    one = replace(RELEASED if bore else NEPAL, origin=ends[0], destination=ends[1], bore=bore)
    [row] = pictures_months.distribution({"Way": [one]}, reader(), day=DAY)["rows"]
    assert row["cap"] == (mark if mark is None else pytest.approx(mark))
    assert row["about"] == ("" if mark is None else f"cap: 1 × monthly wage ({FEES})")


@pytest.mark.parametrize("known", [NEPAL, RELEASED])
def test_a_cap_for_each_year_of_contract_is_no_mark_and_table_and_picture_say_why(known: CorridorLine) -> None:
    one = replace(known, origin="VN", destination="TW", bore=((0, 0.75, "", 20),) if known.rounded else ())
    shown = pictures_fees.means({("VN", "TW"): ((line(), one),)}, reader(), DAY)
    assert (shown["rows"][0]["cap"], shown["table"][0][-1]) == (None, pictures_fees.NO_LENGTH)
    [row] = pictures_months.distribution({"Way": [one]}, reader(), day=DAY)["rows"]
    assert row["cap"] is None
    for about in (shown["rows"][0]["about"], row["about"]):
        assert "for every 12 months of contract" in about
        assert about.endswith(pictures_fees.NO_LENGTH)


@pytest.mark.parametrize(
    ("about", "rounded", "said"),
    [
        ({"paid": None, "months": None}, True, ["not shown in the release"] * 2),
        ({"paid": None, "months": None, "paid_of": None}, False, [line_words.NO_COST] * 2),
        ({"paid": 0.0, "months": None, "paid_of": 20}, False, ["0 %", "Paid nothing"]),
        ({"paid": None, "months": None, "is_open": True}, True, ["Not released yet"] * 2),
    ],
)
def test_a_supplier_without_a_figure_is_told_why_and_never_as_a_dash(about, rounded, said) -> None:
    shown, told = line(corridors=(), **about), Told(reader(), rounded)
    found = [line_words.paid(shown, told), line_words.months(shown, told)]
    assert [text.replace("\u00a0", " ") for text in found] == said
    [drawn] = pictures.prevalence([shown, line()], reader(), rounded)["table"][:1]
    assert "–" not in [*drawn, line_words.corridors(shown, told), line_words.moved(shown, reader())]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_open": True}, "Not released yet"),
        ({"words": "few", "words_of": 75}, "few of about 75"),
        ({"low": 0.05, "high": None}, "≈\u00a020\u00a0%; Upper end: not shown in the release"),
        ({"share": None}, "its share is not shown in the release"),
        ({"share": None, "interviews": None}, "too few interviews to show any figure from workers"),
    ],
)
def test_a_supplier_without_an_interval_stands_in_the_picture_with_the_reason(
    changes: dict[str, object], reason: str
) -> None:
    open_one = replace(line("Open", low=None), **changes)  # type: ignore[arg-type]
    shown = pictures.prevalence([line(), open_one], reader())
    assert [(row["label"], row["words"]) for row in shown["rows"]] == [("Alder", ""), ("Open", reason)]
    assert shown["table"][1][-1] == reason


def test_a_picture_that_cannot_hold_all_suppliers_says_how_many_it_draws() -> None:
    shown = pictures.prevalence([line(f"S{number}") for number in range(pictures.MOST_ROWS + 5)], reader())
    assert len(shown["rows"]) == pictures.MOST_ROWS
    assert shown["note"] == "The first 20 of 25 suppliers are drawn; the table has them all."
    assert len(shown["table"]) == 25


def test_a_picture_of_all_corridors_says_when_it_leaves_suppliers_out() -> None:
    rows = ((line(), NEPAL),)
    page = CorridorsPage("audit", ("R2",), "R2", "", (Way(("NP", "MY"), rows, 1, NEPAL),))
    assert left_out(page, reader()) == ""
    many = replace(page, ways=(Way(("NP", "MY"), rows, OF_EACH + 1, NEPAL),))
    assert left_out(many, reader()).startswith(f"Of each corridor the {OF_EACH} suppliers")
    assert left_out(replace(many, ends="NP-MY"), reader()) == "", "its own page has them all, one after the other"
    assert replace(many, ends="NP-MY").pages == 1
    assert replace(many, ends="NP-MY", ways=(Way(("NP", "MY"), rows, 81, NEPAL),)).pages == 3
