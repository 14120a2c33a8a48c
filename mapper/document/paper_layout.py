"""Lays a questionnaire out for paper, in one language and for one gender."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name

from mapper.definition.model import Choice, Group, Question, Repeat, Rule, Survey
from mapper.document.page import SILENT
from mapper.document.paper_flow import NOTHING, Facts, Stop, Way, ways
from mapper.document.paper_numbers import numbered
from mapper.document.paper_view import (
    EXCUSE_SIGNS,
    GRID_COLUMNS,
    LONG_LIST,
    Entry,
    Go,
    PaperChoice,
    PaperForm,
    PaperList,
    PaperQuestion,
    PaperRows,
    PaperSection,
    PaperText,
    Part,
    per_line,
)
from mapper.document.paper_words import PaperWords
from mapper.document.wording import SHOWN_ANSWER
from mapper.expression.nodes import And, Node
from mapper.expression.partial import decided
from mapper.expression.source import parts_of
from mapper.language import formats
from mapper.language.catalogue import Translator
from mapper.language.reader import N_

Item = Question | Group | Repeat
SHAPES = {
    "select_one": "one", "select_multiple": "many", "rank": "rank", "acknowledge": "tick", "integer": "number",
    "decimal": "number", "range": "range", "money": "money", "time": "time", "datetime": "datetime",
}  # fmt: skip
EXCUSES = {"dont_know": N_("Don’t know"), "refused": N_("Prefer not to say")}
PERIODS = {
    "hour": N_("an hour"), "day": N_("a day"), "week": N_("a week"), "month": N_("a month"), "year": N_("a year"),
    "once": N_("once"),
}  # fmt: skip


def lay_out(survey: Survey, spoken: Translator, gender: str | None = None) -> PaperForm:
    """Everything that is printed between the cover and the end."""
    return _Layout(survey, spoken, gender).form()


def stops_of(survey: Survey, spoken: Translator) -> list[Stop]:
    """The whole way through a questionnaire, a repeat being one stop."""
    layout = _Layout(survey, spoken, None)
    return [layout.stop(one) for section in survey.sections for one in layout.placed(section)]


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item on the way with the rules that decide whether it is asked, section's and groups' included."""

    item: Item
    rules: tuple[Node, ...]
    is_conditions: bool


