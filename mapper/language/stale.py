"""When an English sentence changes, its translation no longer says the same: it is kept as a help, marked stale, and
never shown. The earlier English stands beside it, so that a translator sees what has changed."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from babel.messages.catalog import Catalog, Message

from mapper.language.review import forget_review

EARLIER = "earlier English: "
ALIKE = 0.75  # of interface texts, which have no name of their own: how much of the sentence must be the same


def keep_stale(catalogue: Catalog) -> None:
    """Give each new text of an updated catalogue the translation that stood at its place before, marked stale."""
    lost = [message for message in catalogue.obsolete.values() if message.string and isinstance(message.id, str)]
    by_place = {place: message for message in lost for place in message.auto_comments}
    for message in list(catalogue):
        if message.id and not message.string and isinstance(message.id, str):
            before = _at_same_place(message, by_place) or _alike(message, lost)
            if before:
                _take_over(message, before)


def keep_variant(message: Message | None, before: Catalog, spoken: Collection[str] = ()) -> None:
    """Give a gender variant of the new catalogue what the earlier one has for it, or had for its question.

    A sentence that is still `spoken`, in another questionnaire, hands nothing on.
    """
    assert message is not None
    known = before.get(str(message.id), message.context)
    if known:
        message.string, message.flags, message.user_comments = known.string, known.flags, known.user_comments
        return
    lost = (one for one in before if one.context == message.context and one.auto_comments == message.auto_comments)
    found = next((one for one in lost if one.string and one.id not in spoken), None)
    if found:
        _take_over(message, found)


def earlier_english(message: Message) -> str:
    """The English that a stale translation was made from; empty where it is not known."""
    found = (comment.removeprefix(EARLIER) for comment in message.user_comments if comment.startswith(EARLIER))
    return next(found, "")


def make_current(message: Message) -> None:
    """The translation has been made anew for the English as it is now."""
    message.flags.discard("fuzzy")
    message.user_comments = [comment for comment in message.user_comments if not comment.startswith(EARLIER)]


def _at_same_place(message: Message, by_place: Mapping[str, Message]) -> Message | None:
    """Questions, choices and modules have names, which extraction writes as comments."""
    return next((by_place[place] for place in message.auto_comments if place in by_place), None)


def _alike(message: Message, lost: list[Message]) -> Message | None:
    if message.auto_comments:
        return None
    files = {file for file, _line in message.locations}
    near = {str(one.id): one for one in lost if files & {file for file, _line in one.locations}}
    found: Iterator[str] = iter(get_close_matches(str(message.id), near, 1, ALIKE))
    return near.get(next(found, ""))


def _take_over(message: Message, before: Message) -> None:
    message.string = before.string
    message.flags.add("fuzzy")
    kept = [comment for comment in before.user_comments if not comment.startswith(EARLIER)]
    earlier = earlier_english(before) or str(before.id).replace("\n", " ")
    message.user_comments = [*kept, EARLIER + earlier]
    forget_review(message)
