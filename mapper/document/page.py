"""A questionnaire as its templates need it: screens in order, every text said, nothing left to decide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mapper.definition.model import Choice, Group, Question, Repeat, Section, Survey
from mapper.document.recordings import address, recordings
from mapper.document.wording import Text, Wording

SHORT_LIST = 15  # a longer list of choices is searched instead of scrolled
SILENT = ("calculate", "hidden", "today", "start", "end")  # the program answers these
NOT_ON_A_TABLET = ("image", "audio", "video", "file")  # no pictures or recordings of people by default
ROWS_ON_PAPER = 3  # rows of a repeat in the long form, before more are asked for


@dataclass(frozen=True, slots=True)
class ChoiceView:
    name: str
    label: Text
    missing: str | None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """`local` is the path from the repeat row around it; `excuses` are the kinds of no answer offered beside it."""

    name: str
    local: str
    type: str
    label: Text
    hint: Text
    guidance: Text
    choices: tuple[ChoiceView, ...] = ()
    list_name: str | None = None
    is_long: bool = False
    is_required: bool = False
    is_conditions: bool = False
    read_only: bool = False
    excuses: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    period: str | None = None
    appearance: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    audio: str | None = None
    image: str | None = None

    @property
    def kind(self) -> str:
        """The partial that draws it: its type, or the nearest that a tablet can show."""
        if self.type == "date":
            return next((name for name in ("year", "month-year") if name in self.appearance), "date")
        return "unsupported" if self.type in NOT_ON_A_TABLET else self.type

    @property
    def is_set(self) -> bool:
        """Whether several controls together answer it, so that a screen reader must hear them as one group."""
        return self.kind in ("select_one", "select_multiple", "rank", "money", "month-year", "acknowledge")

    def parameter(self, name: str, otherwise: str = "") -> str:
        return dict(self.parameters).get(name, otherwise)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a group within a screen."""

    label: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown at one time: one question, or the questions of a `field-list`."""

    name: str
    above: tuple[Text, ...]
    title: Text
    hint: Text
    parts: tuple[QuestionView | Heading, ...]
    kind: Literal["screen"] = "screen"


@dataclass(frozen=True, slots=True)
class Rows:
    """A repeat: a screen that lists the rows, and the screens of one row."""

    name: str
    local: str
    above: tuple[Text, ...]
    label: Text
    hint: Text
    is_counted: bool
    blocks: tuple["Screen | Rows", ...]
    kind: Literal["rows"] = "rows"


Block = Screen | Rows


@dataclass(frozen=True, slots=True)
class SectionView:
    name: str
    label: Text
    record: str
    blocks: tuple[Block, ...]


def sections(survey: Survey, wording: Wording) -> tuple[SectionView, ...]:
    """The whole questionnaire as screens."""
    spoken = recordings(survey, wording.translator.language)
    return tuple(_Layout(survey, section, wording, spoken).view() for section in survey.sections)


def is_one_screen(group: Group | Repeat) -> bool:
    """Whether its questions stand together: it says so, and holds no list of rows, which needs a screen of its own."""
    return "field-list" in group.appearance and not any(_repeats(group))


def _repeats(group: Group | Repeat) -> Iterator[Repeat]:
    for child in group.children:
        if isinstance(child, Repeat):
            yield child
        elif isinstance(child, Group):
            yield from _repeats(child)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays out one section. `local` is the path of groups since the nearest repeat, `above` their titles."""

    survey: Survey
    section: Section
    wording: Wording
    recordings: Mapping[str, Path]

    def view(self) -> SectionView:
        blocks = tuple(self._blocks(self.section.children, "", ()))
        return SectionView(self.section.name, self.wording.say(self.section.label), self.section.record, blocks)

    def _blocks(
        self, items: tuple[Question | Group | Repeat, ...], local: str, above: tuple[Text, ...]
    ) -> Iterator[Block]:
        for item in items:
            match item:
                case Question():
                    if item.type not in SILENT:
                        yield Screen(item.name, above, Text(""), Text(""), (self._question(item, local),))
                case Repeat():
                    yield self._rows(item, local, above)
                case Group():
                    yield from self._group(item, local, above)

    def _group(self, group: Group, local: str, above: tuple[Text, ...]) -> Iterator[Block]:
        title = self.wording.say(group.label)
        if is_one_screen(group):
            parts = tuple(self._parts(group.children, f"{local}{group.name}/"))
            yield Screen(group.name, above, title, self.wording.say(group.hint), parts)
        else:
            yield from self._blocks(group.children, f"{local}{group.name}/", (*above, title) if title else above)

    def _rows(self, repeat: Repeat, local: str, above: tuple[Text, ...]) -> Rows:
        label, hint = self.wording.say(repeat.label), self.wording.say(repeat.hint)
        blocks: tuple[Block, ...]
        if is_one_screen(repeat):
            parts = tuple(self._parts(repeat.children, ""))
            blocks = (Screen(row_screen(repeat), (), label, Text(""), parts),)
        else:
            blocks = tuple(self._blocks(repeat.children, "", (label,)))
        counted = repeat.repeat_count is not None
        return Rows(repeat.name, local + repeat.name, above, label, hint, counted, blocks)

    def _parts(self, items: tuple[Question | Group | Repeat, ...], local: str) -> Iterator[QuestionView | Heading]:
        for item in items:
            if isinstance(item, Group):
                if item.label:
                    yield Heading(self.wording.say(item.label), self.wording.say(item.hint))
                yield from self._parts(item.children, f"{local}{item.name}/")
            elif isinstance(item, Question) and item.type not in SILENT:
                yield self._question(item, local)

    def _question(self, question: Question, local: str) -> QuestionView:
        choices, recording = self.survey.choices_of(question), self.recordings.get(question.name)
        return QuestionView(
            name=question.name,
            local=local + question.name,
            type=question.type,
            label=self.wording.say(question.label),
            hint=self.wording.say(question.hint),
            guidance=self.wording.say(question.guidance_hint),
            choices=tuple(map(self._choice, choices)),
            list_name=question.list_name,
            is_long=is_long(question, choices),
            is_required=question.required is not None,
            is_conditions=self.section.record == "conditions",
            read_only=question.read_only,
            excuses=excuses(question, choices, self.section.record),
            currencies=question.currencies,
            period=question.period,
            appearance=question.appearance,
            parameters=tuple(question.parameters.items()),
            audio=address(recording) if recording else None,
            image=question.media.get("image"),
        )

    def _choice(self, choice: Choice) -> ChoiceView:
        return ChoiceView(choice.name, self.wording.say(choice.label), choice.missing, choice.media.get("image"))


def excuses(question: Question, choices: Iterable[Choice], record: str) -> tuple[str, ...]:
    """Nobody has to answer a question about their life. The auditor's own notes have their own codes instead."""
    if not question.is_answerable or record == "conditions" or question.type in NOT_ON_A_TABLET:
        return ()
    declared = {choice.missing for choice in choices}
    return tuple(kind for kind in ("dont_know", "refused") if kind not in declared)


def is_long(question: Question, choices: tuple[Choice, ...]) -> bool:
    """Whether the choices are searched. Not for an order of choices, which needs all of them in sight."""
    asked_for = not {"minimal", "autocomplete", "search"}.isdisjoint(question.appearance)
    return question.type != "rank" and (len(choices) > SHORT_LIST or (asked_for and len(choices) > 7))


def row_screen(repeat: Repeat) -> str:
    """The name of the one screen of a row, where a row has just one."""
    return f"{repeat.name}.row"
