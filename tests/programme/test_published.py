"""CREST and MWEA, loaded from their files: every printed figure, sum, mismatch and percent comes out again."""

import json

import pytest
from click.testing import CliRunner
from sqlmodel import SQLModel

from mapper.cli.programme import list_, load, show
from mapper.programme import apply, gather, library
from mapper.setup.read import read_as
from mapper.store import database as store
from mapper.store.programme_tables import Actual, Outcome, Programme, ProgrammeIndicator
from mapper.summary.results_framework import as_json

CREST = {  # as printed in the final evaluation, 2023: target, actual; percent is actual ÷ target, half up
    "C01": (10, 17, 170.0), "C02": (5, 7.6, 152.0), "C03": (500, 876, 175.2), "C04": (50, 98, 196.0),
    "C05": (7, 18, 257.1), "C06": (4, 13, 325.0), "C07": (50, 171, 342.0), "C07a": (None, 1348, None),
    "C07b": (None, 2942, None), "C08": (80, 88.3, 110.4), "C09": (None, 1223, None), "C10": (None, 60, None),
    "C11": (6, 14, 233.3), "C12": (600, 711, 118.5), "C13": (180, 291, 161.7), "C14": (5000, 12796, 255.9),
    "C15": (20, 30, 150.0), "C16": (50, 53, 106.0), "C17": (20000, 220472, 1102.4),
    "R1": (None, 63, None), "R2": (None, 239, None), "R3": (None, 37000, None), "R4": (None, 53000, None),
    "P4": (None, 56, None), "S11": (None, 31, None), "S10": (None, 84, None),
}  # fmt: skip
MWEA = {  # findings at a glance, 2019: persons, printed percent, whole targets that it implies
    "W1": (1247, 180, [691, 694]), "W2": (1104, 84, [1307, 1322]), "W3": (1041, 118, [879, 885]),
    "W4": (130, 144, [90, 90]), "W5": (29661, 71, [41484, 42072]), "W6": (157644, 91, [172289, 174192]),
    "W7": (7044, 86, [8144, 8238]),
}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """`published("crest")` answers the indicators of the file by code; it is loaded into a database once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPPER_INSTANCE", str(tmp_path_factory.mktemp("published")))
        patch.delenv("MAPPER_DATABASE_URL", raising=False)
        SQLModel.metadata.create_all(store.engine())
        found = {name: as_json(_loaded(name)) for name in ("crest", "mwea")}
        store.dispose()
    return lambda name: {each["code"]: each for each in found[name]["indicators"]}


def _loaded(name):
    stated, problems = read_as(library.FORM, library.path_of(name))
    assert problems == ()
    with store.transaction() as session:
        apply.apply(session, stated)
    with store.session() as session:
        return gather.framework(session, gather.programme(session, name.upper()))


def test_every_crest_target_actual_and_percent_is_the_printed_one(published):
    found = published("crest")
    assert {code: (found[code]["target"], found[code]["actual"], found[code]["percent"]) for code in CREST} == CREST


def test_an_ambiguous_target_keeps_its_words_and_has_no_percentage(published):
    found = published("crest")["C10"]
    assert found["target_ambiguous"]
    assert found["target_text"].startswith("10; ")
    assert (found["target"], found["percent"]) == (None, None)


def test_a_percentage_beside_its_target_is_told_in_points_and_as_a_ratio(published):
    found = published("crest")["C08"]
    assert (found["points"], found["percent"]) == (8.3, 110.4)
    assert "It is not stated how many this is a percentage of." in found["remarks"]


def test_a_breakdown_that_adds_up_has_no_remark(published):
    found = published("crest")["C07b"]
    assert found["sums"]["gender_age"] == {"state": "match", "sum": 2942.0, "total": 2942.0, "difference": 0.0}
    assert found["remarks"] == []


def test_persons_that_no_category_explains_stay_unexplained(published):
    found = published("crest")["C14"]
    check = found["sums"]["gender_age"]
    assert (check["state"], check["sum"], check["difference"]) == ("short", 11568.0, 1228.0)
    assert sum(found["breakdowns"]["gender_age"].values()) == 11568, "no category is made up for the rest"
    assert "1,228 of the reported 12,796 are unexplained" in found["remarks"][0]


def test_parts_that_are_more_than_their_total_are_kept_as_printed(published):
    check = published("crest")["C09"]["sums"]["actor_type"]
    assert (check["state"], check["sum"], check["total"], check["difference"]) == ("over", 1224.0, 1223.0, -1.0)


def test_persons_in_remediation_cases_are_counted_from_women_and_men(published):
    found = published("crest")
    assert found["R2"]["ratio"] == 3.79
    assert "No total is reported; the parts by gender and age add up to 239." in found["R2"]["remarks"]
    assert "the rest (33) is not given" in found["R1"]["remarks"][0]


def test_uses_of_cash_add_up_to_91_of_100(published):
    check = published("crest")["P1"]["sums"]["use_of_cash"]
    assert (check["state"], check["sum"], check["total"], check["difference"]) == ("incomplete", 91.0, 100.0, 9.0)


def test_the_annex_adds_up_and_its_empty_cell_is_not_zero(published):
    found = published("crest")
    assert found["S6"]["breakdowns"]["gender_age"] == {"woman": 2.0, "man": None}
    assert found["S10"]["breakdowns"]["gender_age"] == {"woman": 54.0, "man": 30.0}
    assert found["S10"]["remarks"] == [], "its nine rows add up to 54, 30 and 84"


def test_the_text_contradicts_the_annex_twice(published):
    found = published("crest")
    assert found["S2"]["remarks"] == ["The same source also gives 20 (text of the same report: five groups)."]
    assert found["S11"]["remarks"] == ["The rows that it sums add up to 27 (total); 31 is reported."]


def test_every_mwea_figure_implies_the_range_of_its_target(published):
    found = published("mwea")
    shown = {code: (each["actual"], each["percent_printed"], each["implied_target"]) for code, each in found.items()}
    assert shown == MWEA
    assert {each["target"] for each in found.values()} == {None}
    assert all(each["breakdowns"]["gender_age"] == {"unavailable": each["actual"]} for each in found.values())


def test_loading_twice_changes_nothing(database):
    runner = CliRunner()
    assert " created, 0 changed" in runner.invoke(load, ["crest"]).output
    assert runner.invoke(load, ["crest"]).output.startswith("0 created, 0 changed")


def test_one_command_loads_several_files_or_none_of_them(database, tmp_path):
    runner, broken = CliRunner(), tmp_path / "broken.yaml"
    broken.write_text("outcomes: [{code: O, text: t}]", encoding="utf-8")
    assert runner.invoke(load, ["mwea", str(broken)]).exit_code == 1
    assert "MWEA" not in runner.invoke(list_, []).stdout
    assert runner.invoke(load, ["mwea", "crest"]).exit_code == 0
    assert {"MWEA", "CREST"} <= set(runner.invoke(list_, []).stdout.split())


def test_a_percent_that_implies_one_target_alone_names_it(published):
    assert published("mwea")["W4"]["remarks"] == ["No target is printed; the printed percent implies 90."]


def test_the_command_shows_a_programme_in_whatever_case(database):
    runner = CliRunner()
    runner.invoke(load, ["mwea"])
    text = runner.invoke(show, ["mwea"]).output
    assert "1,247 (180 % of target printed)" in text
    assert json.loads(runner.invoke(show, ["MWEA", "--json"]).stdout)["published"] is True


def test_an_unknown_programme_is_a_sentence(database):
    answer = CliRunner().invoke(show, ["nowhere"])
    assert answer.exit_code == 1
    assert "There is no programme 'nowhere'. There are: none yet." in answer.output


def test_one_command_loads_into_a_store_that_is_not_there_yet(tmp_path, monkeypatch):
    monkeypatch.setenv("MAPPER_INSTANCE", str(tmp_path / "new"))
    monkeypatch.delenv("MAPPER_DATABASE_URL", raising=False)
    store.dispose()
    try:
        assert " created, 0 changed" in CliRunner().invoke(load, ["mwea"]).output
        assert "MWEA" in CliRunner().invoke(list_, []).output
    finally:
        store.dispose()


def test_a_dashboard_takes_the_period_that_ends_last_however_it_is_written(database):
    """A year ends after its months, a month after its days: 2025 is later than 2025-11 and 2025-11-30."""
    with store.transaction() as session:
        session.add(owner := Programme(code="P", name="P"))
        session.flush()
        session.add(outcome := Outcome(programme_id=owner.id, code="O", text="O"))
        session.flush()
        for code, periods in {"A": ["2025-11-30", "2025", "2024-12"], "B": ["2024", "2025-02", "2025-01-31"]}.items():
            session.add(row := ProgrammeIndicator(outcome_id=outcome.id, code=code, text=code, unit="count"))
            session.flush()
            session.add_all(Actual(indicator_id=row.id, as_of=each, value=1.0) for each in periods)
    with store.session() as session:
        found = gather.framework(session, gather.programme(session, "P"), latest_only=True)
    assert {each.code: [point.as_of for point in each.points] for each in found.indicators} == {
        "A": ["2025"], "B": ["2025-02"],
    }  # fmt: skip
