"""The texts of a language as rows for a translators' workbook, and the marks by which a row is known again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from mapper import paths
from mapper.definition import library
from mapper.definition.messages import messages
from mapper.language.files import read_catalogue, text_file
from mapper.language.gate import fault, forms_of, interface_texts, survey_texts
from mapper.language.profile import profile
from mapper.language.review import review_of
from mapper.language.stale import earlier_english

NEUTRAL = "neutral"
STATES = {None: "current", "missing": "missing", "stale": "stale", "placeholders": "damaged"}


@dataclass(frozen=True, slots=True)
class Row:
    """One text, or one plural form or gender variant of it. `before` is a mark of the translation at export;
    `preview` names questionnaire and question where there is a place to look at it."""

    domain: str
    context: str
    english: str
    form: int | None
    forms: int
    earlier: str
    translation: str
    state: str
    reviewed: str
    where: str
    preview: tuple[str, str] | None

    @property
    def key(self) -> str:
        """Is another one as soon as the English, the context or the domain is."""
        return mark("\0".join((self.domain, self.context, self.english, str(self.form))))

    @property
    def before(self) -> str:
        return mark(self.translation)


def mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def rows(
    language: str,
    survey: str | None = None,
    states: frozenset[str] = frozenset(),
    every_variant: bool = True,
    root: Path = paths.TRANSLATIONS,
    surveys: Path = paths.SURVEYS,
) -> Iterator[Row]:
    """The texts that the language needs, in the order in which they are met: `survey` alone or everything, and only
    those in one of `states` (current, missing, stale, damaged, unreviewed) where any is given. Without `every_variant`,
    contexts for which the neutral wording serves are left out."""
    for row in _all(language, survey, root, surveys):
        unread = "unreviewed" in states and row.state == "current" and not row.reviewed and row.translation
        if row.domain == "variants" and not row.translation and not every_variant:
            continue
        if not states or row.state in states or unread:
            yield row


def _all(language: str, survey: str | None, root: Path, surveys: Path) -> Iterator[Row]:
    heard = _places(survey, surveys) if survey else dict.fromkeys(survey_texts(language, surveys))
    seen_in = {text: place for name in library.names(surveys) for text, place in _places(name, surveys).items()}
    catalogue, variants = (
        read_catalogue(text_file(language, domain, root), language) for domain in ("surveys", "variants")
    )
    contexts = profile(language, root).contexts
    for text in heard:
        place = seen_in.get(str(text))
        yield from _of(catalogue, "surveys", str(text), place)
        for context in contexts:
            if variant := variants.get(str(text), context):
                yield _row(variant, "variants", context, None, 1, place)
    if not survey:
        interface = read_catalogue(text_file(language, "messages", root), language)
        for one in interface_texts(root):
            yield from _of(interface, "messages", one if isinstance(one, str) else one[0], None)


def _places(name: str, surveys: Path) -> Mapping[str, tuple[str, str]]:
    survey = library.load(name, surveys)
    return {one.text: (name, one.item.split("=")[0]) for one in messages(survey) if one.audience != "reader"}


def _of(catalogue: Catalog, domain: str, text: str, place: tuple[str, str] | None) -> Iterator[Row]:
    message = catalogue.get(text) or Message(text)
    if isinstance(message.id, str):
        yield _row(message, domain, NEUTRAL, None, catalogue.num_plurals, place)
    else:
        for form in range(catalogue.num_plurals):
            yield _row(message, domain, NEUTRAL, form, catalogue.num_plurals, place)


def _row(
    message: Message, domain: str, context: str, form: int | None, forms: int, place: tuple[str, str] | None
) -> Row:
    english, translations = forms_of(message.id), forms_of(message.string)
    translation = translations[form or 0] if len(translations) > (form or 0) else ""
    review = review_of(message)
    is_spare = domain == "variants" and not translation  # the neutral wording serves: nothing is missing
    return Row(
        domain=domain,
        context=context,
        english=english[0] if form in (None, 0) else english[-1],
        form=form,
        forms=forms,
        earlier=earlier_english(message),
        translation=translation,
        state="current" if is_spare else STATES[fault(message, forms)],
        reviewed=f"{review.by}, {review.on}" if review else "",
        where=", ".join(message.auto_comments) or ", ".join(file for file, _line in message.locations),
        preview=place,
    )
