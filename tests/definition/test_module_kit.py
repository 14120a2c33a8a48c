"""What a module may bring beside its questions: translations, choice lists and reference tables from a spreadsheet."""

from pathlib import Path

import pytest

from mapper.definition.model import Survey
from mapper.definition.read import read_survey
from mapper.definition.version import canonical, restore
from mapper.interview.route import walk
from mapper.language.catalogue import translator, translator_of
from mapper.scoring import frame
from mapper.scoring.indicators import YES, states
from mapper.scoring.levels import WorkerResponse

FILES = {
    "heat.yaml": "name: heat\ntitle: Heat\nrespondent: worker\nlanguages: [en, ne]\nmodules:\n  - sun\n",
    "modules/sun/module.yaml": """
name: sun
label: In the sun
questions:
  - {type: select_one districts, name: district, label: Where do you work?}
  - {type: calculate, name: limit, calculation: "pulldata('districts', 'limit', 'name', ${district})"}
  - {type: integer, name: degrees, label: How hot was it?, relevant: "${limit} != ''"}
""",
    "modules/sun/districts.csv": "\ufeffname;label;limit\r\njhapa;Jhapa;33\r\nmorang;Morang;35\r\n;;\r\n",
    "modules/sun/indicators.yaml": """
indicators:
  - {name: too_hot, label: Works above the limit, rule: "${degrees} > ${limit}", stage: S5_employment, actor: employer,
     source: Own rule, table: Heat}
""",
    "modules/sun/translations.yaml": 'translations:\n  ne:\n    How hot was it?: कति गर्मी थियो?\n',
}  # fmt: skip


@pytest.fixture
def study(tmp_path: Path):
    def written(**changes: str) -> tuple[Survey | None, tuple]:
        for name, text in {**FILES, **changes}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        return read_survey(tmp_path / "heat.yaml")

    return written


def test_a_table_saved_by_a_spreadsheet_is_a_list_to_choose_from_and_to_look_up_in(study):
    survey, problems = study()
    assert problems == ()
    assert [choice.label for choice in survey.choices["districts"]] == ["Jhapa", "Morang"]
    assert walk(survey, {"district": "morang"}).answers["limit"] == 35


def test_an_indicator_may_compare_with_what_was_looked_up(study):
    survey, _ = study()
    told = [WorkerResponse({"district": "jhapa", "limit": "33", "degrees": each}) for each in (34, 32)]
    [row] = states(frame.build(survey, told), survey.indicators)
    assert [state == YES for state in row] == [True, False]


def test_a_translation_that_the_module_brings_is_heard_where_the_catalogue_has_none(study):
    survey, _ = study()
    assert translator_of(survey, "ne").text("How hot was it?") == "कति गर्मी थियो?"
    assert translator_of(survey, "ne").has("surveys", "How hot was it?")
    assert translator_of(survey, "ne").version != translator("ne").version
    assert translator_of(survey, "en").text("How hot was it?") == "How hot was it?"


def test_a_translation_in_the_catalogue_goes_before_the_one_that_a_module_brings(study):
    survey, _ = study(
        **{"modules/sun/translations.yaml": "translations:\n  ne:\n    How hot was it?: x\n    'Yes': z\n"}
    )
    assert translator_of(survey, "ne").text("Yes") == translator("ne").text("Yes") != "Yes"


def test_translations_belong_to_a_version_and_come_back_with_it(study):
    survey, _ = study()
    assert restore(canonical(survey)).translations == survey.translations
    assert restore(canonical(survey)).version == survey.version
    other, _ = study(**{"modules/sun/translations.yaml": "translations:\n  ne:\n    How hot was it?: अर्को\n"})
    assert other.version != survey.version


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "empty_file"), ("name,label\n", "empty_file"), ('name,label\na,"b', "unreadable_file")],
)
def test_a_table_that_cannot_be_read_says_so(study, content, code):
    _, problems = study(**{"modules/sun/districts.csv": content})
    assert code in [problem.code for problem in problems if problem.file.endswith("districts.csv")]
