"""The labour supply chain map: what it shows to whom, where everything stands, and in which language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.language.reader import reader
from mapper.scoring.paths import EMPLOYER, HOME, ChainStep
from mapper.scoring.released import Released, ReleasedFigure, ReleasedGroup, ReleasedMonths, ReleasedShare
from mapper.scoring.results import ChainLink
from mapper.summary import chain_layout, text_width
from mapper.summary.chain_map import STAGE_OF_ACTOR, ChainMap, Known, of_score
from mapper.summary.chain_map_released import of_release
from mapper.summary.chain_table import tables
from mapper.summary.drawing import Box, Curve, Drawing
from tests.summary.scores import score

LINKS = (
    ChainLink("NP", "MY", 1, "sub_agent", 30, 27, 1, 2.46),
    ChainLink("NP", "MY", 2, "ra_origin", 38, 36, 12, 0.04),
    ChainLink("NP", "MY", 3, "ra_destination", 9, 0, 0, None),
)
STEPS = (
    ChainStep("NP", "MY", "home", "sub_agent", 30, 40),
    ChainStep("NP", "MY", "home", "ra_origin", 10, 40),
    ChainStep("NP", "MY", "sub_agent", "ra_origin", 28, 40),
    ChainStep("NP", "MY", "ra_origin", "employer", 31, 40),
    ChainStep("NP", "MY", "ra_origin", "ra_destination", 7, 40),
    ChainStep("NP", "MY", "ra_destination", "sub_agent", 2, 40),
)
WHOLE = ReleasedGroup("total", (), 40)
NEPAL = ReleasedGroup("corridor=NP-MY", (("corridor", "NP-MY"),), 40)
REST = ReleasedGroup("corridor=rest", (("corridor", "rest"),), 10)


def audit_map() -> ChainMap:
    return of_score(score(chain=LINKS), STEPS, {("ra_origin", "NP"): [Known("Saipal Manpower", None)]})


def released_map() -> ChainMap:
    share = ReleasedShare(NEPAL.name, 40, 30)
    figures = (
        ReleasedFigure("chain:met:sub_agent", shares=(share, ReleasedShare(REST.name, 10, 5))),
        ReleasedFigure("chain:paid:sub_agent", shares=(ReleasedShare(NEPAL.name, 40, None, "most"),)),
        ReleasedFigure("chain:step:home:sub_agent", shares=(share,)),
        ReleasedFigure("indicator:passport_kept", "Passport kept", stage="S5_employment",
                       shares=(ReleasedShare("total", 40, 10),)),
        ReleasedFigure("indicator:passport_lost", "Passport lost", stage="S5_employment",
                       shares=(ReleasedShare("total", 40, None, "few"),)),
    )  # fmt: skip
    about = {"version": 1, "decided": None, "supplier_from": None, "level": "breakdowns", "band": "high", "why": ()}
    months = (ReleasedMonths("chain:sub_agent", NEPAL.name, 30, 2.5),)
    whole = Released(**about, groups=(WHOLE, NEPAL, REST), figures=figures, months=months)
    return of_release(whole, {"passport_kept", "passport_lost"})


def words_of(shown: ChainMap, language: str = "en") -> str:
    return " ".join(line.words for line in chain_layout.draw(shown, reader(language)).lines).replace("\u00a0", " ")


def test_the_audit_team_sees_counts_amounts_recruiters_and_licences() -> None:
    said = words_of(audit_map())
    for part in ("Nepal → Malaysia", "2.5 months of wage", "paid by 90 % (27 of 30)", "receipt: 4 % (1 of 27)",
                 "Saipal Manpower:", "licence not stated"):  # fmt: skip
        assert part in said, part


def test_a_small_amount_is_no_zero_and_nobody_paid_is_no_amount() -> None:
    said = words_of(audit_map())
    assert "under 0.1 months of wage" in said
    assert "0.0" not in said


def test_a_release_shows_kinds_of_actors_rounded_shares_and_words() -> None:
    said = words_of(released_map())
    for part in ("Sub-agent", "met by ≈ 75 %", "paid by most", "≈ 2.5 months of wage", "Passport kept", "≈ 25 %"):
        assert part in said, part
    assert "Passport lost" not in said, "few is as good as nobody"


def test_the_rest_of_all_corridors_has_no_way_of_its_own() -> None:
    assert [(one.origin, one.destination) for one in released_map().corridors] == [("NP", "MY")]


def test_a_wider_ribbon_means_more_workers_and_every_step_has_one() -> None:
    curves = chain_layout.draw(audit_map(), reader("en")).curves
    assert len(curves) == len(STEPS)
    told = [f"({step.workers} of 40)" for step in sorted(STEPS, key=lambda step: -step.workers)]
    assert [curve.title.partition("\u00a0% ")[2] for curve in curves] == told, "thin ones lie on top of thick ones"
    assert [curve.width for curve in curves] == sorted((curve.width for curve in curves), reverse=True)
    assert curves[0].width > 3 * curves[-1].width


Point = tuple[float, float]


def points_of(curve: Curve) -> Iterator[Point]:
    """Along the way: the path of SVG, walked in small steps."""
    here = (0.0, 0.0)
    for letter, numbers in re.findall(r"([MCH]) ([-\d. ]+)", curve.path):
        values = [float(number) for number in numbers.split()]
        if letter == "H":
            values = [values[0], here[1]]
        ends = [here, *zip(values[::2], values[1::2], strict=True)]
        for step in range(41):
            t = step / 40
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            if letter == "C":
                yield tuple(sum(w * end[axis] for w, end in zip(weights, ends, strict=True)) for axis in (0, 1))
            elif letter == "H":
                yield here[0] + (values[0] - here[0]) * t, here[1]
        here = ends[-1]


def hidden(drawing: Drawing) -> list[tuple[Curve, Box]]:
    """Ways that come under a box somewhere else than at its edge."""
    stops = [box for box in drawing.boxes if box.css == "stop"]
    return [
        (curve, box)
        for curve in drawing.curves for box in stops
        if any(box.x + 1 < x < box.x + box.width - 1 and box.y < y + curve.width / 2 and y - curve.width / 2
               < box.y + box.height for x, y in points_of(curve))
    ]  # fmt: skip


def test_a_way_runs_past_the_boxes_that_it_has_nothing_to_do_with() -> None:
    drawing = chain_layout.draw(audit_map(), reader("en"))
    assert any(len(list(points_of(curve))) > 100 for curve in drawing.curves), "some way passes a column with a box"
    assert hidden(drawing) == []


MIDDLE = [actor for actor in STAGE_OF_ACTOR if actor not in (HOME, EMPLOYER)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from(MIDDLE), min_size=1, max_size=4, unique=True), min_size=1, max_size=9))
def test_no_way_runs_behind_a_box_and_no_box_on_another_whatever_ways_workers_went(ways: list[list[str]]) -> None:
    met = dict.fromkeys(actor for way in ways for actor in way)
    links = tuple(ChainLink("NP", "MY", 1, actor, 5, 4, 1, 1.5) for actor in met)
    steps: dict[tuple[str, str], int] = {}
    for way in ways:
        for step in zip([HOME, *way], [*way, EMPLOYER], strict=True):
            steps[step] = steps.get(step, 0) + 1
    told = [ChainStep("NP", "MY", *step, number, len(ways)) for step, number in steps.items()]
    drawing = chain_layout.draw(of_score(score(chain=links), told, {}), reader("en"))
    assert len(drawing.curves) == len(told)
    assert hidden(drawing) == []
    assert_apart([box for box in drawing.boxes if box.css == "stop"])


def test_one_worker_who_told_of_the_way_is_no_several() -> None:
    links = (ChainLink("NP", "MY", 1, MIDDLE[0], 1, 1, 1, 1.5),)
    told = [ChainStep("NP", "MY", HOME, MIDDLE[0], 1, 1), ChainStep("NP", "MY", MIDDLE[0], EMPLOYER, 1, 1)]
    lines = chain_layout.draw(of_score(score(chain=links), told, {}), reader("en")).lines
    assert any(line.words.endswith("· 1 worker told of their way") for line in lines)


def assert_apart(stops: list[Box]) -> None:
    for one, two in combinations(stops, 2):
        apart = one.x + one.width <= two.x or two.x + two.width <= one.x
        assert apart or one.y + one.height <= two.y + 0.01 or two.y + two.height <= one.y + 0.01


def test_every_share_on_a_way_has_its_denominator() -> None:
    lines = chain_layout.draw(audit_map(), reader("en")).lines
    shares = [line for line in lines if line.anchor == "middle" and line.words.endswith("%")]
    below = {(line.x, line.words) for line in lines if line.anchor == "middle" and " of 40" in line.words}
    assert len(shares) == sum(step.workers / step.told >= 0.05 for step in STEPS)
    assert {line.x for line in shares} == {x for x, _ in below}
    assert {words for _, words in below} == {f"{one.workers} of 40" for one in STEPS}


def test_on_paper_a_map_of_many_corridors_goes_on_where_a_page_ends_and_stays_as_large() -> None:
    ends = [("NP", "MY"), ("BD", "MY"), ("MM", "TH"), ("KH", "TH"), ("VN", "TW")]
    links = [replace(link, origin=origin, destination=to) for origin, to in ends for link in LINKS]
    shown = of_score(score(chain=links), [], {})
    pages = chain_layout.pages(shown, reader("en"))
    assert len(pages) > 1
    assert {page.width for page in pages} == {chain_layout.draw(shown, reader("en")).width}
    assert all(page.height <= page.width * 0.62 for page in pages)
    said = [[line.words for line in page.lines] for page in pages]
    assert all("Recruitment" in words for words in said), "each page has the heads of the lanes"
    for origin, to in ends:
        assert sum(any(reader("en").corridor(origin, to) in word for word in words) for words in said) == 1


def test_a_map_that_leaves_its_page_says_below_whose_it_is() -> None:
    drawing = chain_layout.draw(audit_map(), reader("en"))
    signed = drawing.with_foot("Alder, R2 · Audit team only · Synthetic data")
    [foot] = [line for line in signed.lines if line not in drawing.lines]
    assert drawing.height < foot.y < signed.height
    long = drawing.with_foot(" · ".join(["Superseded: a later version took the place of this release."] * 6))
    below = [line for line in long.lines if line not in drawing.lines]
    assert len(below) > 1, "what is longer than the picture goes on in a line below"
    assert below[-1].y < long.height


def test_a_mean_that_a_release_rounds_to_nothing_is_said_as_less_than_half_a_month() -> None:
    assert reader("en").mean_months(0.0) == "under 0.5"
    assert reader("en").mean_months(0.04) == "under 0.1"
    assert reader("en").mean_months(None) == "–"


@pytest.mark.parametrize("language", ["en", "ne", "ar"])
def test_boxes_do_not_overlap_and_lines_stay_inside_the_picture(language: str) -> None:
    drawing = chain_layout.draw(audit_map(), reader(language))
    assert_apart([box for box in drawing.boxes if box.css == "stop"])
    assert all(0 <= line.x <= drawing.width and 0 < line.y < drawing.height for line in drawing.lines)


def test_arabic_is_mirrored() -> None:
    drawing = chain_layout.draw(audit_map(), reader("ar"))
    assert drawing.is_rtl
    assert drawing.mirrored_x(10) == drawing.width - 10
    assert "نيبال ← ماليزيا" in words_of(audit_map(), "ar")


TEXTS = ("Recruitment agency in the country of destination", "भर्ती एजेन्सी गन्तव्य", "ធ្វើការនៅក្រៅប្រទេស" * 3)


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_broken_into_lines_that_fit_and_nothing_is_lost(text: str) -> None:
    lines = text_width.lines(text, 90, 13)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width.width(line, 13) <= 90 for line in lines)


def test_a_burmese_line_never_begins_with_the_end_of_a_syllable() -> None:
    agency = "အလုပ်အကိုင်အေဂျင်စီ"
    for most in range(40, 200, 7):
        lines = text_width.lines(agency, most, 13)
        assert "".join(lines) == agency
        assert not [line for line in lines if re.match("[\u1000-\u1021]\u1037?\u103a", line)]


def test_the_tables_beside_the_map_say_everything_that_is_drawn() -> None:
    actors, ways = tables(audit_map(), reader("en"))[:2]
    assert [row[2] for row in actors.rows] == ["Sub-agent", "Recruitment agency, origin",
                                               "Recruitment agency, destination"]  # fmt: skip
    assert actors.rows[1][-1] == "Saipal Manpower: licence not stated"
    assert actors.rows[2][-2] == "–"  # nobody paid: a mean of nothing is unknown, not zero
    assert ways.rows[0][1:] == ("Home community", "Sub-agent", "75\u00a0% (30 of 40)")
    assert len(ways.rows) == len(STEPS)


def test_the_tables_of_a_release_name_nobody_and_round() -> None:
    told = tables(released_map(), reader("en"))
    assert "Saipal" not in str(told)
    [actors] = [one for one in told if one.title == "Whom workers met"]
    assert actors.rows[0][3:5] == ("≈\u00a075\u00a0% of ≈\u00a040", "most of about 40")
    assert actors.heads[-1] == "Mean months paid", "no empty column for what a release does not name"
    assert {len(row) for row in actors.rows} == {len(actors.heads)}


@pytest.mark.parametrize(
    ("text", "measured"),
    [("သဘောတူချက်", 6.505), ("အလုပ်ကတ် ဒါမှမဟုတ် နေထိုင်ခွင့်ကတ်ကို အလုပ်ရှင် ဒါမှမဟုတ် အေးဂျင့်က သိမ်းထား", 36.358)],
)
def test_burmese_is_taken_for_no_narrower_than_it_is(text: str, measured: float) -> None:
    """Measured in Noto Sans Myanmar, in sizes of the letters."""
    assert measured <= text_width.width(text, 1) <= 1.2 * measured
