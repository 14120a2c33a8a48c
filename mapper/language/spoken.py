"""Texts that are made of parts: they read as English, and whoever shows them has them said in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from string import Formatter
from typing import TYPE_CHECKING

from mapper.definition.model import Survey
from mapper.expression.nodes import Node
from mapper.expression.words import words
from mapper.language import formats
from mapper.language.catalogue import translator_of

if TYPE_CHECKING:
    from mapper.language.reader import Reader

UNKNOWN = "unknown"
Look = Callable[[str], str]


class Spoken(str):
    """An English text that can be said in another language."""

    __slots__ = ()

    def said(self, read: Reader) -> str:
        return read.any(str(self))


class Figure(Spoken):
    """A number in a sentence, three figures at most; a share in percent; None is said as unknown."""

    __slots__ = ("is_share", "value")
    value: float | None
    is_share: bool

    def __new__(cls, value: float | str | None, is_share: bool = False) -> Figure:
        if isinstance(value, str):  # a copy of one: its parts follow
            return super().__new__(cls, value)
        made = super().__new__(cls, _english(value, is_share))
        made.value, made.is_share = value, is_share
        return made

    def said(self, read: Reader) -> str:
        if self.value is None:
            return read.any(UNKNOWN)
        shown = 100 * self.value if self.is_share else self.value
        number = read.number(shown, _decimals(str(self)))
        return f"{number} %" if self.is_share else number


def _english(value: float | None, is_share: bool) -> str:
    if value is None:
        return UNKNOWN
    if is_share:
        return f"{100 * value:.3g} %"
    return str(value) if isinstance(value, int) else f"{value:.3g}"


def _decimals(text: str) -> int:
    return len(text.removesuffix(" %").partition(".")[2])


class Sentence(Spoken):
    """A template of the catalogues, `{cases} of {n} workers …`, with what stands in its braces."""

    __slots__ = ("parts", "template")
    template: str
    parts: Mapping[str, str]

    def __new__(cls, template: str, parts: Mapping[str, str] | None = None) -> Sentence:
        made = super().__new__(cls, template if parts is None else template.format_map(parts))
        made.template, made.parts = template, parts or {}
        return made

    def said(self, read: Reader) -> str:
        parts = {name: str(read.cell(part)) for name, part in self.parts.items()}
        try:
            return read.any(self.template).format_map(parts) if parts else read.any(self.template)
        except (KeyError, IndexError, ValueError):  # a damaged translation is no reason to say nothing
            return str(self)


class Several(Spoken):
    """Texts one after the other."""

    __slots__ = ("between", "texts")
    texts: tuple[str, ...]
    between: str

    def __new__(cls, texts: Iterable[str] | str, between: str = " ") -> Several:
        listed = (texts,) if isinstance(texts, str) else tuple(texts)
        made = super().__new__(cls, between.join(listed))
        made.texts, made.between = listed, between
        return made

    def said(self, read: Reader) -> str:
        return self.between.join(str(read.cell(text)) for text in self.texts)


class SpokenRule(Spoken):
    """The rule of an indicator as a clause, with the labels of questions and choices."""

    __slots__ = ("survey", "tree")
    survey: Survey | None
    tree: Node | None

    def __new__(cls, text: str, survey: Survey | None = None, tree: Node | None = None) -> SpokenRule:
        made = super().__new__(cls, text)
        made.survey, made.tree = survey, tree
        return made

    def __deepcopy__(self, memo: object) -> SpokenRule:
        return self

    def said(self, read: Reader) -> str:
        if self.survey is None or self.tree is None:
            return str(self)
        spoken = translator_of(self.survey, read.language)
        digits = partial(formats.digits, language=read.language)
        return rule_in_words(self.survey, self.tree, spoken.text_neutral, spoken.interface, digits)


def spoken_rule(survey: Survey, tree: Node) -> SpokenRule:
    return SpokenRule(rule_in_words(survey, tree, str, str), survey, tree)


def rule_in_words(survey: Survey, tree: Node, text: Look, phrase: Look, number: Look = str) -> str:
    """`text` puts the questionnaire's wording and `phrase` the program's into a language, `number` its digits."""

    def question(name: str) -> str:
        return text(survey.questions[name].label) if name in survey.questions else name

    def choice(name: str, value: str) -> str:
        offered = survey.choices_of(survey.questions[name]) if name in survey.questions else ()
        return next((text(one.label) for one in offered if one.name == value), value)

    return words(tree, question, choice, phrase, number=number)


def recognised(text: str, templates: Iterable[str]) -> str:
    """A text that was kept as English, such as a sentence of a release, as one that can be said in any language."""
    for template in templates:
        if found := _pattern(template).fullmatch(text):
            return Sentence(template, {name: _figure(part) for name, part in found.groupdict().items()})
    return Sentence(text)


def _pattern(template: str) -> re.Pattern[str]:
    seen: set[str] = set()
    made = []
    for literal, name, _, _ in Formatter().parse(template):
        made.append(re.escape(literal))
        if name is not None:
            made.append(f"(?P={name})" if name in seen else rf"(?P<{name}>[\d.e+]+(?: %)?|{UNKNOWN})")
            seen.add(name)
    return re.compile("".join(made))


def _figure(text: str) -> Figure:
    if text == UNKNOWN:
        return Figure(None)
    if text.endswith(" %"):
        return Figure(float(text.removesuffix(" %")) / 100, is_share=True)
    return Figure(int(text)) if text.isdigit() else Figure(float(text))
