"""Render a questionnaire into its one HTML document per version and language."""

from functools import cache
from hashlib import sha256

from babel import Locale
from babel.numbers import get_currency_name
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mapper import paths
from mapper.definition.model import Survey
from mapper.document import bundle
from mapper.document.filled import EMPTY, Filled
from mapper.document.page import ROWS_ON_PAPER, sections
from mapper.document.script_data import script_data
from mapper.document.wording import Wording
from mapper.language.catalogue import Translator, translator_of
from mapper.language.formats import digits, parts_by_points
from mapper.language.profile import languages, profile

BESIDE = ("css/interview.css", "interview/first.js")  # files that the document names with their contents
EXAMPLE_YEAR = "2024"  # stands in an empty field for a year
SERVED_HERE = "<!--served-->"  # what only the server knows (token, id, contacts) is put here when it sends the page


def compile_document(survey: Survey, language: str) -> bytes:
    """The document that every interview in this language starts from. The same survey gives the same bytes."""
    return render(survey, translator_of(survey, language)).encode()


def render(
    survey: Survey, spoken: Translator, filled: Filled = EMPTY, live: bool = True, script: str = bundle.FIRST
) -> str:
    """The page with these answers in it. `live` False leaves the script out: for a form that was posted without it;
    `script` says where it begins."""
    wording = Wording(spoken)
    laid_out = sections(survey, wording)
    names = _Names(Locale.parse(spoken.language), digits(EXAMPLE_YEAR, spoken.language))
    return (
        environment()
        .get_template("interview/document.html")
        .render(
            _=spoken.interface,
            survey=survey,
            title=wording.say(survey.title),
            sections=laid_out,
            spoken=spoken.profile,
            points=parts_by_points(spoken.language),
            offered=[profile(code) for code in survey.languages if code in languages()],
            definition=script_data(survey, wording),
            filled=filled,
            live=live,
            names=names,
            rows_on_paper=ROWS_ON_PAPER,
            served_here=Markup(SERVED_HERE),  # noqa: S704 (a constant of ours)
            script=bundle.address(script),
            stamped=bundle.stamped,
        )
    )


class _Names:
    """Months and currencies as the language calls them, and how it writes a year."""

    def __init__(self, locale: Locale, year: str) -> None:
        self._locale = locale
        self.year = year

    @property
    def months(self) -> list[str]:
        return list(self._locale.months["stand-alone"]["wide"].values())

    def currency(self, code: str) -> str:
        return get_currency_name(code, locale=self._locale)


@cache
def environment() -> Environment:
    loader = FileSystemLoader(paths.TEMPLATES)
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return made


@cache
def templates_version() -> str:
    """Hash of every template of the document, its script and style, so that a stored one is never older than they."""
    files = sorted((paths.TEMPLATES / "interview").rglob("*.html"))
    contents = b"".join(file.read_bytes() for file in files)
    named = "".join((bundle.version(), *map(bundle.stamped, BESIDE)))
    return sha256(contents + named.encode()).hexdigest()[:16]
