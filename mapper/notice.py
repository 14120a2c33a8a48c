"""Sentences about what somebody wrote: made where a fault is found, said in the reader's language where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Shown = Callable[[Any], str]  # says a value that stands in a sentence
Say = Callable[[str], str]  # looks a text of the program up in a language; `str` leaves it in English


class Notice(str):
    """An English sentence that knows its template and what stands in it, so that it can be said in any language.

    `Notice("There is no question '%(name)s'.", name="age")` compares, sorts and prints as its English text. What stands
    in it may be a notice too. pybabel finds the templates by the name of this class and of the two below.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, **values: Any) -> Notice:
        made = super().__new__(cls, cls._begun(template % values if values else template))
        made.template, made.values = template, values
        return made

    def said(self, say: Say, shown: Shown = str) -> str:
        """The sentence in a language; `shown` prepares what stands in it, such as a name or a number. A damaged
        translation falls back to the English text."""
        values = {name: said(value, say, shown) for name, value in self.values.items()}
        try:
            return self._begun(say(self.template) % values if values else say(self.template))
        except (KeyError, ValueError, TypeError):
            return str(self)

    def as_json(self) -> dict[str, Any]:
        values = {name: kept(value) for name, value in self.values.items()}
        return {"kind": type(self).__name__, "template": self.template, "values": values}

    @staticmethod
    def _begun(text: str) -> str:
        return text


class Capital(Notice):
    """A notice that begins a sentence."""

    __slots__ = ()

    @staticmethod
    def _begun(text: str) -> str:
        return text[:1].upper() + text[1:]


class Small(Notice):
    """A sentence that goes on after a colon."""

    __slots__ = ()

    @staticmethod
    def _begun(text: str) -> str:
        return text[:1].lower() + text[1:]


def together(*sentences: str) -> Notice:
    """Sentences one after the other, each said by itself."""
    values = {f"sentence{number}": sentence for number, sentence in enumerate(sentences) if sentence}
    return Notice(" ".join(f"%({name})s" for name in values), **values)


def said(value: Any, say: Say, shown: Shown = str) -> str:
    """A notice in a language; of anything else the text."""
    return value.said(say, shown) if isinstance(value, Notice) else shown(value)


def without(value: Any, text: str) -> Any:
    """A notice, or a text, in which that text does not stand."""
    if isinstance(value, Notice):
        return type(value)(value.template, **{name: without(one, text) for name, one in value.values.items()})
    return value.replace(text, "") if isinstance(value, str) else value


def from_json(stored: Any) -> str:
    """The notice of `as_json`; a text that was stored as such comes back as it is."""
    if not isinstance(stored, dict):
        return str(stored)
    values = {name: from_json(value) if isinstance(value, dict) else value for name, value in stored["values"].items()}
    return _KINDS[stored["kind"]](stored["template"], **values)


def kept(value: Any) -> Any:
    """A notice as `from_json` reads it; numbers and other texts as they are."""
    if isinstance(value, Notice):
        return value.as_json()
    return value if isinstance(value, int | float) else str(value)


_KINDS: dict[str, type[Notice]] = {"Notice": Notice, "Capital": Capital, "Small": Small}
