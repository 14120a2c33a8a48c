"""From files to the model: modules, inheritance, lists, consent."""

from collections.abc import Callable
from pathlib import Path

from mapper.definition.model import Group, Place, Question, Repeat, Survey
from mapper.definition.problems import Problem
from mapper.definition.read import read_survey
from mapper.expression.parse import to_source

OK = Path(__file__).parents[1] / "surveys" / "ok"
SurveyOf = Callable[[str], Survey]
Read = Callable[[str], tuple[Survey | None, tuple[Problem, ...]]]


def ok(name: str) -> Survey:
    survey, _ = read_survey(name, OK)
    assert survey
    return survey


def test_modules_stand_in_the_order_of_the_questionnaire() -> None:
    assert ok("modules").modules == ("consent", "chain", "conditions")


def test_consent_is_required_after_it_was_asked_except_for_conditions() -> None:
    consent, chain, conditions = ok("modules").sections
    assert consent.relevant is None
    assert chain.relevant
    assert to_source(chain.relevant.tree) == "${consent} = 'given_verbal' and ${consent} != 'refused'"
    assert conditions.relevant is None


def test_the_place_on_the_map_is_inherited_and_can_be_overridden() -> None:
    questions = ok("modules").questions
    assert (questions["who"].stage, questions["who"].actors) == ("S1_recruitment", ("sub_agent", "ra_origin"))
    assert questions["paid"].actors == ("sub_agent",)
    assert questions["promise"].stage == "S0_context"
    assert questions["promise"].source == "Own wording"


def test_groups_pass_on_what_they_say() -> None:
    children = ok("group").questions["children"]
    assert (children.stage, children.actors) == ("S0_context", ("employer",))


def test_an_indicator_inherits_its_place_from_the_module_but_never_its_source() -> None:
    (indicator,) = ok("modules").indicators
    assert (indicator.stage, indicator.actors) == ("S1_recruitment", ("sub_agent", "ra_origin"))
    assert indicator.source == "Own rule"
    assert indicator.module == "chain"
    assert indicator.sets == {"icls20": "IC_C5"}
    assert indicator.counts_as == {"dont_know": "no"}
    assert set(indicator.modes) == {"experienced"}


def test_an_indicator_without_source_is_a_problem_even_in_a_module_that_has_one(folder: Path, read: Read) -> None:
    module = folder / "modules" / "journey"
    module.mkdir()
    question = "questions:\n  - {type: integer, name: days, label: How many days?}\n"
    (module / "module.yaml").write_text(f"name: journey\nlabel: Journey\nsource: S\nstage: S3_transit\n{question}")
    rule = "rule: '${days} > 9', actor: transport"
    (module / "indicators.yaml").write_text(f"indicators:\n  - {{name: long, label: Long journey, {rule}}}\n")
    _, problems = read("modules: [journey]\n")
    assert [problem.code for problem in problems] == ["missing_source"]


def test_a_list_of_the_questionnaire_stands_in_for_a_shared_one(folder: Path, survey: SurveyOf) -> None:
    (folder / "choices" / "all.yaml").write_text('choices:\n  yes_no: [{name: yes, label: "Yes"}]\n')
    found = survey("""
        choices:
          yes_no:
            - {name: always, label: Always}
        questions:
          - {type: select_one yes_no, name: paid, label: Did you pay?}
    """)
    assert [choice.name for choice in found.choices["yes_no"]] == ["always"]


def test_only_the_lists_that_are_used_belong_to_the_survey(folder: Path, survey: SurveyOf) -> None:
    lists = 'choices:\n  yes_no: [{name: yes, label: "Yes"}]\n  sectors: [{name: farm, label: Farm}]\n'
    (folder / "choices" / "all.yaml").write_text(lists)
    found = survey("questions: [{type: select_one sectors, name: sector, label: Which work?}]")
    assert list(found.choices) == ["sectors"]


def test_further_keys_of_a_choice_are_columns() -> None:
    kathmandu, _ = ok("choices_filtered").choices["towns"]
    assert kathmandu.filters == {"country": "NP"}


def test_a_column_may_be_called_much_like_a_key(survey: SurveyOf) -> None:
    found = survey("""
        choices:
          towns:
            - {name: ktm, label: Kathmandu, level: 1, names: many, medium: low}
        questions:
          - {type: select_one towns, name: town, label: Which town?}
    """)
    assert found.choices["towns"][0].filters == {"level": "1", "names": "many", "medium": "low"}


def test_currencies_may_be_named_by_a_list() -> None:
    assert ok("money").questions["fee"].currencies == ("NPR", "QAR")
    assert ok("money").questions["wage"].currencies == ("QAR",)
    assert ok("money").questions["wage"].period == "month"


def test_yes_no_on_off_and_numbers_stay_words() -> None:
    survey = ok("yes_and_no_stay_text")
    assert [choice.name for choice in survey.choices["switch"]] == ["on", "off", "yes", "010"]
    assert list(survey.questions) == ["n", "y"]


def test_required_is_a_rule_or_yes_or_no(survey: SurveyOf) -> None:
    found = survey("""
        questions:
          - {type: integer, name: a, label: A, required: yes}
          - {type: integer, name: b, label: B, required: "${a} > 1"}
          - {type: integer, name: c, label: C, required: no}
          - {type: integer, name: d, label: D}
    """)
    rules = {
        name: question.required and to_source(question.required.tree) for name, question in found.questions.items()
    }
    assert rules == {"a": "true()", "b": "${a} > 1", "c": None, "d": None}


def test_items_know_where_they_stand(survey: SurveyOf) -> None:
    found = survey("questions:\n  - {type: integer, name: a, label: A}\n  - type: text\n    name: b\n    label: B\n")
    places = [item.place for item in found.items()]
    assert [place and place.line for place in places] == [5, 6]
    assert isinstance(places[0], Place)
    assert places[0].file.endswith("tiny.yaml")


def test_groups_and_repeats_nest() -> None:
    jobs = next(item for item in ok("repeat").items() if isinstance(item, Repeat))
    assert jobs.repeat_count
    assert [child.name for child in jobs.children] == ["number", "pay", "why_more"]
    home = next(item for item in ok("group").items() if isinstance(item, Group))
    assert home.appearance == ("field-list",)
    assert isinstance(home.children[1], Group)


def test_parameters_may_be_written_as_in_a_workbook() -> None:
    questions = ok("parameters").questions
    assert questions["heat"].parameters == {"start": "0", "end": "10", "step": "1"}
    assert questions["noise"].parameters == {"start": "0", "end": "10"}
    assert questions["story"].media == {"image": "story.png"}
    assert isinstance(questions["story"], Question)
    assert questions["story"].appearance == ("multiline", "w4")


def test_a_questionnaire_is_called_like_its_file(folder: Path) -> None:
    text = "name: other\ntitle: Other\nrespondent: worker\nquestions: [{type: integer, name: age, label: Age}]\n"
    (folder / "tiny.yaml").write_text(text)
    _, problems = read_survey("tiny", folder)
    assert [(problem.code, problem.line) for problem in problems] == [("name_mismatch", 1)]
