"""Everything that can be wrong with a survey once it has been read, found in one run."""

from collections.abc import Callable

from mapper.definition import (
    check_comparisons,
    check_indicators,
    check_lists,
    check_names,
    check_questions,
    check_rules,
    check_translations,
)
from mapper.definition.draft import Draft
from mapper.definition.scope import Scope

CHECKS: tuple[Callable[[Scope], None], ...] = (
    check_names.well_formed_names,
    check_names.questions_named_once,
    check_names.indicators_named_once,
    check_names.languages_are_codes,
    check_questions.something_is_asked,
    check_questions.known_types,
    check_questions.lists_of_selects,
    check_questions.shown_questions_have_words,
    check_questions.calculations_are_there,
    check_questions.money_has_a_currency,
    check_questions.currencies_exist,
    check_questions.defaults_fit,
    check_questions.ranges_have_values,
    check_questions.keys_do_something,
    check_lists.choices_named_once,
    check_lists.choices_of_several_are_single_words,
    check_lists.lists_have_choices,
    check_lists.lists_are_used,
    check_rules.names_in_rules,
    check_rules.names_in_texts,
    check_rules.names_in_choices,
    check_rules.asked_in_time,
    check_rules.calculations_end,
    check_rules.dots_have_an_answer,
    check_rules.references_have_answers,
    check_rules.rows_are_counted,
    check_rules.positions_are_in_repeats,
    check_rules.columns_exist,
    check_comparisons.like_is_compared_with_like,
    check_indicators.indicators_name_their_source,
    check_indicators.indicators_have_a_place_on_the_map,
    check_translations.translations_are_of_what_is_said,
    check_translations.translations_name_their_language,
)


def check(draft: Draft) -> None:
    """Note every problem of the draft in its report."""
    scope = Scope(draft)
    for find_problems in CHECKS:
        find_problems(scope)


def used_lists(draft: Draft) -> tuple[str, ...]:
    """The choice lists that the survey needs, in the order in which they are defined."""
    used = Scope(draft).used_lists
    return tuple(name for name in draft.survey.choices if name in used)
