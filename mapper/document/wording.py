"""Texts as the document needs them: said in one language, with what the script must be able to choose later.

Most texts are final when the document is compiled. Two kinds are not: a text that shows an earlier answer (`${name}`),
and a text whose wording depends on the respondent's gender, which is learnt in mid-interview. Those get a number, and
the script finds their forms under that number.
"""

import re
from dataclasses import dataclass, field

from mapper.language.catalogue import Translator

SHOWN_ANSWER = re.compile(r"\$\{\s*[\w.-]+\s*\}")
NOT_YET_KNOWN = "…"


@dataclass(frozen=True, slots=True)
class Text:
    """`plain` is what a reader without the script sees; `key` is None where nothing can change."""

    plain: str
    key: int | None = None

    def __bool__(self) -> bool:
        return bool(self.plain)


@dataclass
class Wording:
    """Says texts in one language and collects those that the script has to finish.

    `forms[key]` is the neutral text followed by its variants by context (see `Profile.contexts`).
    """

    translator: Translator
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _known: dict[str, Text] = field(default_factory=dict)

    def say(self, message: str) -> Text:
        if message not in self._known:
            self._known[message] = self._said(message)
        return self._known[message]

    def _said(self, message: str) -> Text:
        if not message:
            return Text("")
        neutral, variants = self.translator.text(message), dict(self.translator.variants(message))
        if not variants and not SHOWN_ANSWER.search(neutral):
            return Text(neutral)
        self.forms.append((neutral, variants))
        return Text(SHOWN_ANSWER.sub(NOT_YET_KNOWN, neutral), len(self.forms) - 1)
