"""Every kind of problem that a definition can have, under the stable name that tests and other tools rely on."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    severity: Literal["error", "warning"]
    about: str


def _error(about: str) -> Code:
    return Code("error", about)


def _warning(about: str) -> Code:
    return Code("warning", about)


FILES = {
    "unreadable_file": _error("The file is missing or may not be read."),
    "file_too_large": _error("The file is larger than 5 MB or holds more than 200,000 values."),
    "unreadable_yaml": _error("The file is not UTF-8 or not YAML."),
    "nothing_to_check": _error("A folder without questionnaires or modules."),
    "later_definition": _error("A stored definition that a later program wrote."),
    "empty_file": _error("The file has nothing in it."),
    "too_deep": _error("The file nests more than 40 levels deep."),
    "several_documents": _error("The file holds a second YAML document."),
    "anchor": _error("An anchor or alias is used; each part is written out where it stands."),
    "tag": _error("A YAML tag is used; every value is text."),
    "duplicate_key": _error("A key stands twice in one entry."),
}

SHAPE = {
    "unknown_key": _error("A key that nothing reads."),
    "cut_text": _error("A text between { and } that ends at a comma of its own."),
    "missing_key": _error("A key without which this cannot be."),
    "wrong_shape": _error("A list stands where a text should, or the like."),
    "empty_value": _warning("A key with nothing after its colon."),
    "unknown_value": _error("A value that this key does not know."),
    "invalid_name": _error("A name with a character that names cannot have."),
    "missing_name": _error("A question, group, choice or indicator without a name."),
    "duplicate_name": _error("A name that another question, group or repeat of the survey has."),
    "duplicate_indicator": _error("An indicator's name that another indicator has."),
    "unknown_survey": _error("A questionnaire that has no file."),
    "name_mismatch": _error("A questionnaire or module that is called otherwise than its file or folder."),
    "unknown_module": _error("A module that has no folder."),
    "duplicate_module": _error("A module that the questionnaire already has."),
    "empty_survey": _error("A questionnaire, module, group or repeat without a question."),
    "unknown_language": _error("A language that is not a code such as ne or pt_BR."),
}

QUESTIONS = {
    "unknown_type": _error("A type of question that does not exist."),
    "missing_label": _error("A question without words or media."),
    "missing_choice_list": _error("A select without a list, or with one that is not defined."),
    "unexpected_list": _error("A list after a type that has no choices."),
    "empty_choice_list": _error("A list without choices."),
    "duplicate_choice": _error("Two choices of a list with one name."),
    "duplicate_list": _error("Two lists with one name and other choices in the modules of a survey."),
    "unused_list": _warning("A list that no question uses."),
    "missing_calculation": _error("A question of type calculate without a calculation."),
    "missing_currency": _error("A question about money without a currency."),
    "unknown_currency": _error("A currency that is not an ISO 4217 code."),
    "unfit_default": _error("A default that cannot be an answer to its question."),
    "unfit_range": _error("A slider whose start, end and step leave no answer."),
    "pointless_key": _warning("A key that does nothing for this type of question."),
    "unknown_stage": _error("A stage that the map of the journey does not have."),
    "unknown_actor": _error("An actor that the map of the journey does not have."),
}

RULES = {
    "invalid_rule": _error("A rule that cannot be understood."),
    "unknown_question": _error("A rule or text that names a question which the survey does not have."),
    "unquoted_text": _error("A word without quotes where text was meant."),
    "unknown_choice": _error("A rule that compares a question with a choice which its list does not have."),
    "used_before_asked": _error("A rule or text that needs the answer to a question asked later."),
    "calculated_too_early": _warning("A calculation that needs the answer to a question asked later."),
    "circular_calculation": _error("A calculation that needs its own result."),
    "number_with_text": _error("A number compared with text."),
    "date_with_text": _error("A date compared with text that is not a date, or with a plain number."),
    "multiple_compared": _warning("A question with several answers compared by =, which asks for that answer alone."),
    "unknown_column": _error("A choice filter or lookup that names a column which the list does not have."),
    "no_answer": _error("A rule that uses a note, group or repeat as if it had an answer."),
    "no_own_answer": _error("A dot where no answer of its own exists yet."),
    "outside_repeat": _warning("A question inside a repeat used from outside without sum, count, join or the like."),
    "position_outside_repeat": _error("position(..) outside of a repeat."),
    "bare_reference": _warning("A question's name without ${ }."),
}

INDICATORS = {
    "missing_source": _error("An indicator that does not say where it comes from."),
    "missing_stage": _error("An indicator that does not say where on the map it belongs."),
    "unused_translation": _warning("A translation of a sentence that its questionnaire does not have."),
    "lost_placeholder": _error("A translation that does not show the same answers as its English."),
}

WORKBOOKS = {
    "unreadable_workbook": _error("A file that is no workbook, or is too large."),
    "missing_sheet": _error("A workbook without a sheet of questions."),
    "duplicate_sheet": _error("Two sheets with one name."),
    "duplicate_column": _error("Two columns of a sheet that mean the same."),
    "unclosed_group": _error("A group or repeat that begins and does not end."),
    "deep_groups": _error("Groups and repeats that nest more than 15 levels deep."),
    "unexpected_end": _error("The end of a group or repeat that did not begin."),
    "missing_file": _error("A file of choices or of a lookup that does not lie beside the workbook."),
    "formula_without_value": _error("A formula whose result is not in the file."),
    "zawgyi": _error("Burmese in the old Zawgyi encoding, which shows wrong letters on tablets."),
    "unheard_language": _warning("Texts in a language in which nobody will hear the questionnaire."),
    "respondent_unstated": _warning("A workbook that does not say who answers it."),
    "consent_unstated": _warning("A workbook for workers without a rule of who has agreed to be asked."),
    "not_carried_over": _warning("Something in a workbook that is lost; an error where the import is strict."),
    "repaired": _warning("Something in a workbook that was changed to be read; an error where the import is strict."),
    "not_read": _warning("Something in a workbook that no program reads, such as a comment beside the questions."),
    "kept_for_xlsform": _warning("Something in a workbook that does nothing here and goes out again."),
}

CODES: dict[str, Code] = FILES | SHAPE | QUESTIONS | RULES | INDICATORS | WORKBOOKS
