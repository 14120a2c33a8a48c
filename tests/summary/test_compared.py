"""What workers say beside what others say: the audit team sees the answers, everybody else the release alone."""

from dataclasses import replace
from datetime import date

import pytest

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.language.reader import reader
from mapper.scoring.method_file import load_method
from mapper.scoring.released import Released, ReleasedFigure, ReleasedShare
from mapper.scoring.results import InterviewQuality
from mapper.scoring.results_parts import SOURCES, Statement, TopicDiscrepancy
from mapper.summary.compared import compared, discrepancies, released_discrepancies, rule, statement_words
from mapper.summary.model import Summary
from mapper.summary.parts import good_practice, process
from mapper.summary.pictures import WHOM, Picture, heat
from mapper.summary.released import ReleasedPart
from mapper.summary.sections import sections
from mapper.summary.stage_map import released_map
from mapper.summary.unshown import harms, later, part_of, unshown
from mapper.summary.wording import CLASSES, DIRECTIONS
from mapper.summary.workbook import tables_of
from tests.summary.scores import indicator, proportion, score, summary

METHOD = load_method("icls20").discrepancy  # workers report a problem from ten in a hundred on
SURVEYS = (library.load("worker"),)
KEPT = next(one.name for one in SURVEYS[0].indicators if one.topic == "documents_kept")  # one of several
SIGNED = next(one.name for one in SURVEYS[0].indicators if one.topic == "contract_substitution")  # the only one


def outside(share: ReleasedShare | None, *management, name: str = KEPT):
    """What a reviewer sees: one figure about 80 workers, of kept documents usually, and what management says."""
    figures = (ReleasedFigure(f"indicator:{name}", shares=(share,)),) if share else ()
    released = Released(
        version=1, decided=None, supplier_from=None, level="breakdowns", band="high", why=(), interviews=80,
        figures=figures,
    )  # fmt: skip
    seen = score(indicators=(), management=management, withheld=("indicators",), released=released, discrepancies=())
    return compared(seen, SURVEYS, METHOD, reader("en"))


def gap(is_there: bool):
    return indicator("m_documents", topic="documents_kept", proportion=proportion(int(is_there), 1, 0))


@pytest.mark.parametrize(
    ("share", "is_there", "direction"),
    [
        (ReleasedShare("total", 80, 30), False, "others_more_favourable"),
        (ReleasedShare("total", 80, 30), True, "agree_problem"),
        (ReleasedShare("total", 80, None, "most"), False, "others_more_favourable"),
        (ReleasedShare("total", 80, None, "few"), False, "undecided"),  # of the topic's other problems nothing is known
        (ReleasedShare("total", 75, 15), False, "others_more_favourable"),  # at least 13 of 82
        (ReleasedShare("total", 80, 10), False, "undecided"),  # 8 of 82 would be fewer, since both are rounded
    ],
)
def test_a_released_share_is_compared_with_what_management_says_as_far_as_rounding_allows(share, is_there, direction):
    assert [one.direction for one in outside(share, gap(is_there)).topics] == [direction]


@pytest.mark.parametrize(
    ("share", "is_there", "direction"),
    [
        (ReleasedShare("total", 80, None, "few"), False, "agree_no_problem"),  # 2 of 78, and 4 of whom it is unknown
        (ReleasedShare("total", 80, None, "few"), True, "workers_more_favourable"),
        (ReleasedShare("total", 75, None, "few"), False, "undecided"),  # of nine it may be unknown
        (ReleasedShare("total", 80, 5), False, "undecided"),
    ],
)
def test_workers_report_none_only_where_the_whole_topic_was_released_and_the_unknown_do_not_decide(
    share, is_there, direction
):
    own = indicator("m_contract", topic="contract_substitution", proportion=proportion(int(is_there), 1, 0))
    assert [one.direction for one in outside(share, own, name=SIGNED).topics] == [direction]


def test_outside_the_audit_team_only_management_stands_beside_what_was_released():
    found = outside(ReleasedShare("total", 80, 30), gap(False))
    assert found.sources == ("management",)
    left = sum(one.topic == "documents_kept" for one in SURVEYS[0].indicators) - 1
    assert [one.workers for one in found.topics] == [f"about 30 of 80; not shown in the release: {left}"]


def test_a_topic_that_management_left_open_is_not_compared():
    open_ = indicator("m_documents", topic="documents_kept", proportion=proportion(0, 0, 1))
    assert outside(ReleasedShare("total", 80, 30), open_).topics == ()
    assert outside(ReleasedShare("total", 80, 30)).topics == ()
    assert outside(None, gap(False)).topics == ()


