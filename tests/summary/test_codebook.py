"""The codebook is read in the reader's language; what others published keeps its title."""

import pytest

from mapper.definition import library
from mapper.language.cited import REMARKS, Cited
from mapper.language.reader import reader
from mapper.summary.codebook import codebook
from mapper.summary.model import Summary
from mapper.summary.sections import in_language
from tests.summary.scores import score, summary

LAW = "ILO, Equal Remuneration Convention, 1951 (No. 100)"


class Foreign:
    """A reader with a language of one letter more at each end."""

    def say(self, text: str) -> str:
        return f"ñ{text}ñ"

    any = say

    def cell(self, value: object) -> object:
        return value


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (f"{LAW} (general knowledge)", f"{LAW} (ñgeneral knowledgeñ)"),
        (f"{LAW}; own wording", f"{LAW}; ñown wordingñ"),
        ("Own wording", "Ñown wordingñ"),
        (
            "A survey, 2012 (item from general knowledge: verify)",
            "A survey, 2012 (ñitem from general knowledgeñ: ñverifyñ)",
        ),
        ("General knowledge; step: own design", "Ñgeneral knowledgeñ; ñstep: own designñ"),
        (
            "Permit tied to one employer, from general knowledge",
            "ÑPermit tied to one employerñ, ñfrom general knowledgeñ",
        ),
        (
            "An evaluation, 2023 (topics of the gender module); own rule (G13)",
            "An evaluation, 2023 (ñtopics of the gender moduleñ); ñown ruleñ (G13)",
        ),
        (
            "Mean cost of 17.6 months of wage, all corridors (A paper 2020, not confirmed); step: own design",
            "ñMean cost of 17.6 months of wage, all corridorsñ (A paper 2020, ñnot confirmedñ); ñstep: own designñ",
        ),
        (
            "Fees beyond the free visa, free ticket rule of 9 June 2015, from general knowledge",
            "ñFees beyond the free visa, free ticket rule of 9 June 2015ñ, ñfrom general knowledgeñ",
        ),
        ("Topics of general knowledge in verification", "Topics of general knowledge in verification"),  # a title
    ],
)
def test_our_remarks_are_said_and_titles_stay(source, said):
    assert Cited(source).said(Foreign()) == said
    assert Cited(source).said(reader("en")) == source, "in English it stays what it was"


def sheet(language: str):
    told = summary(score())
    survey = library.load("management")
    whole = Summary(**{name: getattr(told, name) for name in told.__slots__} | {"surveys": (survey,)})
    return survey, in_language(codebook(whole), reader(language))


def test_questions_and_rules_are_in_the_readers_language():
    survey, table = sheet("ne")
    read, rows = (
        reader("ne"),
        {row[3]: dict(zip([c.title for c in codebook_columns()], row, strict=True)) for row in table.rows},
    )
    question = next(one for one in survey.questions.values() if read.label(one.label) != one.label)
    assert rows[question.name]["Text"] == read.label(question.label)
    indicator = survey.indicators[0]
    shown = rows[indicator.name]
    assert shown["Text"] == read.label(indicator.label) != indicator.label
    assert shown["As written"] == indicator.rule.text, "an expression is the same in every language"
    assert "${" not in shown["Type or rule"]
    assert (
        shown["Type or rule"]
        != dict(zip([c.title for c in codebook_columns()], english(indicator.name), strict=True))["Type or rule"]
    )


def codebook_columns():
    return codebook(summary(score())).columns


def english(name: str):
    return next(row for row in sheet("en")[1].rows if row[3] == name)


def test_every_remark_is_found_in_a_source_of_ours():
    assert len({text.casefold() for text in REMARKS}) == len(REMARKS)
    everything = " ".join(
        (one.source or "").casefold() for name in ("worker", "management", "documents", "observation", "worker_climate")
        for survey in [library.load(name)] for one in (*survey.questions.values(), *survey.indicators)
    )  # fmt: skip
    assert sum(text.casefold() in everything for text in REMARKS) > len(REMARKS) / 2
