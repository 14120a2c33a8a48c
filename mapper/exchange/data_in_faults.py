"""What a mapping names that neither the questionnaire nor the file has."""

from collections.abc import Iterator, Set

from mapper.definition.model import Survey
from mapper.exchange.data_in_finder import has_split
from mapper.exchange.data_in_mapping import LETTER, Columns, DataMapping
from mapper.notice import Notice


def faults_of(survey: Survey, mapping: DataMapping, there: Set[str]) -> Iterator[Notice]:
    """All at once; `there` are the headings of every table. A column that stands beside others may be missing."""
    yield from _unknown_questions(survey, mapping)
    gone = list(absent(survey, mapping, there))
    for entry in mapping.columns:
        line = entry.place().line
        if entry.code not in {"id", *LETTER, *survey.questions}:
            yield Notice(
                "The mapping file, line %(line)s: there is no question '%(code)s'.", line=line, code=entry.code
            )
        lacking = [column for one, column in gone if one is entry]
        if lacking and len(lacking) == len(entry.columns or ()):
            yield Notice(
                "The mapping file, line %(line)s: there is no column '%(column)s'.", line=line, column=lacking[0]
            )


def absent(survey: Survey, mapping: DataMapping, there: Set[str]) -> Iterator[tuple[Columns, str]]:
    """The columns that entries state and no table has; of several answers each may stand in a column of its own."""
    for entry in mapping.columns:
        question = survey.questions.get(entry.code or "")
        is_several = question is not None and question.type == "select_multiple"
        for column in entry.columns or ():
            if column not in there and not (is_several and has_split(column, there)):
                yield entry, column


def _unknown_questions(survey: Survey, mapping: DataMapping) -> Iterator[Notice]:
    implied = (name for wide in mapping.wide for name in wide.implies or ())
    for name in dict.fromkeys((*(mapping.not_asked or ()), *implied)):
        if name not in survey.questions:
            yield Notice(
                "The mapping file names a question '%(name)s' that '%(survey)s' does not have.",
                name=name,
                survey=survey.name,
            )
