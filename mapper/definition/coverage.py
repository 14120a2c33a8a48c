"""Shows for every reference list which question measures each item, and writes docs/coverage.md and docs/pairs.md:

    python -m mapper.definition.coverage

What must be asked is data, in surveys/methods/coverage.yaml.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from mapper import paths
from mapper.definition import library, pairs
from mapper.definition.markdown import cell, code, table
from mapper.definition.model import Indicator, Survey
from mapper.expression.nodes import references

DATA = paths.SURVEYS / "methods" / "coverage.yaml"
DOCS = paths.ROOT / "docs"
HEAD = """# Coverage: what must be asked, and where it is asked

Made by `python -m mapper.definition.coverage` from the questionnaires and from `surveys/methods/coverage.yaml`; a test
fails when this page is older than they are. An item is measured by the questions named beside it, or the page says why
nothing measures it. The counterparts of each matter are on the page of [pairs](pairs.md).
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that must be asked. `questions` are the names that the list itself gives; `words` what their source
    holds; `not_covered` why nothing asks it."""

    code: str
    about: str
    questions: tuple[str, ...] = ()
    words: str = ""
    note: str = ""
    not_covered: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A list of items that a publication or a method asks for, and how its questions are found."""

    name: str
    title: str
    source: str
    by: str
    items: tuple[Item, ...]
    list: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """An item with its questions, and for each the instruments that ask it, by their names on the pages."""

    item: Item
    questions: Mapping[str, tuple[str, ...]]


@cache
def data() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return content


def reference_lists() -> tuple[Reference, ...]:
    return tuple(_reference(written) for written in data()["lists"])


def instruments() -> Mapping[str, tuple[Survey, ...]]:
    """Name on the pages → questionnaires, in the order of the pages."""
    return {name: tuple(library.load(survey) for survey in surveys) for name, surveys in data()["instruments"].items()}


def covered(reference: Reference, asked: Mapping[str, Sequence[Survey]]) -> tuple[Covered, ...]:
    return tuple(Covered(item, _questions(reference, item, asked)) for item in reference.items)


def coverage_page() -> str:
    asked = instruments()
    return "\n".join([HEAD, *(_section(reference, covered(reference, asked)) for reference in reference_lists())])


def pairs_page() -> str:
    return pairs.page(instruments(), data()["alone"])


def write() -> None:
    (DOCS / "coverage.md").write_text(coverage_page(), "utf-8")
    (DOCS / "pairs.md").write_text(pairs_page(), "utf-8")


def _reference(written: Mapping[str, Any]) -> Reference:
    items = ({**item, "questions": tuple(item.get("questions", ()))} for item in written["items"])
    return Reference(**{**written, "items": tuple(Item(**item) for item in items)})


def _questions(reference: Reference, item: Item, asked: Mapping[str, Sequence[Survey]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, surveys in asked.items():
        for question in dict.fromkeys(q for survey in surveys for q in _FINDERS[reference.by](survey, reference, item)):
            found.setdefault(question, []).append(name)
    return {question: tuple(names) for question, names in found.items()}


def _by_indicators(survey: Survey, reference: Reference, item: Item) -> Iterator[str]:
    for indicator in survey.indicators:
        if item.code in _codes(indicator, reference.name):
            yield from sorted(references(indicator.rule.tree), key=list(survey.questions).index)


def _codes(indicator: Indicator, of: str) -> Sequence[str]:
    return indicator.ilo11 if of == "ilo11" else indicator.sets.get(of, "").split()


def _by_choices(survey: Survey, reference: Reference, item: Item) -> Iterator[str]:
    for question in survey.questions.values():
        if question.list_name == reference.list and item.code in (one.name for one in survey.choices_of(question)):
            yield question.name


def _by_source(survey: Survey, reference: Reference, item: Item) -> Iterator[str]:
    for question in survey.questions.values():
        said = f"{question.source or ''} ".replace(".", " ").replace(";", " ").replace(",", " ")
        if question.is_answerable and f"{item.words} " in said:
            yield question.name


def _by_name(survey: Survey, reference: Reference, item: Item) -> Iterator[str]:
    return (name for name in item.questions if name in survey.questions)


_FINDERS: Mapping[str, Callable[[Survey, Reference, Item], Iterator[str]]] = {
    "indicators": _by_indicators,
    "choices": _by_choices,
    "source": _by_source,
    "questions": _by_name,
}


def _section(reference: Reference, found: Sequence[Covered]) -> str:
    measured = sum(bool(one.questions) for one in found)
    counted = f"{measured} of {len(found)} items are measured." if measured < len(found) else "Every item is measured."
    rows = [_row(one) for one in found]
    head = ("Code", "What", "Asked by", "In", "Remarks")
    return f"## {reference.title}\n\nSource: {reference.source}. {counted}\n\n{table(head, rows)}\n"


def _row(one: Covered) -> tuple[str, ...]:
    item = one.item
    places = {name for names in one.questions.values() for name in names}
    remarks = f"Not covered: {item.not_covered}" if item.not_covered else item.note
    asked_in = ", ".join(name for name in data()["instruments"] if name in places)
    return (code(item.code), cell(item.about), ", ".join(map(code, one.questions)), asked_in, cell(remarks))


if __name__ == "__main__":
    write()
