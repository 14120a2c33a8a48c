"""Every question that was asked, and every indicator with its rule, as a table."""

from collections.abc import Iterator

from mapper.language.reader import N_
from mapper.summary.model import Column, Summary, Table
from mapper.summary.wording import STAGES, say


def codebook(summary: Summary) -> Table:
    """Every question that was asked, and every indicator with its rule in words."""
    columns = (
        Column("Questionnaire", width=18),
        Column("Version", width=18),
        Column("What", width=10),
        Column("Name", width=26),
        Column("Text", "long", 70),
        Column("Type or rule", "long", 50),
        Column("Stage", width=18),
        Column("Source", "long", 44),
    )
    rows = (*_questions(summary), *_rules(summary))
    return Table(
        "codebook", "Codebook", N_("Questions as asked in English; indicators with their rule."), columns, rows
    )


def _questions(summary: Summary) -> Iterator[tuple[object, ...]]:
    for survey in summary.surveys:
        for question in survey.questions.values():
            kind = f"{question.type} {question.list_name or ''}".strip()
            stage = say(STAGES, question.stage)
            yield survey.name, survey.version, "question", question.name, question.label, kind, stage, question.source


def _rules(summary: Summary) -> Iterator[tuple[object, ...]]:
    for survey in summary.surveys:
        for indicator in survey.indicators:
            stage = say(STAGES, indicator.stage)
            about = (survey.name, survey.version, "indicator", indicator.name, indicator.label)
            yield *about, indicator.rule.text, stage, f"{indicator.source} ({indicator.status})"
