"""What was written on paper, as it is keyed in: a number for an answer, `*` and `-` for none, `25000 NPR` for money.

It becomes the same fields that the long form posts, so that everything after is the same. What cannot be read is kept
as it was keyed, and the rules say what is wrong with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from mapper.definition.model import Question, Survey
from mapper.document.posted import Fields, Posted, read_posted
from mapper.interview.numbers import latin_digits

SIGNS = {"*": "dont_know", "-": "refused", "/": "not_reached"}
NO_CHOICE = "?"  # before a number that no choice has
BETWEEN = re.compile(r"[\s,;.+]+")
MONEY = re.compile(
    r"(?P<amount>[\d.,\s]+?)\s*(?P<currency>[A-Za-z]{3})?(?:\s+(?P<period>hour|day|week|month|year|once))?"
)
ROW = re.compile(r"(?P<repeat>[^\[\]]+)\[(?P<row>\d{1,4})\]/(?P<rest>.+)")
Keyed = dict[str, list[str]]


def read_keyed(survey: Survey, fields: Fields, language: str) -> Posted:
    """Answers, conditions and reasons for none. Rows that hold nothing are left out."""
    return read_posted(survey, as_posted(survey, fields), language)


def together(fields: Mapping[str, str]) -> dict[str, str]:
    """The same fields with the filled rows of each repeat one after another, so that a row is called the same
    everywhere."""
    rows: dict[str, set[int]] = {}
    for name, text in fields.items():
        if (found := ROW.fullmatch(name)) and text.strip():
            rows.setdefault(found["repeat"], set()).add(int(found["row"]))
    place = {name: {row: at for at, row in enumerate(sorted(kept), 1)} for name, kept in rows.items()}
    moved = ((_moved(name, place), text) for name, text in fields.items())
    return {name: text for name, text in moved if name}


def _moved(name: str, place: Mapping[str, Mapping[int, int]]) -> str:
    found = ROW.fullmatch(name)
    if found is None:
        return name
    row = place.get(found["repeat"], {}).get(int(found["row"]))
    return f"{found['repeat']}[{row}]/{found['rest']}" if row else ""


def as_posted(survey: Survey, fields: Fields) -> Keyed:
    posted: Keyed = {}
    for path, values in fields.items():
        question = survey.questions.get(path.rpartition("/")[2])
        text = next(iter(values), "").strip()
        if question is not None and text:
            posted |= _posted(survey, question, path, text)
    return posted


def _posted(survey: Survey, question: Question, path: str, text: str) -> Keyed:
    if text in SIGNS:
        return _reason(survey, question, path, SIGNS[text])
    names = [choice.name for choice in survey.choices_of(question)]
    plain = latin_digits(text)
    match question.type:
        case "select_one":
            return {path: [_chosen(plain, names)]}
        case "select_multiple":
            return {path: [_chosen(part, names) for part in BETWEEN.split(plain) if part]}
        case "rank":
            parts = [part for part in BETWEEN.split(plain) if part]
            return {f"{path}~{_chosen(part, names)}": [str(place)] for place, part in enumerate(parts, 1)}
        case "money":
            return dict(_money(path, plain))
        case "date":
            return dict(_date(question, path, plain))
        case "acknowledge":
            return {path: ["OK" if plain == "1" else text]}
    return {path: [text]}


def _chosen(number: str, names: Sequence[str]) -> str:
    """The name of the choice with this number; what is no number of a choice keeps a mark that no name has."""
    is_one = number.isdecimal() and 1 <= int(number) <= len(names)
    return names[int(number) - 1] if is_one else f"{NO_CHOICE}{number}"


def _reason(survey: Survey, question: Question, path: str, kind: str) -> Keyed:
    """A choice of the question's own that says the same stands before the mark."""
    declared = [choice.name for choice in survey.choices_of(question) if choice.missing == kind]
    return {path: declared[:1]} if declared else {f"{path}~missing": [kind]}


def _money(path: str, text: str) -> Iterator[tuple[str, list[str]]]:
    found = MONEY.fullmatch(text)
    yield path, [found["amount"] if found else text]
    if found and found["currency"]:
        yield f"{path}~currency", [found["currency"].upper()]
    if found and found["period"]:
        yield f"{path}~period", [found["period"]]


def _date(question: Question, path: str, text: str) -> Iterator[tuple[str, list[str]]]:
    """20190531, 201905 and 2019-5 are read as dates too."""
    digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", text)
    parts = [part for part in digits.groups() if part] if digits else re.split(r"[-/.]", text)
    if "month-year" in question.appearance:
        yield f"{path}~year", parts[:1]
        yield f"{path}~month", [parts[1].zfill(2) if len(parts) > 1 else ""]
    else:
        yield path, ["-".join([parts[0], *(part.zfill(2) for part in parts[1:])])]
