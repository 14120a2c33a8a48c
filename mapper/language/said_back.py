"""The second reading: somebody who sees no English says back what each sentence asks, and what differs is mended.

Noted as a comment beside the sentence, with a mark of the English and of its translation: a sentence that changes
afterwards counts as not read. It is no review by a native speaker and takes no draft mark away.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from mapper import paths
from mapper.definition import library
from mapper.definition.messages import messages
from mapper.language.gate import HEARD, fault, forms_of

MARK = re.compile(r"^said back: (?P<on>\d{4}-\d\d-\d\d) (?P<wording>[0-9a-f]{8})$")


def said_back_on(message: Message) -> date | None:
    """The day of the second reading; None where there was none, or where the wording has changed since."""
    found = next(filter(None, map(MARK.match, message.user_comments)), None)
    return date.fromisoformat(found["on"]) if found and found["wording"] == _wording(message) else None


def mark_said_back(message: Message, on: date) -> None:
    message.user_comments = [comment for comment in message.user_comments if not MARK.match(comment)]
    message.user_comments.append(f"said back: {on.isoformat()} {_wording(message)}")


def mark_all(catalogue: Catalog, texts: Iterable[str], on: date) -> int:
    """Note the reading of these texts, where the translation may be shown; how many they were."""
    found = [message for message in map(catalogue.get, dict.fromkeys(texts)) if message]
    read = [message for message in found if not fault(message, catalogue.num_plurals)]
    for message in read:
        mark_said_back(message, on)
    return len(read)


def sheet(catalogue: Catalog, texts: Iterable[str]) -> Iterator[str]:
    """What the second reader gets: the translations alone, numbered. One that returns keeps its number, in brackets,
    since it has to be right in every list that uses it."""
    numbers: dict[str, int] = {}
    for text in texts:
        message = catalogue.get(text)
        if message and not fault(message, catalogue.num_plurals):
            known = text in numbers
            number = numbers.setdefault(text, len(numbers) + 1)
            yield from (f"({number})  {form}" if known else f"{number}  {form}" for form in forms_of(message.string))


def heard_texts(names: Iterable[str], surveys: Path = paths.SURVEYS) -> Iterator[str]:
    """What questionnaires ask and say, in the order in which it is met."""
    for name in names:
        yield from (message.text for message in messages(library.load(name, surveys)) if message.audience in HEARD)


def page_texts(catalogue: Catalog, pages: Collection[str]) -> Iterator[str]:
    """What the program says in the files whose paths begin so, for example `templates/tablet`."""
    for message in catalogue:
        if message.id and any(file.startswith(tuple(pages)) for file, _line in message.locations):
            yield message.id if isinstance(message.id, str) else message.id[0]


def _wording(message: Message) -> str:
    english = message.id if isinstance(message.id, str) else "\0".join(message.id)
    return sha256("\0".join((english, *forms_of(message.string))).encode()).hexdigest()[:8]
