"""What a second version loses is said before it is released, and to those who read it."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from mapper.language.reader import reader
from mapper.language.spoken import recognised
from mapper.release.lost import lost
from mapper.release.why import SENTENCES, Shown, why
from mapper.scoring.comparison import RoundComparison
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.released import Released, ReleasedFigure, ReleasedGroup, ReleasedMonths, ReleasedShare
from mapper.scoring.results import RuleFired
from mapper.store import database as store
from mapper.store.tables import Response
from mapper.summary import pictures_rounds, release_words
from tests.release.test_frozen import call
from tests.release.test_pages import PAGE
from tests.summary.scores import score

SHARE = ReleasedShare("total", 40, 15)
HELD = ReleasedFigure("indicator:held", "Passport kept", shares=(SHARE, ReleasedShare("gender=woman", 20, 10)))
PAID = ReleasedFigure("fees:paid", shares=(SHARE,))
WOMEN = ReleasedGroup("gender=woman", (("gender", "woman"),), 20)
MET = ReleasedFigure("chain:met:sub_agent", actors=("sub_agent",), shares=(SHARE,))
FEES, TO_AGENTS = ReleasedMonths("fees", "corridor=NP-MY", 20, 8.0), ReleasedMonths("chain:sub_agent", "total", 20, 2.0)


def released(figures=(), months=(), groups=()) -> Released:
    about = {"version": 1, "decided": None, "supplier_from": None, "level": "breakdowns", "band": "high", "why": ()}
    return Released(**about, groups=groups, figures=figures, months=months)


def test_what_would_vanish_is_counted_and_named_in_the_readers_language() -> None:
    whole_left = ReleasedFigure(HELD.name, HELD.label, shares=(SHARE,))
    before = released((HELD, MET, PAID), (FEES, TO_AGENTS), (WOMEN,))
    found = lost(before, released((whole_left,)))
    assert release_words.what_is_lost(found, reader("en")) == (
        "Labour supply chain map",
        "Means in months of wage: 1 of 1",
        "Counts: 2 of 3",
    )
    assert list(release_words.names_of_lost(found, reader("en"))) == [
        ("Every figure", "Women"),
        ("Mean months of wage", "Nepal → Malaysia"),
        ("Paid for the job and were not repaid in full", "All interviewed"),
    ]
    assert list(release_words.names_of_lost(found, reader("ne")))[1] == ("तलबका औसत महिना", "नेपाल → मलेसिया")


def test_numbers_that_differ_are_no_loss() -> None:
    other = ReleasedFigure(HELD.name, HELD.label, shares=(ReleasedShare("total", 35, 5), HELD.shares[1]))
    assert not lost(released((HELD,)), released((other, MET)))


@pytest.fixture
def second(world):
    """A release with a map, of which fifteen who walked that way have withdrawn since."""
    way = [{"chain_actor": "sub_agent", "chain_paid": "yes", "chain_receipt": "no"}]
    going = world.fill(15, recruitment_chain=way, held="yes")
    world.fill(30, recruitment_chain=way)
    world.release()
    with store.transaction() as session:
        for one in session.exec(select(Response).where(col(Response.id).in_(going))):
            one.status = "withdrawn"
    return world


def test_the_auditor_reads_before_the_tick_what_a_second_version_loses(second, sign_in) -> None:
    page = sign_in("auditor").get(PAGE).text
    warned, ticked = page.index("it would no longer show:"), page.index('name="sure"')
    assert warned < ticked
    assert "Labour supply chain map" in page[warned:ticked]
    shown = call("prepare", "MILL", "R1").stdout
    assert re.search(r"No longer shown, compared with version 1 of [\d-]+: Labour supply chain map", shown)


def test_a_reader_of_a_second_version_learns_what_it_took_the_place_of(second, sign_in) -> None:
    reviewer = sign_in("reviewer")
    assert "takes the place" not in reviewer.get("/suppliers/MILL/R1").text
    second.release()
    page = reviewer.get("/suppliers/MILL/R1").text
    assert re.search(r"Version 2 of [^;]+; it takes the place of version 1 of", page)
    assert "no sign of change" in page
    printed = reviewer.get("/suppliers/MILL/R1/summary").text
    assert "version 2, " in printed, "whoever keeps it knows which it is"
    assert "no sign of change" in printed


def test_the_version_before_stays_readable_as_it_was_marked_on_page_print_and_file(second, sign_in) -> None:
    reviewer, here = sign_in("reviewer"), "/suppliers/MILL/R1"
    before = facts_of(reviewer.get(here).text)
    assert 'id="map"' in before
    second.release()
    now = reviewer.get(here).text
    assert 'id="map"' not in now
    assert "Superseded" not in now
    assert f'href="{here}?version=1"' in now
    then = reviewer.get(f"{here}?version=1").text
    assert facts_of(then) == before, "nothing of what holds now is mixed in"
    assert then.count("Superseded") == 1
    assert f"{here}/summary?version=1" in then
    marked = re.compile(r"Version 1 was released on [^.<]+\. Superseded: a later version took the place")
    assert marked.search(then)
    printed = reviewer.get(f"{here}/summary?version=1").text
    assert marked.search(printed)
    assert "version 1, " in printed
    picture = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", reviewer.get(f"{here}/map.svg?version=1").text))
    assert marked.search(picture)
    book = load_workbook(BytesIO(reviewer.get("/suppliers/mapping-summary.xlsx?supplier=MILL&round=R1&version=1").data))
    assert marked.search(book["Cover"]["B3"].value)
    feet = [sheet.oddFooter.left.text for sheet in book.worksheets[1:]]
    assert all(marked.search(foot) and len(foot) <= 255 for foot in feet)


def test_why_this_band_is_told_of_the_version_that_was_asked_for(second, sign_in) -> None:
    reviewer, trace = sign_in("reviewer"), "/suppliers/MILL/R1/trace"
    second.release()
    then, now = (reviewer.get(trace + asked).text for asked in ("?version=1", ""))
    assert "Version 1 of the release" in then
    assert "Superseded" in then
    assert "/R1/why-this-band.pdf?version=1" in then
    assert "Version 2 of the release" in now
    assert "Superseded" not in now
    for page in ("", "/discrepancies"):
        assert "Superseded" in reviewer.get(f"/suppliers/MILL/R1{page}?version=1").text


@pytest.mark.parametrize("version", ["1", "x"])
def test_the_teams_own_figures_have_no_versions(second, sign_in, version) -> None:
    auditor = sign_in("auditor")
    for page in ("", "/summary", "/trace", "/discrepancies", "/map.svg"):
        assert auditor.get(f"/suppliers/MILL/R1{page}?version={version}").status_code == 404
    assert sign_in("reviewer").get(f"/suppliers/mapping-summary.xlsx?version={version}").status_code == 404


def facts_of(page: str) -> str:
    """A supplier's page from its facts on, wherever its links lead and without the tokens of its forms."""
    shown = page[page.index('<dl class="facts">') : page.index("</main>")]
    return re.sub(r'(\?|&amp;)version=1|name="csrf_token" value="[^"]+"', "", shown)


