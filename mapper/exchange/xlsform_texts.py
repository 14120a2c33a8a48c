"""Texts of a workbook in all its languages: one is taken into the definition, the others go into catalogues.

A text that is given in one language alone, and that is not English, stands in the definition as it is, in the catalogue
of its language, and with a mark that says which language it is in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from mapper.definition.check_names import LANGUAGE
from mapper.exchange.sheets import Cell
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import LANGUAGE_CODE, Line
from mapper.exchange.xlsform_words import TEXTS
from mapper.language.catalogue import translator
from mapper.language.profile import languages as languages_spoken
from mapper.notice import Notice, together

TEXT_LEFT_OUT = Notice("The text is left out.")
ALONE = "::language"  # `hint::language: ne`: the hint is given in Nepali alone
SCRIPT = re.compile(r"<(script|style|iframe|object|svg)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
BREAK = re.compile(r"<(?:br|/p|/div|/li|hr)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|strong|span|font|div|img|small|big|sub|sup|center|ul|ol|li|h[1-6]|table|tr|td|th|tbody|form"
    r"|input|button|link|meta|base|embed|video|audio|code|pre|blockquote|script|style|iframe|object|svg)\b[^<>]*>",
    re.IGNORECASE,
)
# Zawgyi writes the vowel ေ and the medial ြ before their consonant, and uses code points of other languages for stacked
# letters. Unicode has ေ only after a consonant or medial, and ္ only before a consonant.
ZAWGYI = re.compile(
    r"(?:^|[^\u1000-\u109f\u200c])[\u1031\u103b][\u1000-\u1021]|\u1039(?![\u1000-\u1021])"
    r"|[\u1060-\u1064\u106c-\u106f\u1085-\u1097](?=[\u1000-\u102f])"
)
IN_ZAWGYI = Notice("The Burmese here is in the Zawgyi encoding.")
TO_UNICODE = Notice("Convert the text to Unicode, for example with a Zawgyi converter, and import again.")
NAMES = {
    "français": "fr", "español": "es", "português": "pt", "العربية": "ar", "नेपाली": "ne", "हिन्दी": "hi", "हिंदी": "hi",
    "বাংলা": "bn", "bangla": "bn", "မြန်မာ": "my", "burmese": "my", "ไทย": "th", "bahasa indonesia": "id", "farsi": "fa",
    "tiếng việt": "vi", "русский": "ru", "kiswahili": "sw",
}  # fmt: skip


class Worded(NamedTuple):
    """What a workbook says for a text in a language, and where: its sheet, row and column."""

    said: str
    file: str
    line: int
    column: int


@dataclass
class Languages:
    """`source` is the language (as the workbook calls it) whose texts the definition holds; "" has no name.
    `own_wording` are the texts by code that the program's catalogues translate otherwise than the workbook."""

    source: str
    names: tuple[str, ...]
    default: str = ""
    catalogues: dict[str, dict[str, str]] = field(default_factory=dict)
    own_wording: dict[str, dict[str, Worded]] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """What the definition says it is offered in: English, whatever the texts are in, and the translations."""
        return ("en", *sorted(self.catalogues))

    def choose(self, texts: dict[str, Cell]) -> tuple[str, Cell] | None:
        """The text for the definition with its language: in the source language, or else in any."""
        if len(texts) == 1:
            return next(iter(texts.items()))
        order = (self.source, "", self.default, *texts)
        return next(((name, texts[name]) for name in order if name in texts), None)

    def alone(self, name: str) -> str:
        """The code of a language that is not English, or its name where it has no code; "" for English and for texts
        of which nothing says what they are in."""
        code = code_of(name or self.default) if name or self.default else "en"
        return "" if code == "en" else code or name


def languages(found: Iterable[Line], default: str, findings: Findings) -> Languages:
    """The languages of a workbook's texts. A name without a code that is known is said once."""
    names = tuple(dict.fromkeys(name for line in found for texts in line.texts.values() for name in texts))
    english = [name for name in names if name and code_of(name) == "en"]
    source = (english or [name for name in ("", default) if name in names] or [*names, ""])[0]
    for name in names:
        if name and name != source and code_of(name) is None:
            message = Notice("The language '%(name)s' has no code that is known.", name=name)
            remedy = Notice("Write label::Nepali (ne), say.")
            findings.lost("survey", 1, message, remedy)
    if (code := code_of(source or default)) and code != "en":
        message = Notice(
            "The texts are in '%(language)s' and not in English; whoever hears another language sees them so.",
            language=source or default,
        )
        remedy = Notice("Add columns label::English (en), or translate the definition later.")
        findings.kept("survey", 1, message, remedy)
    return Languages(source, names, default)


@cache
def code_of(name: str) -> str | None:
    """`ne` of `Nepali (ne)`, `Nepali` or `ne`; None where there is no telling."""
    match = LANGUAGE_CODE.search(name)
    word = (match[1] if match else name).strip().replace("-", "_")
    parts = word.split("_")
    code = "_".join((parts[0].lower(), *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])))
    if LANGUAGE.fullmatch(code):
        return code
    return NAMES.get(name.strip().lower()) or _english_names().get(name.strip().lower())


