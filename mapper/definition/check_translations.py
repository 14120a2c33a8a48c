"""Checks of the translations that a module brings along."""

import re

from mapper.definition.draft import Translated
from mapper.definition.scope import Scope

CODE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
SHOWN = re.compile(r"\$\{\s*[\w.-]+\s*\}")


def translations_are_of_what_is_said(scope: Scope) -> None:
    """A sentence that was changed since is another one: its translation is heard by nobody."""
    said = {use.text for use in scope.notes.texts} | {
        choice.label for listed in scope.notes.lists.values() for choice in listed.choices
    }
    for translated in scope.notes.translations.values():
        for text, one in translated.items():
            if text not in said:
                message = f"Nothing here says “{text[:60]}”."
                remedy = "Write the English exactly as it stands in the module, or remove this translation."
                scope.report.add("unused_translation", one.english, message, remedy)
            elif missing := _shown(text) ^ _shown(one.said.text):
                message = f"The translation does not show the same answers: {', '.join(sorted(missing))}."
                scope.report.add("lost_placeholder", one.said, message, "Keep every ${name} exactly as it is.")


def translations_name_their_language(scope: Scope) -> None:
    for code, translated in scope.notes.translations.items():
        if not CODE.fullmatch(code):
            first: Translated = next(iter(translated.values()))
            message = f"'{code}' is no code of a language."
            scope.report.add("unknown_value", first.english, message, "Write a code such as ne, id or my.")


def _shown(text: str) -> set[str]:
    return {found.replace(" ", "") for found in SHOWN.findall(text)}