def test_the_worst_that_management_says_of_a_topic_stands_for_it():
    other = indicator("m_passports", topic="documents_kept", proportion=proportion(0, 1, 0))
    [topic] = outside(ReleasedShare("total", 80, 30), other, gap(True)).topics
    said = topic.others["management"]
    assert (said.says, said.problems, said.known) == ("problem", 1, 2)
    assert statement_words(said, reader("en")) == "a problem (1\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}2)"


def test_few_of_a_topic_a_stage_or_a_place_are_not_told_where_the_release_leaves_out_another_problem():
    """The one that is left out may be what nearly everybody reports."""
    [topic] = outside(ReleasedShare("total", 80, None, "few"), gap(False)).topics
    assert topic.workers.startswith("not shown in the release: ")
    asked = replace(SURVEYS[0], indicators=tuple(one for one in SURVEYS[0].indicators if one.stage == "S1_recruitment"))
    first, *others = harms((asked,))
    few = [(f"indicator:{one.name}", one) for one in (first, *others)]
    figures = tuple(
        ReleasedFigure(name, one.label, one.kind, one.stage, one.actors, (ReleasedShare("total", 40, None, "few"),))
        for name, one in few
    )
    paid = ReleasedFigure("fees:paid", shares=(ReleasedShare("total", 40, None, "few"),))
    left = f"not shown in the release: {len(others)}"
    assert at_recruitment(asked, (figures[0], paid)) == left
    assert at_recruitment(asked, figures) == "not shown in the release: 1"
    assert at_recruitment(asked, (*figures, paid)) == "Few or none reported a problem."
    cells = released_map(of_figures(figures[:1]), (asked,))
    assert {cell.share for cell in cells if cell.unshown} == {None}
    assert {(one.stage, actor) for one in others for actor in one.actors} <= {(c.stage, c.actor) for c in cells}
    assert not any(cell.unshown for cell in released_map(of_figures(figures), (asked,)))
    drawn = heat(cells, reader("en"), True)
    assert drawn["note"] == f"{WHOM} –: not shown in the release"
    assert not any("few" in row[2] for row in drawn["table"] if "not shown" in row[3])


@pytest.mark.parametrize("share", [ReleasedShare("total", 40, None, "few"), ReleasedShare("total", 40, 25)])
def test_one_withheld_harm_of_a_place_is_enough_to_call_nothing_there_few_or_most_frequent(share):
    """Unless it stands in a questionnaire that no worker has answered."""
    one, other = (replace(each, stage="S1_recruitment", actors=("employer",)) for each in harms(SURVEYS)[:2])
    asked, unasked = (replace(SURVEYS[0], name=name, indicators=(each,)) for name, each in (("a", one), ("b", other)))
    figures = (ReleasedFigure(f"indicator:{one.name}", one.label, one.kind, one.stage, one.actors, (share,)),)
    seen = replace(of_release(*figures, ReleasedFigure("fees:paid", shares=(FEW,))), surveys=(asked, unasked))
    whole, withheld = replace(seen, in_use=frozenset({"a"})), replace(seen, in_use=frozenset({"a", "b"}))
    label, left = reader("en").label(one.label), "not shown in the release: 1"
    assert (said_of_place(whole), left in said_of_stage(whole)) == (label if share.cases else "", False)
    assert said_of_place(withheld) == (f"{label}; {left}" if share.cases else left)
    assert left in said_of_stage(withheld)
    assert "Few or none" not in said_of_stage(withheld)
    mark = "…" if share.cases else "–"
    assert drawn_of(withheld)["note"] == f"{WHOM} {mark}: not shown in the release"
    assert (drawn_of(withheld)["rows"][0]["more"] == "…", drawn_of(whole)["rows"][0]["more"]) == (bool(share.cases), "")
    assert drawn_of(whole)["note"] == WHOM


FEW = ReleasedShare("total", 40, None, "few")


def of_release(*figures: ReleasedFigure, management: tuple = ()) -> Summary:
    one = score(indicators=(), management=management, withheld=("indicators",), released=of_figures(figures))
    return summary(one, audience="release")


def said_of_place(seen: Summary) -> str:
    [row] = drawn_of(seen)["table"]
    return row[3]


def drawn_of(seen: Summary) -> Picture:
    [one] = seen.assessment.suppliers
    return heat(released_map(one.released, part_of(one.released, seen)), reader("en"), True)


