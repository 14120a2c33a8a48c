"""`mapper mapping load`: all or nothing, every problem with its line, and repeating is harmless."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import SQLModel, select

from mapper.cli import main
from mapper.definition import library
from mapper.intake.definitions import publish
from mapper.store import database as store
from mapper.store import tables
from mapper.store.study_tables import Publication

WHOLE = """\
synthetic: no
mapping: {code: SEA-2026, title: Migrant workers in mills}
buyer: {code: NORD, name: Nord Apparel}
recruiters:
  - {code: EVEREST, name: एभरेस्ट म्यानपावर, country: NP, licence: 123/075}
suppliers:
  - code: MILL-01
    name: First Mill
    country: MY
    sector: garment
    tier: 1
    recruiters: [EVEREST]
    sites:
      - code: MAIN
        name: Main factory
        workers: {women: 120, men: 80, unavailable: 15}
rounds:
  - code: R1
    starts: 2026-03-01
    ends: 2026-03-31
    sampling: {default: random, MILL-01: quota}
    questionnaires: [worker]
    languages: [en, ne]
referrals:
  - code: HELP-1
    country: MY
    site: MILL-01/MAIN
    organisation: Migrant Help
    service: shelter
    telephone: +60 3 1234 5678
    languages: [ne, hi]
"""


@pytest.fixture
def load(database, tmp_path):
    """Runs the command on a text; gives exit code, standard output and standard error."""

    def run(text: str):
        file = tmp_path / "mapping.yaml"
        file.write_text(text, "utf-8")
        result = CliRunner().invoke(main, ["mapping", "load", str(file)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def rows(table: type[SQLModel]):
    with store.session() as session:
        return session.exec(select(table)).all()


def everything() -> int:
    kinds = (tables.Buyer, tables.Supplier, tables.Site, tables.LabourRecruiter, tables.Mapping, tables.Round)
    return sum(len(rows(table)) for table in (*kinds, tables.ReferralContact, tables.AuditEvent))


def test_a_whole_file_creates_everything_it_names(load):
    code, output, problems = load(WHOLE)
    assert (code, problems) == (0, "")
    assert "created site MILL-01/MAIN" in output
    (buyer,), (supplier,), (site,), (round,) = map(rows, (tables.Buyer, tables.Supplier, tables.Site, tables.Round))
    assert (supplier.name, supplier.country, supplier.sector, supplier.synthetic) == (
        "First Mill",
        "MY",
        "garment",
        False,
    )
    assert site.workers == {"woman": 120, "man": 80, "unavailable": 15}
    assert round.sampling == {"default": "random", "MILL-01": "quota"}
    assert (round.starts.isoformat(), round.questionnaires, round.languages) == ("2026-03-01", ["worker"], ["en", "ne"])
    assert [(link.buyer_id, link.tier) for link in rows(tables.SupplyLink)] == [(buyer.id, 1)]
    assert len(rows(tables.RecruiterLink)) == 1
    assert rows(tables.ReferralContact)[0].site_id == site.id
    assert rows(tables.LabourRecruiter)[0].name == "एभरेस्ट म्यानपावर"


def test_repeating_a_file_changes_nothing(load):
    load(WHOLE)
    before = everything()
    code, output, _ = load(WHOLE)
    assert code == 0
    assert "0 created, 0 changed" in output
    assert everything() == before


def test_a_second_file_updates_by_code_and_leaves_what_it_does_not_say(load):
    load(WHOLE)
    load("buyer: NORD\nsuppliers:\n  - {code: MILL-01, tier: 2, sites: [{code: MAIN, workers: {women: 130}}]}\n")
    (supplier,), (site,), (link,) = map(rows, (tables.Supplier, tables.Site, tables.SupplyLink))
    assert (supplier.name, site.name, link.tier) == ("First Mill", "Main factory", 2)
    assert site.workers == {"woman": 130}  # stated numbers are stated together


def test_a_list_of_recruiters_is_the_whole_list(load):
    load(WHOLE)
    load("suppliers:\n  - {code: MILL-01, recruiters: []}\n")
    assert rows(tables.RecruiterLink) == []


def test_every_change_is_in_the_audit_trail(load):
    load(WHOLE)
    load("buyer: {code: NORD, name: Nord Group}\n")
    events = [(event.action, event.subject, event.detail) for event in rows(tables.AuditEvent)]
    assert ("create", "supplier MILL-01", {"keys": []}) in events
    assert events[-1] == ("change", "buyer NORD", {"keys": ["name"]})


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("tier: 1", "teir: 1", 11, "Did you mean 'tier'?"),
        ("country: NP", "country: Nepal", 5, "'Nepal' is not a country."),
        ("women: 120", 'women: "1,200"', 16, "'1,200' is not a whole number."),
        ("women: 120", "women: -5", 16, "'-5' is not a whole number."),
        ("women: 120", "wimmen: 120", 16, "'wimmen' is not known here."),
        ("men: 80", "men: 99999999", 16, "cannot be right"),
        ("2026-03-31", "2026-02-30", 20, "'2026-02-30' is not a date."),
        ("2026-03-31", "31.3.2026", 20, "is not a date."),
        ("2026-03-31", "2026-02-01", 20, "before it starts"),
        ("MILL-01: quota", "MILL-01: qouta", 21, "Did you mean 'quota'?"),
        ("MILL-01: quota", "MILL-1: quota", 21, "There is no supplier 'MILL-1'. Did you mean 'MILL-01'?"),
        ("[worker]", "[wroker]", 22, "Did you mean 'worker'?"),
        ("[en, ne]", "[en, nepali]", 23, "'nepali' is not known here."),
        ("[EVEREST]", "[EVREST]", 12, "There is no recruiter 'EVREST'. Did you mean 'EVEREST'?"),
        ("MILL-01/MAIN", "MILL-01/MIAN", 27, "There is no site 'MILL-01/MIAN'."),
        ("MILL-01/MAIN", "MILL-01", 27, "'MILL-01' does not name a site."),
        ("+60 3 1234 5678", "call me", 30, "is not a telephone number."),
        ("code: MILL-01", "code: MILL 01", 7, "'MILL 01' cannot be a code."),
        ("    tier: 1\n", "", 7, "The tier of 'MILL-01' is missing."),
        ("    name: First Mill\n", "", 7, "The new supplier 'MILL-01' has no name."),
        ("  - code: MILL-01\n", "  -\n", 8, "The code is missing."),
        ("synthetic: no", "synthetic: perhaps", 1, "neither yes nor no"),
        ("mapping: {code: SEA-2026, title: Migrant workers in mills}\n", "", 17, "A round belongs to a mapping."),
        ("buyer: {code: NORD, name: Nord Apparel}", "buyer: [NORD]", 3, "Here stands a list."),
        ("buyer: {code: NORD, name: Nord Apparel}", "buyer: NORD", 3, "The new buyer 'NORD' has no name."),
        ("    languages: [ne, hi]", "    languages: [ne, {a: b}]", 31, "Here stands keys with values."),
        ("suppliers:\n", "suppliers: none\nrest:\n", 6, "instead of a list"),
    ],
)
def test_a_problem_is_told_with_its_line_and_nothing_is_stored(load, old, new, line, said):
    assert old in WHOLE
    code, _output, problems = load(WHOLE.replace(old, new, 1))
    assert code == 1
    assert any(each.startswith(f"mapping.yaml:{line}: ") and said in each for each in problems.splitlines()), problems
    assert everything() == 0


def test_all_problems_are_told_in_one_run(load):
    text = WHOLE.replace("country: NP", "country: XX").replace("tier: 1", "teir: 1").replace("31\n", "99\n")
    _code, _output, problems = load(text)
    assert problems.splitlines()[-1] == "Nothing was stored: 3 to mend."


def test_a_code_used_twice_in_a_list_is_told_with_both_lines(load):
    text = WHOLE.replace("recruiters:\n  -", "recruiters:\n  - {code: EVEREST, name: Other, country: NP}\n  -", 1)
    _code, _output, problems = load(text)
    assert "mapping.yaml:6: error: The code 'EVEREST' is used on line 5 already." in problems


def test_a_mapping_cannot_move_to_another_buyer(load):
    load(WHOLE)
    code, _output, problems = load("mapping: SEA-2026\nbuyer: {code: OTHER, name: Other}\n")
    assert code == 1
    assert "belongs to another buyer" in problems
    assert [buyer.code for buyer in rows(tables.Buyer)] == ["NORD"]


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "a: [1\n", "\tx: 1\n", "buyer: &a {code: X}\n", "buyer: {code: A, code: B}\n"]
)
def test_what_is_no_set_up_file_is_refused_with_a_place(load, text):
    code, _output, problems = load(text)
    assert code == 1
    assert problems.startswith("mapping.yaml")


def test_a_file_that_is_not_text_is_refused(database, tmp_path):
    file = tmp_path / "mapping.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    result = CliRunner().invoke(main, ["mapping", "load", str(file)])
    assert result.exit_code == 1
    assert "not UTF-8" in result.stderr


def test_problems_are_said_in_the_language_that_is_asked_for(database, tmp_path):
    file = tmp_path / "mapping.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    english, nepali = (
        CliRunner().invoke(main, ["mapping", "load", str(file), "--language", code]).stderr for code in ("en", "ne")
    )
    assert "not UTF-8" in english
    assert nepali.splitlines()[0] != english.splitlines()[0]


def test_a_file_that_does_not_exist_is_named(database):
    result = CliRunner().invoke(main, ["mapping", "load", "nowhere.yaml"])
    assert result.exit_code == 1
    assert "nowhere.yaml" in result.stderr


def test_without_tables_the_command_says_how_to_make_them(instance, tmp_path):
    file = tmp_path / "mapping.yaml"
    file.write_text(WHOLE, "utf-8")
    result = CliRunner().invoke(main, ["mapping", "load", str(file)])
    store.dispose()
    assert result.exit_code == 1
    assert "mapper database upgrade" in result.stderr


def test_the_example_of_the_handbook_loads(load):
    handbook = Path(__file__).parents[2] / "docs" / "administrator.md"
    example = handbook.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    code, output, problems = load(example)
    assert (code, problems) == (0, "")
    assert "0 changed" in output


def published(name: str, retired: bool = False) -> None:
    with store.transaction() as session:
        survey = library.load("worker_short")
        publish(session, survey)
        row = Publication(name=name, action="publish", version=survey.version, retired=retired, reason="tried")
        session.add(row)


def test_a_round_offers_a_questionnaire_that_was_published_in_the_browser(load):
    published("worker_sun")
    code, output, _ = load(WHOLE.replace("[worker]", "[worker, worker_sun]"))
    assert code == 0, output
    assert rows(tables.Round)[0].questionnaires == ["worker", "worker_sun"]


def test_a_retired_questionnaire_is_named_unless_the_round_has_it_already(load):
    published("worker_sun", retired=True)
    code, _, told = load(WHOLE.replace("[worker]", "[worker, worker_sun]"))
    assert (code, "'worker_sun' is retired" in told) == (1, True)
    published("worker_sun")
    load(WHOLE.replace("[worker]", "[worker, worker_sun]"))
    published("worker_sun", retired=True)
    assert load(WHOLE.replace("[worker]", "[worker, worker_sun]"))[0] == 0