@dataclass
class _Layout:
    survey: Survey
    spoken: Translator
    gender: str | None
    numbers: Mapping[str, str] = field(init=False)
    lists: dict[str, str] = field(default_factory=dict)  # name of a long list → its letter
    has_urgent: bool = False
    has_jumps: bool = False

    def __post_init__(self) -> None:
        self.numbers = numbered(self.survey, self.spoken.language)
        self.words = PaperWords(self.survey, self.numbers, self.say, self.spoken.interface)

    def form(self) -> PaperForm:
        placed = [list(self.placed(section)) for section in self.survey.sections]
        told = iter(self._parts([one for part in placed for one in part]))
        sections = tuple(
            PaperSection(self.say(section.label), tuple(next(told) for _ in part))
            for section, part in zip(self.survey.sections, placed, strict=True)
        )
        lists = tuple(self._list(name, letter) for name, letter in self.lists.items())
        return PaperForm(sections, lists, self._currencies(), self.has_urgent, self.has_jumps, dict(self.numbers))

    def say(self, message: str) -> str:
        """The wording for this gender; an answer that it shows is named by the number of its question."""
        text = self.spoken.text(message, self.gender)
        return SHOWN_ANSWER.sub(lambda shown: f"({self.words.refer(shown[0][2:-1].strip())})", text)

    def placed(self, section: Any) -> Iterator[_Placed]:
        noted = section.record == "conditions"

        def below(items: Sequence[Item], rules: tuple[Node, ...]) -> Iterator[_Placed]:
            for item in items:
                own = (*rules, *_parts_of_rule(item.relevant))
                if isinstance(item, Group):
                    if item.label:
                        yield _Placed(item, own, noted)
                    yield from below(item.children, own)
                elif isinstance(item, Repeat) or item.type not in SILENT:
                    yield _Placed(item, own, noted)

        return below(section.children, _parts_of_rule(section.relevant))

    def _parts(self, placed: Sequence[_Placed], facts: Facts = NOTHING) -> list[Part]:
        stops = [self.stop(one) for one in placed]
        found = ways(stops, facts)
        names = [one.item for one in placed]
        return [self._part(one, way, names) for one, way in zip(placed, found, strict=True)]

    def stop(self, one: _Placed) -> Stop:
        return Stop(one.item.name, one.rules, tuple(_fields(one.item)), self._outcomes(one))

    def _outcomes(self, one: _Placed) -> tuple[str, ...]:
        if not isinstance(one.item, Question) or one.item.type != "select_one":
            return ()
        names = [choice.name for choice in self.survey.choices_of(one.item)]
        return (*names, *([""] if self._excuses_of(one) else []))

    def _part(self, one: _Placed, way: Way, items: Sequence[Item]) -> Part:
        check = self.words.clauses(way.check) if way.check else ""
        entry = Entry(check, self._go(way.otherwise, items), self._go(way.then, items))
        jumps = {name: self._go(place, items) for name, place in way.jumps.items()}
        self.has_jumps |= bool(jumps or entry.otherwise or entry.then)
        match one.item:
            case Group() as group:
                return PaperText(label=self.say(group.label), hint=self.say(group.hint), entry=entry, kind="title")
            case Repeat() as repeat:
                return self._rows(repeat, one, entry)
            case question if question.type == "note":
                guidance = self.say(question.guidance_hint)
                return PaperText(
                    label=self.say(question.label), hint=self.say(question.hint), guidance=guidance, entry=entry
                )
        return self._question(one.item, one, entry, jumps)

    def _go(self, place: int | None, items: Sequence[Item]) -> Go | None:
        if place is None:
            return None
        for later in items[place:]:
            if later.name in self.numbers:
                return Go(self.numbers[later.name], later is not items[place])
        return Go("")

    def _rows(self, repeat: Repeat, one: _Placed, entry: Entry) -> PaperRows:
        section = _Inner(repeat.children, one.is_conditions)
        parts = tuple(self._parts(list(self.placed(section)), frozenset(one.rules)))
        simple = all(not isinstance(part, PaperRows) and not (part.kind == "question" and part.shape == "lines")
                     for part in parts)  # fmt: skip
        columns = sum(part.kind == "question" for part in parts)
        return PaperRows(
            name=repeat.name,
            number=self.numbers[repeat.name],
            label=self.say(repeat.label),
            hint=self.say(repeat.hint),
            entry=entry,
            count=self.words.clauses([repeat.repeat_count.tree]) if repeat.repeat_count else "",
            is_grid=simple and columns <= GRID_COLUMNS,
            parts=parts,
        )

    def _question(
        self, question: Question, one: _Placed, entry: Entry, jumps: Mapping[str, Go | None]
    ) -> PaperQuestion:
        choices = self.survey.choices_of(question)
        is_long = len(choices) > LONG_LIST and question.type != "rank"
        shown = tuple(self._choices(question, choices, jumps))
        urgent = self._urgent_words(question)
        return PaperQuestion(
            name=question.name,
            number=self.numbers[question.name],
            label=self.say(question.label),
            hint=self.say(question.hint),
            guidance=self.say(question.guidance_hint),
            entry=entry,
            shape=_shape(question),
            choices=() if is_long else shown,
            excuses=tuple(self._excuse(kind, jumps) for kind in self._excuses_of(one)),
            per_line=per_line([choice.label + ("x" * 12 if choice.go else "") for choice in shown]),
            list_name=self._letter(question.list_name or "") if is_long else "",
            currencies=question.currencies,
            period=self.spoken.interface(PERIODS[question.period]) if question.period else "",
            bounds=(question.parameters.get("start", ""), question.parameters.get("end", "")),
            urgent=urgent,
        )

    def _choices(
        self, question: Question, choices: Sequence[Choice], jumps: Mapping[str, Go | None]
    ) -> Iterator[PaperChoice]:
        for place, choice in enumerate(choices, 1):
            urgent = _is_urgent(question, choice)
            self.has_urgent |= urgent
            yield PaperChoice(self._number(place), self.say(choice.label), jumps.get(choice.name), urgent)

    def _urgent_words(self, question: Question) -> str:
        """Only where no choice can carry the mark."""
        if question.urgent is None or question.list_name:
            return ""
        self.has_urgent = True
        return self.words.clauses([question.urgent.tree])

    def _excuses_of(self, one: _Placed) -> tuple[str, ...]:
        """Nobody has to answer a question about their life; the auditor's own notes have their own codes."""
        question = one.item
        if not isinstance(question, Question) or not question.is_answerable or one.is_conditions:
            return ()
        declared = {choice.missing for choice in self.survey.choices_of(question)}
        return tuple(kind for kind in EXCUSES if kind not in declared)

    def _excuse(self, kind: str, jumps: Mapping[str, Go | None]) -> PaperChoice:
        return PaperChoice(EXCUSE_SIGNS[kind], self.spoken.interface(EXCUSES[kind]), jumps.get(""))

    def _letter(self, list_name: str) -> str:
        return self.lists.setdefault(list_name, chr(ord("A") + len(self.lists)))

    def _list(self, name: str, letter: str) -> PaperList:
        labels = [self.say(label) for label in {one.name: one.label for one in self.survey.choices[name]}.values()]
        choices = tuple(PaperChoice(self._number(place), label) for place, label in enumerate(labels, 1))
        return PaperList(letter, choices, per_line(labels))

    def _currencies(self) -> tuple[tuple[str, str], ...]:
        locale = Locale.parse(self.spoken.language)
        codes = sorted({code for question in self.survey.questions.values() for code in question.currencies})
        return tuple((code, get_currency_name(code, locale=locale)) for code in codes)

    def _number(self, place: int) -> str:
        return formats.number(place, self.spoken.language, 0)


@dataclass(frozen=True, slots=True)
class _Inner:
    """What stands in a row, as a section of its own."""

    children: Sequence[Item]
    is_conditions: bool
    relevant: None = None

    @property
    def record(self) -> str:
        return "conditions" if self.is_conditions else "answers"


def _shape(question: Question) -> str:
    if question.type == "date":
        return next((name for name in ("year", "month-year") if name in question.appearance), "date")
    if question.type == "text":
        return "lines" if "multiline" in question.appearance else "line"
    return SHAPES.get(question.type, "line")


def _is_urgent(question: Question, choice: Choice) -> bool:
    """Whether this answer, alone, opens the safety steps on a tablet."""
    return question.urgent is not None and decided(question.urgent.tree, {}, here=choice.name) is True


def _fields(item: Item) -> Iterator[str]:
    """The names that are blank for every rule where the item is not asked."""
    yield item.name
    if isinstance(item, Question):
        if item.type == "money":
            yield from (f"{item.name}_currency", f"{item.name}_period")
    elif isinstance(item, Repeat):
        for child in item.children:
            yield from _fields(child)


def _parts_of_rule(rule: Rule | None) -> tuple[Node, ...]:
    return tuple(parts_of(rule.tree, And)) if rule else ()
