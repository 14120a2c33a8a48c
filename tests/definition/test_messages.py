"""What is for translators: the same texts from a survey and from plain pybabel."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from mapper import paths
from mapper.definition import library
from mapper.definition.messages import messages
from mapper.definition.read import read_survey
from mapper.language.gate import readers_texts
from mapper.scoring.method_file import load_method

OK = Path(__file__).parents[1] / "surveys" / "ok"


def heard_in(name: str) -> dict[str, str]:
    survey, _ = read_survey(name, OK)
    assert survey
    return {f"{message.item}.{message.key}": message.audience for message in messages(survey)}


def test_consent_is_heard_by_the_respondent_and_other_conditions_are_for_the_auditor() -> None:
    audiences = heard_in("modules")
    assert audiences["consent.label"] == "respondent"
    assert audiences["consent=refused.label"] == "respondent"
    assert audiences["chain.label"] == "respondent"
    assert audiences["private.label"] == "auditor"
    assert audiences["modules.title"] == "auditor"
    assert audiences["anybody_paid.label"] == "reader"


def test_everything_in_a_document_check_is_for_the_auditor() -> None:
    assert set(heard_in("calculation").values()) == {"auditor"}


def test_hints_and_messages_are_texts_too() -> None:
    assert {"migrants.hint", "migrants.constraint_message", "migrants.label"} <= heard_in("text_in_text").keys()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What plain pybabel makes of the shipped surveys."""
    made = tmp_path_factory.mktemp("template") / "surveys.pot"
    pybabel = [sys.executable, "-c", "from babel.messages.frontend import main; main()"]
    command = [*pybabel, "-q", "extract", "-F", "babel-surveys.cfg", "-o", str(made), "surveys"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return made


def test_plain_pybabel_finds_every_text_of_every_questionnaire(template: Path) -> None:
    with template.open("rb") as file:
        catalogue = read_po(file)
    for name in library.names():
        for message in messages(library.load(name)):
            assert message.text in catalogue, f"{name}: {message.item} {message.key}"


def test_each_text_comes_with_its_line_question_and_stage(template: Path) -> None:
    with template.open("rb") as file:
        catalogue = read_po(file)
    question = library.load("worker").questions["hours_per_week"]
    message = catalogue[question.label]
    assert message.auto_comments == [f"question hours_per_week: label, {question.stage}"]
    ((file_name, line),) = message.locations
    assert question.label in (paths.ROOT / file_name).read_text("utf-8").splitlines()[line - 1]


def test_what_readers_of_results_meet_is_for_translators(template: Path) -> None:
    text = template.read_text("utf-8")
    found = set(re.findall(r"surveys/((?:actions|methods)/\S+?\.yaml)", text))
    tables = {f"methods/{name}.yaml" for name in ("cost_items", "default", "htshc2012", "icls20")}
    assert found == {"actions/library.yaml", *tables}


def test_every_reason_for_a_band_and_every_item_of_cost_is_found(template: Path) -> None:
    with template.open("rb") as file:
        catalogue = read_po(file)
    method = load_method()
    said = [text for rule in method.band_rules for text in (rule.because, rule.label)]
    said += [item.label for item in method.cost_items.values()] + [*method.components.missing.values()]
    assert len(said) > 60
    assert [text for text in said if text not in catalogue] == []
    assert set(said) <= set(readers_texts())
