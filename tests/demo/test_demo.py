"""From nothing to twelve suppliers ranked by risk, two workbooks and an interview that counts."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func
from sqlmodel import select

from mapper.definition import library
from mapper.demo import respondent, sources
from mapper.demo.fill import fill
from mapper.demo.load import OTHERS, MadeByAnotherVersion, everything, expected, load, visits
from mapper.demo.plan import plan
from mapper.intake import publish, receive
from mapper.release.why import NOT_SHOWN
from mapper.setup import apply
from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import Response
from tests.demo.conftest import Demo, run

pytestmark = pytest.mark.xdist_group("demo")
WORKERS_WORDS = ("Indicated", "Share", "Paid something", "Mean months")


def scores(instance: Path, *arguments: str) -> dict[tuple[str, str], dict]:
    done = run("score", "--json", *arguments, instance=instance)
    assert done.returncode == 0, done.stderr
    return {(one["supplier"], one["round"]): one for one in json.loads(done.stdout)["suppliers"]}


def test_the_mapping_has_the_size_and_the_hard_cases_that_it_promises() -> None:
    suppliers = sources.suppliers()
    corridors = {(origin, supplier.country) for supplier in suppliers for origin in supplier.corridors}
    interviews = sum(visit.supplier.interviews[visit.round.code] for visit in visits())
    assert len(suppliers) == 12
    assert {supplier.tier for supplier in suppliers} == {1, 2}
    assert len({supplier.country for supplier in suppliers}) >= 4
    assert len(corridors) == 6
    assert len(sources.rounds()) == 2
    assert 1_150 <= interviews <= 1_350


def test_the_same_mapping_is_made_every_time() -> None:
    first, again = ([next(made) for _ in range(3)] for made in (everything(), everything()))
    assert first == again


def test_a_demonstration_of_an_earlier_version_stays_as_it_is(database: str) -> None:
    first = next(everything())
    with store.transaction() as session:
        apply.apply(session, plan())
        publish(session, library.load("management"))
        receive(session, first.id, {**first.body, "finished": "2020-01-01T12:00:00Z"})
    with pytest.raises(MadeByAnotherVersion):
        load()
    with store.session() as session:
        assert session.exec(select(func.count()).select_from(Response)).one() == 1


def test_the_demo_prints_every_supplier_and_an_account_for_each_role(demo: Demo) -> None:
    assert [profile.code for profile in sources.suppliers() if profile.code not in demo.output] == []
    assert sorted(demo.passwords) == sorted(accounts.ROLES)


@pytest.mark.parametrize(
    ("supplier", "bands"),
    [
        ("alder", {"critical"}),
        ("kapok", {"lower"}),
        ("fir", {"not_enough_information"}),
        ("birch", {"elevated", "high"}),
    ],
)
def test_suppliers_stand_in_the_bands_that_their_stories_deserve(demo: Demo, supplier: str, bands: set[str]) -> None:
    found = scores(demo.instance, "--supplier", supplier)
    assert {one["band"] for one in found.values()} <= bands


def test_the_census_supplier_has_no_sampling_interval_and_no_case(demo: Demo) -> None:
    kapok = scores(demo.instance, "--supplier", "kapok")[("kapok", "R1")]
    assert kapok["interviews"] == kapok["workers"] == 24
    assert kapok["forced_labour"]["cases"] == 0
    assert "census" in {indicator["interval"] for indicator in kapok["indicators"]}


def test_six_interviews_are_never_enough_outside_the_audit_team(demo: Demo) -> None:
    elm = scores(demo.instance, "--supplier", "elm", "--audience", "release")[("elm", "R1")]
    assert elm["band"] == "not_enough_information"


def test_a_release_holds_rounded_figures_and_no_exact_count(demo: Demo) -> None:
    released = scores(demo.instance, "--audience", "release")
    assert {one["band"] for one in released.values()} >= {"critical", "lower", "not_enough_information"}
    for one in released.values():
        assert [count for count in _counts(one) if count % 5] == [], one["supplier"]
        assert (one["fees"]["mean_months"] or 0) % 0.5 == 0
        assert one["fees"]["median_months"] is None
        assert [found for found in one["indicators"] if found["unknown"] is not None] == []


def _counts(one: dict) -> list[int]:
    labour, fees = one["forced_labour"], one["fees"]
    stated = [one["interviews"], labour["cases"], labour["not_excluded"], labour["valid"], *one["classes"].values()]
    stated += [fees["answered"], fees["payers"], fees["with_wage"]]
    stated += [found[name] for found in one["indicators"] for name in ("cases", "answered")]
    stated += [item["payers"] for item in fees["items"].values()]
    stated += [group["base"] for group in one["released"]["groups"]]
    return [count for count in stated if count is not None]


def test_a_release_of_six_interviews_holds_no_figure_from_workers(demo: Demo) -> None:
    elm = scores(demo.instance, "--supplier", "elm", "--audience", "release")[("elm", "R1")]
    assert elm["indicators"] == []
    assert elm["interviews"] is None
    assert set(_numbers(elm["fees"])) == set(_numbers(elm["forced_labour"])) == set()


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for part in value.values() for number in _numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_both_workbooks_are_marked_and_the_released_one_shows_rounded_figures_only(demo: Demo) -> None:
    audit = load_workbook(demo.folder / "mapping-summary.xlsx")
    release = load_workbook(demo.folder / "mapping-summary-release.xlsx")
    for book in (audit, release):
        assert any("Synthetic" in str(cell.value) for row in book["Cover"].iter_rows() for cell in row)
    heads = [cell.value for cell in release["Suppliers"][4]]
    for head, step in (("Interviews", 5), ("Indicated", 5), ("Not excluded", 5), ("Mean months of wage", 0.5)):
        column = [row[heads.index(head)].value for row in release["Suppliers"].iter_rows(min_row=5, max_row=28)]
        assert {value for value in column if isinstance(value, str)} <= {NOT_SHOWN, "few", "most"}, head
        assert [value for value in column if not isinstance(value, str) and value % step] == [], head
    assert audit["Suppliers"].max_row >= 28


def test_loading_it_again_changes_nothing(demo: Demo, copy: Path, tmp_path: Path) -> None:
    before = scores(copy)
    again = run("demo", "--no-serve", "--output", str(tmp_path), instance=copy)
    assert again.returncode == 0, again.stderr
    assert scores(copy) == before


def test_it_refuses_to_stand_beside_a_mapping_of_ones_own(copy: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("buyer: {code: own, name: Own Buyer}\nmapping: {code: own, title: Our own mapping}\n")
    assert run("mapping", "load", str(own), instance=copy).returncode == 0
    refused = run("demo", "--no-serve", instance=copy)
    assert refused.returncode == 1
    assert "mapping of your own" in refused.stderr


def test_an_interview_in_nepali_is_found_in_the_suppliers_figures(copy: Path, tmp_path: Path) -> None:
    before = scores(copy, "--supplier", "alder", "--round", "R2")[("alder", "R2")]
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(interview("alder", "ne"), ensure_ascii=False))
    added = run("responses", "add", str(file), instance=copy)
    assert added.returncode == 0, added.stderr + added.stdout
    after = scores(copy, "--supplier", "alder", "--round", "R2")[("alder", "R2")]
    assert after["interviews"] == before["interviews"] + 1


def interview(supplier: str, language: str) -> dict:
    """A finished interview with consent, as a tablet would send it."""
    survey = library.load("worker")
    profile = next(each for each in sources.suppliers() if each.code == supplier)
    moment = datetime(2026, 4, 1, 12, tzinfo=UTC)
    person = respondent.worker(Random(7), survey, profile, "R2", moment.date())
    person.given["consent"] = "given_verbal"
    walked = fill(survey, person, moment)
    return {
        "id": str(uuid4()), "survey": "worker", "supplier": supplier, "site": "main", "round": "R2",
        "language": language, "answers": walked.answers, "missing": dict(walked.missing),
    }  # fmt: skip


def test_no_interview_of_the_demonstration_breaks_a_rule_of_its_questionnaire() -> None:
    survey, rng = library.load("worker"), Random(11)
    moment = datetime(2025, 4, 1, 12, tzinfo=UTC)
    for profile in sources.suppliers():
        person = respondent.worker(rng, survey, profile, "R1", moment.date())
        assert fill(survey, person, moment).problems == (), profile.code


def test_expected_counts_what_is_made() -> None:
    others = sum(len(OTHERS) for _ in visits())
    assert expected() == others + sum(v.supplier.interviews[v.round.code] for v in visits())


def test_the_supplier_of_the_demonstration_finds_its_plan_and_what_is_late(enter: Callable[[str], FlaskClient]) -> None:
    """It waited its day: the releases of the demonstration are dated the day before."""
    page = enter("supplier").get("/actions/?show=overdue").text
    assert "Synthetic data." in page
    assert "Birch Electronics" in page
    assert "Cedar Furniture" not in page
