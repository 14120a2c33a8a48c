"""Every question that was asked, and every indicator with its rule, as a table."""

from collections.abc import Iterator, Mapping

from mapper.language.cited import Cited
from mapper.language.reader import N_, Label, Words
from mapper.language.spoken import SpokenRule
from mapper.summary.model import Column, Summary, Table
from mapper.summary.wording import STAGES, STATUSES, say

TYPES: Mapping[str, str] = {  # of questions, as a reader knows them
    "select_one": N_("One of a list"),
    "select_multiple": N_("Any number of a list"),
    "rank": N_("A list in order"),
    "text": N_("Words"),
    "integer": N_("Whole number"),
    "decimal": N_("Number"),
    "money": N_("Amount of money"),
    "date": N_("Date"),
    "note": N_("Only read out"),
    "calculate": N_("Calculated"),
}


def codebook(summary: Summary) -> Table:
    """Every question that was asked, and every indicator with its rule in words."""
    columns = (
        Column("Questionnaire", width=24),
        Column("Version", width=18),
        Column("What", width=12),
        Column("Name", width=26),
        Column("Text", "long", 70),
        Column("Type or rule", "long", 60),
        Column("As written", "long", 40, N_("For the definition: the type with its list, or the expression.")),
        Column("Stage", width=18),
        Column("Source", "long", 44),
        Column("Status of source", width=14),
    )
    note = N_("Questions and rules in your language; names, expressions and titles of sources as they were written.")
    return Table("codebook", "Codebook", note, columns, (*_questions(summary), *_rules(summary)))


def _questions(summary: Summary) -> Iterator[tuple[object, ...]]:
    for survey in summary.surveys:
        about = (Label(survey.title), survey.version, Words(N_("Question")))
        for question in survey.questions.values():
            written = f"{question.type} {question.list_name or ''}".strip()
            yield (
                *about, question.name, Label(question.label), say(TYPES, question.type), written,
                say(STAGES, question.stage), Cited(question.source or ""), None,
            )  # fmt: skip


def _rules(summary: Summary) -> Iterator[tuple[object, ...]]:
    for survey in summary.surveys:
        about = (Label(survey.title), survey.version, Words(N_("Indicator")))
        for one in survey.indicators:
            rule = SpokenRule(one.rule.text, survey, one.rule.tree)
            yield (
                *about, one.name, Label(one.label), rule, one.rule.text, say(STAGES, one.stage), Cited(one.source),
                say(STATUSES, one.status),
            )  # fmt: skip