def said_of_stage(seen: Summary) -> str:
    [row] = process(seen, reader("en")).rows
    return row[4]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (("few", "few"), ["Few or none reported a problem."]),
        (("few", 20), []),  # management says that all is well, and half of the workers do not
        (("few", None), []),
        ((None, None), []),
    ],
)
def test_of_a_release_it_is_good_practice_only_where_every_problem_of_the_topic_is_shown_with_few(shares, said):
    one, other = (replace(each, topic="documents_kept") for each in harms(SURVEYS)[:2])
    figures = (
        ReleasedFigure(f"indicator:{each.name}", shares=(FEW if share == "few" else ReleasedShare("total", 40, share),))
        for each, share in zip((one, other), shares, strict=True)
        if share
    )
    seen = replace(
        of_release(*figures, management=(gap(False),)), surveys=(replace(SURVEYS[0], indicators=(one, other)),)
    )
    assert [row[-1] for row in good_practice(seen, reader("en")).rows] == said


ALL_WELL = TopicDiscrepancy("documents_kept", proportion(0, 20, 0), False, (), "agree_no_problem", 1.0)
SHOWN_TO_BE_WEAK = replace(Released(
    version=1, decided=None, supplier_from=None, level="breakdowns", band="high", why=(), interviews=40,
), quality="weak")  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["0 of 20 report a problem"]),
        ({"band": "not_enough_information"}, []),
        ({"quality": InterviewQuality(1.7, 0.1, 0.9, 1.0, {})}, []),
        ({"released": SHOWN_TO_BE_WEAK}, []),
    ],
)
def test_silence_is_no_good_practice_where_the_interviews_are_weak_or_too_few(changes, said):
    one = score(discrepancies=(ALL_WELL,), management=(gap(False),), **changes)
    seen = summary(one)
    assert [row[-1] for row in good_practice(seen, reader("en")).rows] == said
    part = next(each for each in sections(seen, one, None, reader("en")) if each.name == "good_practice")
    assert said or part.empty == "Not enough information never means low risk."


def test_where_topics_were_compared_and_none_is_well_nobody_reads_that_nothing_was_compared():
    one = score(discrepancies=(replace(ALL_WELL, workers=proportion(9, 20, 0)),), management=(gap(False),))
    part = next(each for each in sections(summary(one), one, None, reader("en")) if each.name == "good_practice")
    assert (part.is_empty, part.empty) == (True, "Nothing to show.")


@pytest.mark.parametrize(("points", "said"), [(1, "No gap in 1 point."), (2, "No gap in 2 points.")])
def test_one_point_is_no_several(points, said):
    seen = summary(score(discrepancies=(ALL_WELL,), management=(gap(False),) * points))
    assert [row[-2] for row in good_practice(seen, reader("en")).rows] == [said]


@pytest.mark.parametrize(("points", "said"), [(1, "Gap in 1 of 1 point:"), (2, "Gaps in 2 of 2 points:")])
def test_a_gap_in_one_point_is_no_several(points, said):
    found = process(summary(score(management=(gap(True),) * points)), reader("en"))
    assert any(str(row[3]).startswith(said) for row in found.rows)


def test_a_release_tells_how_good_the_interviews_were():
    one = score(indicators=(), withheld=("indicators",), released=SHOWN_TO_BE_WEAK)
    seen = summary(one, audience="release")
    part = next(each for each in sections(seen, one, None, reader("en")) if each.name == "quality")
    assert [table.rows for table in part.tables] == [((40, "weak"),)]
    assert [table.name for table in tables_of(seen)].count("released_quality") == 1


def test_a_class_of_workers_that_a_release_leaves_out_is_not_passed_over():
    told = dict(ReleasedPart(of_figures((ReleasedFigure("class:at_risk", shares=(FEW,)),))).headline)
    assert told == dict.fromkeys(CLASSES.values()) | {CLASSES["at_risk"]: FEW}


def test_where_a_release_shows_nothing_it_is_said_that_this_is_no_sign_of_low_risk():
    seen = of_release()
    told = {each.name: each.empty for each in sections(seen, seen.assessment.suppliers[0], None, reader("en"))}
    assert {told["costs"], told["rights"]} == {"None that may be shown, that is: this is no sign of low risk."}
    assert told["good_practice"] == "Nothing could be compared."