@cache
def _english_names() -> dict[str, str]:
    from babel import Locale  # only where a workbook names a language without its code

    return {word.lower(): code for code, word in Locale("en").languages.items() if LANGUAGE.fullmatch(code)}


def read_texts(sheet: str, line: Line, spoken: Languages, findings: Findings) -> dict[str, Cell]:
    """The texts for the definition; translations are put into their catalogues."""
    found: dict[str, Cell] = {}
    for key in TEXTS:
        if key not in line.texts:
            continue
        cells = line.texts[key].items()
        texts = {name: text for name, cell in cells if (text := clean(sheet, cell, findings))}
        if (choice := spoken.choose(texts)) is None:
            continue
        language, chosen = choice
        found[key] = chosen
        if alone := spoken.alone(language):
            found[key + ALONE] = _mark(sheet, chosen, language, alone, spoken, findings)
        for name, cell in texts.items():
            if cell is not chosen:
                _translate(sheet, chosen, name, cell, spoken, findings)
    return found


def _mark(sheet: str, cell: Cell, name: str, alone: str, spoken: Languages, findings: Findings) -> Cell:
    if code_of(alone):
        spoken.catalogues.setdefault(alone, {}).setdefault(cell.text, cell.text)
    if name != spoken.source:  # else it is said once for the whole form
        message = Notice(
            "The text is given in %(language)s alone; whoever hears another language sees it so.",
            language=name or spoken.default,
        )
        remedy = Notice("Add a column for English, or leave it: it goes out in its language.")
        findings.kept(sheet, cell, message, remedy)
    return Cell(alone, cell.row, cell.column)


def files_of(media: dict[str, Cell]) -> dict[str, str]:
    """Files by kind, and by kind and language where a heading names one: `audio`, `audio::ne`."""
    found = {}
    for key, cell in media.items():
        kind, _, name = key.partition("::")
        found[f"{kind}::{code_of(name) or name}" if name else kind] = cell.text
    return found


def _translate(sheet: str, source: Cell, name: str, cell: Cell, spoken: Languages, findings: Findings) -> None:
    code = code_of(name or spoken.default)
    if name == spoken.source or (code is None and name):
        return  # a language without a code is named once for the whole form
    if code in (None, "en"):
        if cell.text != source.text:
            message = Notice("Another text stands for the same language; this one is left out.")
            findings.lost(sheet, cell, message, Notice("Keep one of the two, or name the language in the heading."))
        return
    catalogue = spoken.catalogues.setdefault(code, {})
    if source.text not in catalogue:
        compare_with_own(sheet, source.text, code, cell, spoken, findings)
    first = catalogue.setdefault(source.text, cell.text)
    if first != cell.text:
        message = Notice(
            "'%(text)s' already has another translation; the first is kept everywhere.", text=source.text[:60]
        )
        remedy = Notice("Word the two texts differently where they must differ in translation.")
        findings.lost(sheet, cell, message, remedy)


def compare_with_own(sheet: str, text: str, code: str, cell: Cell, spoken: Languages, findings: Findings) -> None:
    """The form's own translation of a text is heard where the program has another: said once for each text."""
    own = translator(code) if code in languages_spoken() else None
    if own and own.has("surveys", text) and own.text_neutral(text) != cell.text:
        column = findings.sheets[sheet].place_of(cell.column) if sheet in findings.sheets else 0
        worded = Worded(cell.text, findings.place(sheet), cell.row, column)
        spoken.own_wording.setdefault(code, {}).setdefault(text, worded)
        message = Notice(
            "The program itself translates '%(text)s' as '%(own)s'; here the form's own words are heard.",
            text=text[:60],
            own=own.text_neutral(text),
        )
        remedy = Notice("Leave the translation out to have the program's.")
        findings.kept(sheet, cell, message, remedy)


def clean(sheet: str, cell: Cell, findings: Findings) -> Cell | None:
    """The text without mark-up, which would be shown as it stands. None where it cannot be read and is left out."""
    text = cell.text
    if "<" not in text and text.isascii():
        return cell  # nearly all
    if is_zawgyi(sheet, cell, TEXT_LEFT_OUT, findings) and findings.mends:
        return None
    if "<" in text:
        plain = TAG.sub("", BREAK.sub("\n", SCRIPT.sub("", text))).strip()
        if plain != text:
            message = Notice("HTML is taken out: texts are shown as they are written.")
            remedy = Notice("Write plain text.")
            findings.repaired(sheet, cell, message, remedy)
            return Cell(plain, cell.row, cell.column)
    return cell


def is_zawgyi(sheet: str, cell: Cell, left_out: Notice | None, findings: Findings) -> bool:
    """Whether there is Burmese in the old encoding, which is then said: as `left_out` where a cell can be, else as an
    error."""
    if cell.text.isascii() or not ZAWGYI.search(cell.text):
        return False
    if findings.mends and left_out:
        findings.lost(sheet, cell, together(IN_ZAWGYI, left_out), TO_UNICODE)
    else:
        findings.add("zawgyi", sheet, cell, IN_ZAWGYI, TO_UNICODE)
    return True
