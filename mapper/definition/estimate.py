"""How long a questionnaire takes, roughly, so that an auditor can plan a day.

The figures are working assumptions of this project, not measurements: they put a worker interview into the 30 to 60
minutes that such interviews are planned for, and are to be replaced by times from the field. Words are read aloud at
an unhurried 130 a minute; a talk that asks for consent has a beginning and an end (greeting, finding a place, the
code of the interview, whom to call); answering takes the seconds of the table; a question that depends on an earlier
answer is counted by half, one inside a repeat for each of three rows.
"""

from collections.abc import Mapping

from mapper.definition.model import Group, Question, Repeat, Survey

WORDS_PER_SECOND = 130 / 60
ROWS = 3
AROUND_SECONDS = 300  # of a talk
CONDITIONAL = 0.5
ANSWER_SECONDS: Mapping[str, float] = {  # thinking, saying and noting; what is not named takes no time
    "note": 1,  # a breath
    "acknowledge": 3,  # one tap
    "select_one": 4,  # mostly yes or no
    "select_multiple": 10,  # the list is gone through
    "rank": 20,  # every choice is weighed against the others
    "integer": 6,
    "decimal": 6,
    "range": 6,
    "money": 10,  # an amount and its currency are remembered
    "date": 10,  # a month and a year are remembered
    "time": 6,
    "datetime": 12,
    "text": 20,  # a sentence is typed
    "image": 20,
    "audio": 30,
    "file": 20,
    "geopoint": 20,
}


def minutes(survey: Survey) -> int:
    """Estimated length of one interview in whole minutes, at least one.

    A module's own `relevant` is mostly consent, and an interview without it is none: it does not shorten anything.
    """
    seconds = sum(_seconds(item) for section in survey.sections for item in section.children)
    return max(1, round((seconds + (AROUND_SECONDS if survey.consent else 0)) / 60))


def _seconds(item: Question | Group | Repeat) -> float:
    share = CONDITIONAL if item.relevant else 1.0
    match item:
        case Question():
            words = len(f"{item.label} {item.hint}".split())
            spoken = words / WORDS_PER_SECOND if item.type in ANSWER_SECONDS else 0
            return share * (spoken + ANSWER_SECONDS.get(item.type, 0))
        case Group() | Repeat():
            rows = ROWS if isinstance(item, Repeat) else 1
            return share * rows * sum(map(_seconds, item.children))