def test_a_module_that_was_added_since_was_no_part_of_the_release():
    """It is neither left out nor is it known what workers say of it."""
    [whole] = SURVEYS
    asked = replace(whole, indicators=tuple(one for one in whole.indicators if one.stage == "S1_recruitment"))
    *early, late = harms((asked,))
    figures = tuple(
        ReleasedFigure(name, "", "fees", one.stage, (), (ReleasedShare("total", 40, None, "few"),))
        for name, one in (*((f"indicator:{one.name}", one) for one in early), ("fees:paid", late))
    )
    released = replace(of_figures(figures), decided=date(2026, 5, 1))
    since = {one.name: date(2026, 5, 1) for one in early} | {late.name: date(2026, 5, 2)}
    one = score(indicators=(), management=(), withheld=("indicators",), released=released)
    seen = replace(summary(one, audience="release"), surveys=(asked,), asked_since=since)
    [row] = process(seen, reader("en")).rows
    assert row[4] == "Few or none reported a problem. (not part of the release: 1)"
    assert later(released, seen) == (late,)
    assert not any(cell.unshown for cell in released_map(released, part_of(released, seen)))
    [row] = process(replace(seen, asked_since=None), reader("en")).rows
    assert row[4] == "not shown in the release: 1"
    unasked = replace(seen, in_use=frozenset())
    assert unshown(released, part_of(released, unasked)) == later(replace(released, figures=()), unasked) == ()


def of_figures(figures: tuple[ReleasedFigure, ...]) -> Released:
    return Released(
        version=2, decided=None, supplier_from=None, level="breakdowns", band="high", why=(), interviews=40,
        figures=figures,
    )  # fmt: skip


def at_recruitment(asked: Survey, figures: tuple[ReleasedFigure, ...]) -> str:
    return said_of_stage(replace(of_release(*figures), surveys=(asked,)))


@pytest.mark.parametrize(
    ("share", "is_there", "said"),
    [
        (ReleasedShare("total", 80, 30), False, "A problem: Workers; No problem: Management"),
        (ReleasedShare("total", 80, 30), True, "A problem: Workers, Management"),
        (ReleasedShare("total", 80, None, "few"), True, "A problem: Management; Undecided: Workers"),
    ],
)
def test_it_is_said_who_says_what(share, is_there, said):
    [topic] = outside(share, gap(is_there)).topics
    assert "; ".join(topic.voices(reader("en"))) == said


def test_of_five_voices_those_that_count_are_named_and_both_names_nobody():
    said = [
        Statement(source, 0, 2, 0, "no_problem", "agree_no_problem", source in METHOD.counted) for source in SOURCES
    ]
    topics = (TopicDiscrepancy("wages", proportion(0, 40, 0), False, tuple(said), "agree_no_problem", 1.0),)
    one = score(discrepancies=topics)
    [topic] = compared(one, SURVEYS, METHOD, reader("en")).topics
    assert topic.voices(reader("en")) == ("No problem: Workers, Management, Documents",)
    [row] = discrepancies(summary(one), reader("en")).rows
    assert row.count("no problem (0\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}2)") == len(SOURCES)
    assert not any("Both" in words for words in DIRECTIONS.values())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_rule_by_which_a_voice_counts_is_named_with_its_numbers(language):
    read, one = reader(language), score(discrepancies=())
    for table in (discrepancies(summary(one), read), released_discrepancies(summary(one, audience="release"), read)):
        assert read.percent(METHOD.least_share) in table.note
    assert rule(METHOD, reader("en"), is_release=True).endswith("so more is undecided.")
    assert "compared: Workers, Management, Documents." in rule(METHOD, reader("en"), is_release=False)
    assert "compared: Workers, Management." in rule(METHOD, reader("en"), is_release=True)


def test_the_audit_team_sees_every_source_and_the_contradictions_first():
    no_problem = Statement("documents", 0, 3, 0, "no_problem", "others_more_favourable", True)
    agree = Statement("recruiter", 1, 1, 0, "problem", "agree_problem", True)
    topics = (
        TopicDiscrepancy("contract", proportion(), True, (agree,), "agree_problem", 1.0),
        TopicDiscrepancy("wages", proportion(), True, (no_problem,), "others_more_favourable", 1.0),
        TopicDiscrepancy("heat", proportion(0, 0, 22), None, (), "not_comparable", 1.0),
    )
    found = compared(score(discrepancies=topics), SURVEYS, METHOD, reader("en"))
    assert [one.topic for one in found.topics] == ["wages", "contract"]
    assert found.sources == ("recruiter", "documents")
    assert found.topics[0].workers == "4 of 20 (8\N{NO-BREAK SPACE}%–42\N{NO-BREAK SPACE}%)"
