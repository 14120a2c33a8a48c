"""The types of questions: what each asks for and what its answer is in a rule."""

from dataclasses import dataclass
from typing import Literal

from mapper.notice import Notice

Answer = Literal["text", "number", "date", "choice", "choices", "file", "nothing", "any"]


@dataclass(frozen=True, slots=True)
class QuestionType:
    """`answer` is what the answer is in a rule; `has_list` that the list's name follows the type, as in XLSForm."""

    about: str
    answer: Answer
    has_list: bool = False
    is_shown: bool = True


TYPES = {
    "text": QuestionType("words or digits as they are typed", "text"),
    "integer": QuestionType("a whole number", "number"),
    "decimal": QuestionType("a number", "number"),
    "money": QuestionType("an amount with its currency and, where it applies, its period", "number"),
    "range": QuestionType("a number on a slider; parameters start, end and step", "number"),
    "date": QuestionType("a day", "date"),
    "time": QuestionType("a time of day", "text"),
    "datetime": QuestionType("a day and a time", "date"),
    "select_one": QuestionType("one choice of a list", "choice", has_list=True),
    "select_multiple": QuestionType("any number of choices of a list", "choices", has_list=True),
    "rank": QuestionType("all choices of a list, put in order", "choices", has_list=True),
    "acknowledge": QuestionType("a box to tick; the answer is OK", "text"),
    "note": QuestionType("words to read; nothing is asked", "nothing"),
    "calculate": QuestionType("a result of the program; nothing is shown", "any", is_shown=False),
    "hidden": QuestionType("a fixed value; nothing is shown", "text", is_shown=False),
    "image": QuestionType("a photograph", "file"),
    "audio": QuestionType("a recording", "file"),
    "file": QuestionType("a file", "file"),
    "geopoint": QuestionType("a place on the map; asks for care, since a place can identify a worker", "text"),
    "today": QuestionType("the day of the interview, noted by the program", "date", is_shown=False),
    "start": QuestionType("when the interview began, noted by the program", "date", is_shown=False),
    "end": QuestionType("when the interview ended, noted by the program", "date", is_shown=False),
}

ALIASES = {  # other spellings that XLSForm or its tools allow
    "dateTime": "datetime",
    "string": "text",
    "int": "integer",
    "photo": "image",
    "trigger": "acknowledge",
}
WORDS = {"group": Notice("group"), "repeat": Notice("repeat"), "question": Notice("question"), "note": Notice("note")}
CONTAINERS = {"group": "questions that belong together", "repeat": "questions asked once for each row"}
