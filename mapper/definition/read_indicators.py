"""Indicators: from what was written to the model."""

from typing import Literal

from mapper.definition.draft import Notes, Subject
from mapper.definition.fields import Fields, rule_of
from mapper.definition.keys import INDICATOR
from mapper.definition.model import Indicator, Rule
from mapper.definition.raw import Keyed, Scalar, Value
from mapper.definition.read_items import Inherited, read_rules, read_text
from mapper.definition.vocabulary import COUNTED, COUNTS_AS, MODES
from mapper.expression.parse import parse
from mapper.notice import Notice

SIDES: dict[str, Literal["involuntariness", "penalty"]] = {"involuntariness": "involuntariness", "penalty": "penalty"}
UNREADABLE = Rule("false()", parse("false()"))  # stands in for a rule that could not be read


def read_indicators(values: tuple[Value, ...], module: str, around: Inherited, notes: Notes) -> None:
    """Note the indicators of one module, or of the questionnaire itself. They inherit stage and actor, never source."""
    for value in values:
        if isinstance(value, Keyed):
            _indicator(Fields(value, INDICATOR, Notice("an indicator"), notes.report), module, around, notes)
        else:
            message = Notice("An indicator is expected here, not %(kind)s.", kind=value.kind)
            remedy = Notice("Write keys such as name and rule.")
            notes.report.add("wrong_shape", value.place, message, remedy)


def _indicator(fields: Fields, module: str, around: Inherited, notes: Notes) -> None:
    subject = notes.meet("indicator", fields.text("name"), fields.place)
    indicator = Indicator(
        name=subject.name,
        label=read_text("label", fields, subject, notes),
        rule=read_rules(fields, ("rule",), subject, notes)["rule"] or UNREADABLE,
        source=fields.text("source"),
        stage=fields.text("stage") or around.stage or "",
        actors=fields.words("actor") or around.actors,
        kind=fields.text("kind") or "breach",
        side=SIDES.get(fields.text("side")),
        strong=fields.flag("strong"),
        sets=fields.mapping("sets"),
        dimension=fields.text("dimension") or "any",
        strength=fields.text("strength") or "none",
        ilo11=fields.words("ilo11"),
        modes=_modes(fields, subject, notes),
        counts_as=_counts_as(fields, notes),
        topic=fields.text("topic") or None,
        sensitive=fields.flag("sensitive"),
        status=fields.text("status") or "found",
        table=read_text("table", fields, subject, notes) if "table" in fields else "",
        adapted=fields.text("adapted"),
        module=module,
        place=fields.place,
    )
    notes.indicators.append((indicator, subject))


def _modes(fields: Fields, subject: Subject, notes: Notes) -> dict[str, Rule]:
    found = {}
    for mode, value in fields.entries("modes"):
        notes.report.check_word("unknown_value", mode, Notice("way in which a penalty reached a worker"), MODES)
        if isinstance(value, Scalar) and (rule := rule_of(value, notes.report)):
            notes.note_rule("modes", rule, subject, value)
            found[mode.text] = rule
    return found


def _counts_as(fields: Fields, notes: Notes) -> dict[str, str]:
    for missing, value in fields.entries("counts_as"):
        notes.report.check_word("unknown_value", missing, Notice("kind of missing answer"), COUNTED)
        if isinstance(value, Scalar):
            notes.report.check_word("unknown_value", value, Notice("value of counts_as"), COUNTS_AS)
    return fields.mapping("counts_as")
