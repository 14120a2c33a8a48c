"""Questions, groups and repeats: from what was written to the model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from mapper.definition.draft import Notes, Subject, TextUse, Written
from mapper.definition.fields import Fields
from mapper.definition.keys import GROUP, QUESTION, REPEAT
from mapper.definition.model import Group, Question, Repeat, Rule
from mapper.definition.raw import Keyed, Scalar, Value
from mapper.definition.types import ALIASES
from mapper.notice import Notice

RULES = ("required", "constraint", "calculation", "choice_filter", "urgent")
FLAGS_OR_RULES = ("required", "urgent")
TEXTS = ("guidance_hint", "required_message", "constraint_message")
HANDED_DOWN = frozenset({"stage", "actor", "source"})
A_GROUP, A_REPEAT, A_QUESTION = Notice("a group"), Notice("a repeat"), Notice("a question")
SCALARS = ("type", "name", "period", "default")
READ_AS: Mapping[str, Callable[[Fields, str], Any]] = {  # the other keys of a question; left out they have defaults
    "default": lambda fields, key: fields.text(key) or None,
    "read_only": Fields.flag,
    "media": Fields.mapping,
    "parameters": Fields.settings,
    "sensitive": Fields.flag,
    "period": lambda fields, key: fields.text(key) or None,
}


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the entries around an item say for everything inside; `repeats` are the repeats around it."""

    stage: str | None = None
    actors: tuple[str, ...] = ()
    source: str | None = None
    repeats: tuple[str, ...] = ()

    def overridden_by(self, fields: Fields) -> "Inherited":
        if fields.present.isdisjoint(HANDED_DOWN):
            return self
        return replace(
            self,
            stage=fields.text("stage") or self.stage,
            actors=fields.words("actor") or self.actors,
            source=fields.text("source") or self.source,
        )


Item: TypeAlias = Question | Group | Repeat


def read_items(values: tuple[Value, ...], around: Inherited, notes: Notes) -> tuple[Item, ...]:
    return tuple(item for value in values if (item := _item(value, around, notes)) is not None)


def _item(value: Value, around: Inherited, notes: Notes) -> Item | None:
    if not isinstance(value, Keyed):
        message = Notice("A question is expected here, not %(kind)s.", kind=value.kind)
        remedy = Notice("Write keys such as type, name and label.")
        notes.report.add("wrong_shape", value.place, message, remedy)
        return None
    kind = value.get("type")
    match kind.text.strip() if isinstance(kind, Scalar) else "":
        case "group":
            return _group(Fields(value, GROUP, A_GROUP, notes.report), around, notes)
        case "repeat":
            return _repeat(Fields(value, REPEAT, A_REPEAT, notes.report), around, notes)
    return _question(Fields(value, QUESTION, A_QUESTION, notes.report), around, notes)


def _question(fields: Fields, around: Inherited, notes: Notes) -> Question:
    subject = notes.meet("item", fields.text("name"), fields.place)
    kind, _, list_name = fields.text("type").partition(" ")
    texts: dict[str, Any] = {key: read_text(key, fields, subject, notes) for key in TEXTS if key in fields.values}
    rules: dict[str, Any] = dict(read_rules(fields, RULES, subject, notes))
    rest: dict[str, Any] = {key: read(fields, key) for key, read in READ_AS.items() if key in fields.values}
    question = Question(
        type=ALIASES.get(kind, kind),
        list_name=list_name.strip() or None,
        **_shared(fields, subject, around, notes),
        **texts,
        **rules,
        **rest,
        currencies=_currencies(fields.words("currency"), notes),
    )
    _note(question, fields, subject, around, notes)
    return question


def _currencies(words: tuple[str, ...], notes: Notes) -> tuple[str, ...]:
    """The codes, also where the name of a choice list stands for them."""
    named = notes.lists.get(words[0]) if len(words) == 1 else None
    return tuple(choice.name for choice in named.choices) if named else words


def _group(fields: Fields, around: Inherited, notes: Notes) -> Group:
    subject = notes.meet("item", fields.text("name"), fields.place)
    shared = _shared(fields, subject, around, notes)
    children = read_items(fields.items("questions"), around.overridden_by(fields), notes)
    group = Group(children=children, **shared)
    _note(group, fields, subject, around, notes)
    return group


def _repeat(fields: Fields, around: Inherited, notes: Notes) -> Repeat:
    subject = notes.meet("item", fields.text("name"), fields.place)
    shared = _shared(fields, subject, around, notes)
    count = read_rules(fields, ("repeat_count",), subject, notes)["repeat_count"]
    inside = replace(around.overridden_by(fields), repeats=(*around.repeats, subject.name))
    repeat = Repeat(children=read_items(fields.items("questions"), inside, notes), repeat_count=count, **shared)
    _note(repeat, fields, subject, around, notes)
    return repeat


def _shared(fields: Fields, subject: Subject, around: Inherited, notes: Notes) -> dict[str, Any]:
    """What questions, groups and repeats have in common."""
    inherited, written = around.overridden_by(fields), fields.values
    return {
        "name": subject.name,
        "label": read_text("label", fields, subject, notes),
        "hint": read_text("hint", fields, subject, notes),
        "relevant": read_rules(fields, ("relevant",), subject, notes)["relevant"] if "relevant" in written else None,
        "appearance": tuple(fields.text("appearance").split()) if "appearance" in written else (),
        "topic": fields.text("topic") or None if "topic" in written else None,
        "stage": inherited.stage,
        "actors": inherited.actors,
        "source": inherited.source,
        "xlsform": fields.mapping("xlsform") if "xlsform" in written else {},
        "place": fields.place,
    }


def read_rules(fields: Fields, keys: tuple[str, ...], subject: Subject, notes: Notes) -> dict[str, Rule | None]:
    """Each rule by its key, None where there is none or it cannot be understood; the rest is noted for the checks."""
    found: dict[str, Rule | None] = dict.fromkeys(keys)
    for key in keys:
        if key not in fields.values or (written := fields.scalar(key)) is None:
            continue
        found[key] = rule = fields.flag_or_rule(key) if key in FLAGS_OR_RULES else fields.rule(key)
        if rule:
            notes.note_rule(key, rule, subject, written)
    return found


def read_text(key: str, fields: Fields, subject: Subject, notes: Notes) -> str:
    """A text for people, noted for the checks."""
    written = fields.scalar(key)
    if written is None:
        return ""
    text = written.text.strip()
    notes.texts.append(TextUse(key, text, subject, written))
    return text


def _note(item: Item, fields: Fields, subject: Subject, around: Inherited, notes: Notes) -> None:
    scalars = {key: scalar for key in SCALARS if key in fields.values and (scalar := fields.scalar(key))}
    notes.items.append(Written(item, subject, fields.present, scalars, fields.word_scalars("currency"), around.repeats))