@pytest.mark.parametrize(
    ("who", "version", "status"),
    [("reviewer", "1", 200), ("reviewer", "3", 404), ("other_reviewer", "1", 404), ("supplier", "1", 403)],
)
def test_an_earlier_version_is_read_by_the_buyer_to_whom_it_was_released(second, sign_in, who, version, status) -> None:
    second.release()
    for page in ("", "/summary", "/trace", "/discrepancies"):
        assert sign_in(who).get(f"/suppliers/MILL/R1{page}?version={version}").status_code == status


def test_what_is_kept_back_and_why_is_said_by_name_in_the_readers_language(world, sign_in) -> None:
    """Names of groups and figures are words, not codes; the numbers in reasons are the language's own."""
    world.fill(25)
    world.fill(3, gender="another")
    auditor = sign_in("auditor")
    english = auditor.get(PAGE).text
    kept = english[english.index("Kept back") :]
    assert "Another gender" in kept
    assert "Workers: 3; at least 10 are needed" in kept
    assert "gender=another" not in kept
    burmese = auditor.get(PAGE + "?lang=my").text
    assert "gender=" not in burmese
    assert "Nothing was found that would put" in english, "why the band is what it is"
    assert "Nothing was found that would put" not in burmese


def test_once_released_the_auditor_still_reads_what_is_kept_back_while_the_interviews_are_the_same(
    world, sign_in
) -> None:
    ids = world.fill(25)
    world.fill(3, gender="another")
    auditor, reason = sign_in("auditor"), "Workers: 3; at least 10 are needed"
    assert '<h2 class="divider">What would be shown</h2>' in auditor.get(PAGE).text
    world.release()
    frozen = auditor.get(PAGE).text
    assert reason in frozen
    assert '<h2 class="divider">Released</h2>' in frozen
    assert "What would be shown" not in frozen
    with store.transaction() as session:
        session.exec(select(Response).where(Response.id == ids[0])).one().status = "withdrawn"
    assert reason not in auditor.get(PAGE).text, "it is not the list of those who were released"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (8.0, None, "Mean months of wage: ≈\u00a08.0 in round R1; not shown for the other round."),
        (None, 8.0, "Mean months of wage: ≈\u00a08.0 in round R2; not shown for the other round."),
        (None, None, "Mean months of wage: not shown for either round."),
        (8.0, 7.0, "Mean months of wage: ≈\u00a08.0, then ≈\u00a07.0"),
    ],
)
def test_a_mean_that_one_release_keeps_back_does_not_read_like_a_fall(before, after, said) -> None:
    compared = RoundComparison("MILL", "R1", "R2", True, months_before=before, months_after=after)
    assert pictures_rounds.months(compared, reader(), is_release=True) == said


