"""Who has read a translation: written as a comment beside it in the catalogue, so that it travels with the sentence.

A language is shown as reviewed only when its `language.yaml` says so; this says how far a reader has come.
"""

import re
from dataclasses import dataclass
from datetime import date

from babel.messages.catalog import Message

MARK = re.compile(r"^reviewed: (?P<by>.+), (?P<on>\d{4}-\d\d-\d\d)$")


@dataclass(frozen=True, order=True)
class Review:
    """A native speaker's word that this sentence is right."""

    on: date
    by: str


def review_of(message: Message) -> Review | None:
    """Who reviewed it and when; None where nobody has."""
    found = next(filter(None, map(MARK.match, message.user_comments)), None)
    return Review(date.fromisoformat(found["on"]), found["by"]) if found else None


def mark_reviewed(message: Message, by: str, on: date) -> None:
    forget_review(message)
    message.user_comments.append(f"reviewed: {by.strip()}, {on.isoformat()}")


def forget_review(message: Message) -> None:
    """What was reviewed is no longer what stands there."""
    message.user_comments = [comment for comment in message.user_comments if not MARK.match(comment)]
