"""Checks of the translations that a module brings along."""

import re

from mapper.definition.draft import Translated
from mapper.definition.scope import Scope
from mapper.notice import Notice

CODE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
SHOWN = re.compile(r"\$\{\s*[\w.-]+\s*\}")


def translations_are_of_what_is_said(scope: Scope) -> None:
    """A sentence that was changed since is another one: its translation is heard by nobody."""
    said = {use.text for use in scope.notes.texts} | {
        choice.label for listed in scope.notes.lists.values() for choice in listed.choices
    }
    for translated in (*scope.notes.translations.values(), *scope.notes.own_wording.values()):
        for text, one in translated.items():
            if text not in said:
                message = Notice("Nothing here says “%(text)s”.", text=text[:60])
                remedy = Notice("Write the English exactly as it stands in the module, or remove this translation.")
                scope.report.add("unused_translation", one.english, message, remedy)
            elif missing := _shown(text) ^ _shown(one.said.text):
                message = Notice(
                    "The translation does not show the same answers: %(shown)s.", shown=", ".join(sorted(missing))
                )
                remedy = Notice("Keep every ${name} exactly as it is.")
                scope.report.add("lost_placeholder", one.said, message, remedy)


def translations_name_their_language(scope: Scope) -> None:
    for code, translated in (*scope.notes.translations.items(), *scope.notes.own_wording.items()):
        if not CODE.fullmatch(code):
            first: Translated = next(iter(translated.values()))
            message = Notice("'%(code)s' is no code of a language.", code=code)
            scope.report.add("unknown_value", first.english, message, Notice("Write a code such as ne, id or my."))


def _shown(text: str) -> set[str]:
    return {found.replace(" ", "") for found in SHOWN.findall(text)}
