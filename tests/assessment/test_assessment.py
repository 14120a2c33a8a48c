"""Assessments from a real store: what counts, what is read again, and what leaves the audit team."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner
from sqlmodel import select

from mapper import assessment
from mapper.assessment import releases, run
from mapper.cli.score import score as command
from mapper.cli.score import table
from mapper.definition import library
from mapper.intake import publish
from mapper.intake.withdraw import withdraw
from mapper.release.why import TOO_FEW
from mapper.scoring import evidence, parting
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.method_file import load_method
from mapper.scoring.results import BANDS, CLASSES
from mapper.store import database as store
from mapper.store.tables import Response, Site
from tests.assessment.conftest import WORKER


def one(found):
    [score] = found.suppliers
    return score


def test_every_supplier_and_round_with_a_response_has_a_score(world, assess):
    world.add("S-1", "R1", moved="no", held="no")
    world.add("S-1", "R2", moved="no", held="no")
    world.add("S-2", "R1", moved="no", held="no")
    found = assess().suppliers
    assert [(score.supplier, score.round) for score in found] == [("S-1", "R1"), ("S-1", "R2"), ("S-2", "R1")]
    assert [(score.supplier, score.round) for score in assess("S-1", round="R2").suppliers] == [("S-1", "R2")]
    assert [score.round for score in assess("S-1", round="M/R1").suppliers] == ["R1"]


def test_workforce_and_sampling_come_from_the_mapping(world, assess):
    world.fill(20)
    score = one(assess())
    assert (score.workers, score.sampling) == (80, "random")
    assert score.indicators[0].proportion.interval == "wilson_fpc"


def test_a_workforce_of_which_a_part_is_not_stated_is_not_known(world, assess):
    world.fill(20)
    with store.transaction() as session:
        site = session.exec(select(Site).where(Site.code == "A")).one()
        site.workers = {"woman": 30, "man": None}
        session.add(site)
    assert one(assess()).workers is None


def test_a_supplier_without_sites_has_no_known_workforce(world, assess):
    world.add("S-2", moved="no", held="no")
    assert (one(assess()).workers, one(assess()).sampling) == (None, "volunteer")


def test_refused_consent_is_counted_apart(world, assess):
    world.fill(2)
    world.add(consent="refused")
    score = one(assess())
    assert (score.interviews, score.refused_consent) == (2, 1)


@pytest.mark.parametrize("status", ["quarantined", "withdrawn"])
def test_what_was_not_accepted_does_not_count(world, assess, status):
    world.fill(2)
    world.add(status=status, moved="yes", held="yes")
    assert one(assess()).forced_labour.cases == 0


def test_of_a_corrected_response_the_last_version_counts(world, assess):
    world.fill(2)
    response = world.add(moved="yes", held="yes")
    assert one(assess()).forced_labour.cases == 1
    world.add(id=response, moved="no", held="yes")
    score = one(assess())
    assert (score.interviews, score.forced_labour.cases) == (3, 0)


def test_a_withdrawn_response_is_gone_at_once(world, assess):
    world.fill(2)
    response = world.add(moved="yes", held="yes")
    assert one(assess()).forced_labour.cases == 1
    with store.transaction() as session:
        withdraw(session, response)
    score = one(assess())
    assert (score.interviews, score.forced_labour.cases) == (2, 0)


def test_after_one_new_response_only_that_one_is_read(world, assess, monkeypatch):
    world.fill(12)
    assess()
    read = []
    monkeypatch.setattr(run, "gather", lambda *args: read.append(len(args[1])) or evidence.gather(*args))
    assess()
    world.add(moved="yes", held="yes")
    again = one(assess())
    assert read == [1]
    run.forget()
    assert one(assess()) == again
    assert again.forced_labour.cases == 1


def test_suppliers_read_together_have_the_scores_that_each_has_by_itself(world, assess):
    world.fill(12)
    world.add("S-2", gender="not_on_the_list", moved="yes", held="yes")
    world.add("S-2", survey="later", gender="neither_on_it", moved="yes", held="dont_know")
    world.add("S-2", moved="no", held="yes")
    world.add("S-1", "R2", survey="later", paid_anything="yes")
    together = assess().suppliers
    run.forget()
    assert together == (*assess("S-1").suppliers, *assess("S-2").suppliers)
    gathered = evidence.gather(
        world.surveys["worker"], [WorkerResponse({"gender": said}) for said in ("man", "x", "y", "x")], load_method()
    )
    parts = parting.parted(gathered, [1, 2, 1], world.surveys["worker"])
    parts = list(parts)
    assert [[part.gender.names[code] for code in part.gender.codes] for part in parts] == [["man"], ["x", "y"], ["x"]]
    assert [(len(part.apart), len(part.consented), len(part.refused)) for part in parts] == [
        (1,) * 3,
        (2,) * 3,
        (1,) * 3,
    ]
    [nobody, *_rest] = parting.parted(gathered, [1, 3], world.surveys["worker"])
    assert nobody.gender.names == ("woman", "man"), "what others said off the list is not theirs"


def test_a_changed_workforce_is_seen_without_new_interviews(world, assess):
    world.fill(12)
    assert one(assess()).workers == 80
    with store.transaction() as session:
        session.add(Site(supplier_id=world.suppliers["S-1"], code="C", name="C", workers={"man": 5}))
    assert one(assess()).workers == 85


def test_an_indicator_that_a_version_did_not_have_is_unknown_for_it(world, assess):
    world.add(moved="no", held="no", paid_anything="yes")
    world.add(survey="later", moved="no", held="no", paid_anything="yes")
    found = {indicator.name: indicator.proportion for indicator in one(assess()).indicators}
    assert (found["fee_paid"].cases, found["fee_paid"].answered, found["fee_paid"].unknown) == (1, 1, 1)
    assert found["icls_v2"].answered == 2


def test_what_an_indicator_counts_as_is_what_the_version_published_last_says(world, assess, tmp_path):
    """An older version is still on some tablet: its interviews arrive after those of the newer one."""
    path = tmp_path / "newer" / "tiny_worker.yaml"
    path.parent.mkdir()
    path.write_text(WORKER.replace("side: penalty,", ""))
    newer = world.surveys["newer"] = library.load(path, root=path.parent)
    with store.transaction() as session:
        publish(session, newer)
    for version in ("worker", "newer"):
        world.add(survey=version, moved="yes", held="yes")
    assert one(assess()).forced_labour.cases == 0, "a passport that is kept is no menace any more"
    world.add(survey="worker", moved="yes", held="yes")
    kept = one(assess())
    assert kept.forced_labour.cases == 0
    run.forget()
    assert one(assess()) == kept


def test_management_speaks_through_its_last_answers(world, assess):
    world.fill(2)
    world.add(survey="management", policy="no")
    assert one(assess()).components["M"] == 100
    world.add(survey="management", policy="yes")
    score = one(assess())
    assert score.components["M"] == 0
    assert [gap.name for gap in score.management] == ["gap_policy"]
    assert score.management[0].rule_in_words


def test_management_alone_gives_a_score_without_worker_figures(world, assess):
    world.add(survey="management", policy="no")
    score = one(assess())
    assert (score.interviews, score.components["M"]) == (0, 100)
    assert score.components["W"] is None


def test_an_unreadable_version_is_left_out_and_does_not_stop_the_rest(world, assess):
    world.fill(2)
    with store.transaction() as session:
        row = session.exec(select(Response)).first()
        lost = row.model_dump() | {"sequence": None, "id": uuid4(), "definition": "gone"}
        session.add(Response(**lost))
    assert one(assess()).interviews == 2


# — the contract —


def keys(value):
    return set(value)


def test_the_json_has_the_shape_that_others_rely_on(world, assess):
    world.fill(11)
    world.add(moved="yes", held="dont_know")
    document = assessment.as_json(assess())
    assert keys(document) == {"method", "audience", "suppliers"}
    assert keys(document["method"]) == {"name", "version", "indicator_set", "edition"}
    [found] = document["suppliers"]
    assert keys(found) == {
        "supplier", "round", "interviews", "workers", "sampling", "forced_labour", "classes", "indicators", "fees",
        "components", "components_missing", "band", "rules_fired", "by_gender", "corridors", "discrepancies",
        "inherent", "loans", "sample", "sorting", "dimensions", "quality",
    }  # fmt: skip
    assert keys(found["forced_labour"]) == {"cases", "not_excluded", "valid", "share", "low", "high"}
    assert keys(found["classes"]) == set(CLASSES)
    assert keys(found["indicators"][0]) == {"name", "cases", "answered", "unknown", "share", "low", "high", "interval"}
    assert keys(found["fees"]) == {
        "answered", "payers", "with_wage", "paid_share", "mean_months", "median_months", "median_months_all",
        "above_cap_share", "items", "sdg_10_7_1",
    }  # fmt: skip
    assert keys(found["components"]) == set("WFDMIQ")
    assert keys(found["components_missing"]) == {name for name, value in found["components"].items() if value is None}
    assert found["band"] in BANDS
    assert all(keys(fired) == {"rule", "because"} for fired in found["rules_fired"])
    assert found["forced_labour"]["not_excluded"] == 1
    json.dumps(document, allow_nan=False)


def test_shares_are_null_where_nobody_answered(world, assess):
    world.add(moved="dont_know", held="no")
    [found] = assessment.as_json(assess())["suppliers"]
    moved = next(indicator for indicator in found["indicators"] if indicator["name"] == "icls_v2")
    assert (moved["answered"], moved["unknown"]) == (0, 1)
    assert (moved["share"], moved["low"], moved["high"]) == (None, None, None)


# — what leaves the audit team —

CANARY = 7  # women, men, cases, … all differ from what the release shows


def numbers_in(value):
    match value:
        case bool():
            return set()
        case int() | float():
            return {value}
        case dict():
            return set().union(*map(numbers_in, value.values()))
        case list():
            return set().union(*map(numbers_in, value))
    return set()


def release(supplier="S-1", round="R1"):
    with store.transaction() as session:
        prepared = releases.prepare(session, supplier, round)
        return releases.publish(session, prepared, prepared.digest, None)


def fill_gravely(world):
    world.fill(9)
    for _ in range(CANARY):
        world.add(moved="yes", held="yes", gender="man")
    world.add(survey="management", policy="no")


def test_before_an_auditors_decision_nothing_is_known_but_what_management_said(world, assess):
    fill_gravely(world)
    [found] = assessment.as_json(assess(audience="release"))["suppliers"]
    assert (found["band"], found["released"]) == ("not_enough_information", None)
    assert [fired["rule"] for fired in found["rules_fired"]] == ["not_released"]
    assert numbers_in(found) == {
        80,
        100.0,
        20,
    }  # workforce and I, M, the minimum that I asks for: no worker said any of it
    assert one(assess(audience="release")).management


def test_a_release_names_what_it_withholds_and_shows_no_figure_of_so_few(world, assess):
    fill_gravely(world)
    release()
    [found] = assessment.as_json(assess(audience="release"))["suppliers"]
    assert found["band"] == "critical"
    assert found["interviews"] is None
    assert set(found["forced_labour"].values()) == {None}
    assert set(found["classes"].values()) == {None}
    assert found["indicators"] == []
    assert numbers_in(found["fees"]) == set()
    known = {name for name, value in found["components"].items() if value is not None}
    assert known == {"M", "I"}  # management's own words, and a table: no worker contributed to either
    assert {"interviews", "forced_labour.cases", "indicators", "fees.payers", "components.W"} <= set(found["withheld"])
    assert numbers_in(found) == {
        80,
        100.0,
        20,
        1,
    }  # 20: interviews that inherent risk asks for; 1: the release's version


def test_the_reason_of_a_released_band_names_only_what_management_said(world, assess):
    world.fill(12, paid_anything="no")
    world.add(survey="management", policy="no")
    release()
    score = one(assess(audience="release"))
    assert score.band == "elevated"
    assert "1 of 1 management systems" in " ".join(fired.because for fired in score.rules_fired)


@pytest.mark.parametrize(("interviews", "band"), [(9, "not_enough_information"), (10, "critical")])
def test_a_band_is_released_from_ten_interviews_on(world, assess, interviews, band):
    for _ in range(interviews):
        world.add(moved="yes", held="yes")
    release()
    assert one(assess()).band == "critical"
    assert one(assess(audience="release")).band == band


def test_too_few_to_release_gives_no_other_reason(world, assess):
    world.add(moved="yes", held="yes")
    world.add(survey="management", policy="no")
    release()
    score = one(assess(audience="release"))
    assert [fired.because for fired in score.rules_fired] == [TOO_FEW]
    assert score.management  # what management said is shown apart


def test_a_provisional_method_is_not_released(world, assess):
    world.fill(1)
    assert assess(method="htshc2012").method.indicator_set == "htshc2012"
    with pytest.raises(ValueError, match="provisional"):
        assess(method="htshc2012", audience="release")


def test_an_unknown_audience_is_refused(world, assess):
    with pytest.raises(ValueError, match="no audience public"):
        assess(audience="public")


# — the command —


def call(*arguments):
    return CliRunner().invoke(command, arguments)


def test_the_command_writes_one_json_document(world):
    world.fill(3)
    result = call("--json", "--supplier", "S-1", "--round", "R1")
    assert result.exit_code == 0
    assert [found["supplier"] for found in json.loads(result.stdout)["suppliers"]] == ["S-1"]


def test_the_table_ranks_the_gravest_first_and_gives_the_interval(world, assess):
    world.fill(12)
    world.add("S-2", moved="yes", held="yes")
    lines = table(assess()).splitlines()
    assert lines[2].split()[0] == "S-2"
    assert "1 of 1 (21–100 %)" in lines[2]
    assert "0 of 12 (0–24 %)" in lines[3]


def test_the_table_for_a_release_says_withheld(world):
    world.fill(12)
    result = call("--audience", "release")
    assert result.stdout.count("withheld") == 3


def test_an_unknown_supplier_or_round_is_told_with_what_there_is(world):
    for arguments, known in ((("--supplier", "S-9"), "S-1, S-2"), (("--round", "R9"), "R1, R2")):
        result = call(*arguments)
        assert result.exit_code == 1
        assert known in result.stderr
        assert result.stdout == ""


def test_an_empty_store_says_what_to_do(world):
    assert "mapper responses add" in call().stdout


def test_an_unknown_method_is_told_without_a_traceback(world):
    result = call("--method", "icls2020")
    assert result.exit_code == 1
    assert "icls2020.yaml" in result.stderr


def test_a_database_without_tables_is_told_what_to_do(instance):
    result = call("--json")
    assert result.exit_code == 1
    assert "mapper database upgrade" in result.stderr
    assert result.stdout == ""
