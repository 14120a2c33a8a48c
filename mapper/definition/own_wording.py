"""Whose words are heard where a module translates a text otherwise than the study does."""

from mapper.definition.draft import Notes
from mapper.notice import Notice


def settle_wording(notes: Notes) -> None:
    """A module words its own texts. What another module, the questionnaire or a shared list says too would be heard
    otherwise there as well, for example every “Yes”: that wording is left out, and named."""
    for module, by_language in notes.wording_of.items():
        elsewhere = set().union(*(texts for owner, texts in notes.said_in.items() if owner != module))
        for code, said in by_language.items():
            for text, one in said.items():
                if text not in elsewhere:
                    notes.own_wording.setdefault(code, {}).setdefault(text, one)
                    continue
                message = Notice(
                    "'%(text)s' already has another translation; the first is kept everywhere.", text=text[:60]
                )
                remedy = Notice("Word the two texts differently where they must differ in translation.")
                notes.report.add("not_carried_over", one.english, message, remedy)