def test_what_is_released_of_a_group_is_shown_on_the_page_in_print_and_in_the_workbook(world, sign_in) -> None:
    world.fill(25)
    unavailable = ReleasedGroup("gender=unavailable", (("gender", "unavailable"),), 15)
    way = ReleasedGroup("corridor=NP-MY", (("corridor", "NP-MY"),), 35)
    both = ReleasedGroup("gender=woman&corridor=NP-MY", (("gender", "woman"), ("corridor", "NP-MY")), 20)
    groups = (ReleasedGroup("total", (), 40), WOMEN, way, unavailable, both)
    shares = tuple(ReleasedShare(group.name, group.base, group.base - 5) for group in groups)
    means = tuple(ReleasedMonths("fees", group.name, 20, place + 1.5) for place, group in enumerate(groups))
    shown = released((ReleasedFigure("fees:paid", shares=shares),), means, groups)
    world.show(replace(shown, interviews=40, quality="good"))
    reviewer = sign_in("reviewer")
    book = load_workbook(BytesIO(reviewer.get("/suppliers/mapping-summary.xlsx").data))["Fees and costs"]
    told = {row[2]: row for row in book.iter_rows(values_only=True)}
    assert told["Women"][3:6] == (20, 15, 2.5)
    assert told["Breakdown unavailable"][3:6] == (15, 10, 4.5)
    assert list(told)[-5:] == [
        "All interviewed", "Nepal → Malaysia", "Women", "Breakdown unavailable", "Women, Nepal → Malaysia",
    ]  # fmt: skip
    for page in ("/suppliers/MILL/R1", "/suppliers/MILL/R1/summary"):
        costs = reviewer.get(page).text
        costs = costs[costs.index('<section id="costs"') :].partition("</section>")[0]
        assert re.search(r">Women</t[hd]>.*≈\s2\.5<", costs, re.DOTALL), page
        assert re.search(r">Breakdown unavailable</t[hd]>.*≈\s4\.5<", costs, re.DOTALL), page


def test_a_supplier_whose_release_shows_no_corridor_is_named_where_corridors_are(world, sign_in) -> None:
    world.fill(25)
    world.show(replace(released((PAID,), groups=(ReleasedGroup("total", (), 40),)), interviews=40, quality="good"))
    reviewer = sign_in("reviewer")
    assert "not shown in the release: Mill" in reviewer.get("/corridors/").text
    line = reviewer.get("/suppliers/").text
    assert "<td><small>not shown in the release</small></td>" in line
    assert "not shown in the release: Mill" not in sign_in("auditor").get("/corridors/").text


@pytest.mark.parametrize("word", ["", "few"])
def test_a_band_whose_counts_are_left_out_is_not_said_to_rest_on_few(word) -> None:
    """Nor may the two read differently: that would tell which rule gave the band."""
    cases = (ReleasedFigure("class:FL_indicated", shares=(ReleasedShare("total", 40, None, word),)),) if word else ()
    grave = score(band="critical", rules_fired=(RuleFired("critical", "Because"),))
    said = why(grave, load_method(DEFAULT), Shown(cases, ()))
    assert said == ("not shown in the release",)
    assert recognised(said[0], SENTENCES) == said[0]
