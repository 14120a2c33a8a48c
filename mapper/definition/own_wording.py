"""Whose words are heard where a module translates a text otherwise than the study does."""

from collections.abc import Iterator

from mapper.definition.draft import Notes, Translated
from mapper.notice import Notice


def settle_wording(notes: Notes) -> None:
    """A module words its own texts, in each language. Where somebody says a text too who leaves its translation to the
    study's catalogues, for example every “Yes”, or where a module before it words it otherwise, that wording would be
    heard there as well: it is left out, and named."""
    for module, code, text, one in _worded(notes):
        if not _is_left_to_catalogues(module, text, notes):
            first = notes.own_wording.setdefault(code, {}).setdefault(text, one)
            if first.said.text.strip() == one.said.text.strip():
                continue
        message = Notice("'%(text)s' already has another translation; the first is kept everywhere.", text=text[:60])
        remedy = Notice("Word the two texts differently where they must differ in translation.")
        notes.report.add("not_carried_over", one.english, message, remedy)


def _worded(notes: Notes) -> Iterator[tuple[str, str, str, Translated]]:
    for module, by_language in notes.wording_of.items():
        for code, said in by_language.items():
            yield from ((module, code, text, one) for text, one in said.items())


def _is_left_to_catalogues(module: str, text: str, notes: Notes) -> bool:
    """Whether anybody but the module says this text and words it in no language."""
    return any(
        text in texts and not any(text in said for said in notes.wording_of.get(owner, {}).values())
        for owner, texts in notes.said_in.items()
        if owner != module
    )
