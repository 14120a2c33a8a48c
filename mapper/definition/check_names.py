"""Checks of names: well formed, and each used once."""

import re

from mapper.definition.model import Place
from mapper.definition.scope import Scope
from mapper.expression.tokens import NAME
from mapper.notice import Notice

LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?")
RESERVED = frozenset({"meta"})  # what other programs write beside the answers is called so
_REMEDY = Notice("Begin with a letter; use letters, digits, _ and - and no spaces.")


def well_formed_names(scope: Scope) -> None:
    for written in scope.notes.items:
        name = written.item.name
        if name and (name in RESERVED or not re.fullmatch(NAME, name)):
            message = Notice("'%(name)s' cannot be a name.", name=name)
            remedy = Notice("Give it another name: answers are stored under it.") if name in RESERVED else _REMEDY
            scope.report.add("invalid_name", written.scalars["name"], message, remedy)
    others = [(subject.name, subject.place) for _, subject in scope.notes.indicators]
    others += [(scope.survey.name, scope.draft.fields.place_of("name"))]
    others += [(written.name, written.place) for written in scope.notes.lists.values()]
    for name, place in others:
        if name and not re.fullmatch(NAME, name):
            scope.report.add("invalid_name", place, Notice("'%(name)s' cannot be a name.", name=name), _REMEDY)


def questions_named_once(scope: Scope) -> None:
    for written in scope.notes.items:
        first = scope.written.get(written.item.name)
        if first and first is not written:
            place = first.subject.place
            message = Notice(
                "The name '%(name)s' is already used in %(file)s, line %(line)s.",
                name=written.item.name,
                file=place.file,
                line=place.line,
            )
            remedy = Notice("Give it another name: names are unique in a questionnaire, across all its modules.")
            scope.report.add("duplicate_name", written.scalars["name"], message, remedy)


def indicators_named_once(scope: Scope) -> None:
    first: dict[str, Place] = {}
    for indicator, subject in scope.notes.indicators:
        if indicator.name and indicator.name in first:
            there = first[indicator.name]
            said: dict[str, object] = {"name": indicator.name, "line": there.line}
            message = Notice("There is already an indicator '%(name)s', on line %(line)s.", **said)
            if there.file != subject.place.file:
                message = Notice(
                    "The name '%(name)s' is already used in %(file)s, line %(line)s.", file=there.file, **said
                )
            scope.report.add("duplicate_indicator", subject.place, message, Notice("Give one of them another name."))
        first.setdefault(indicator.name, subject.place)


def languages_are_codes(scope: Scope) -> None:
    for language in scope.draft.fields.word_scalars("languages"):
        if not LANGUAGE.fullmatch(language.text):
            message = Notice("'%(code)s' is not a code of a language.", code=language.text)
            remedy = Notice("Write en, ne or pt_BR, say.")
            scope.report.add("unknown_language", language, message, remedy)
