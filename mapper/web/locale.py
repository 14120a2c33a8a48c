"""In which language a page is answered, and how it writes numbers and dates."""

from collections.abc import Callable
from typing import Any

from babel import Locale
from flask import Flask, g, request
from flask import Response as FlaskResponse
from flask_babel import Babel, get_locale
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug import Response

from mapper import paths
from mapper.definition.model import Survey
from mapper.language import formats
from mapper.language.catalogue import translator_of
from mapper.language.files import compile_all
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile
from mapper.language.reader import reader

COOKIE = "language"
A_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    compile_all()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.TRANSLATIONS)
    Babel(app, default_locale=SOURCE_LANGUAGE, locale_selector=choose)
    app.after_request(remember)
    app.context_processor(page_language)
    app.add_template_filter(lambda value, decimals=None: formats.number(value, current(), decimals), "number")
    app.add_template_filter(lambda value: formats.digits(value, current()), "digits")
    app.add_template_filter(lambda value: formats.date(value, current()), "date")
    app.add_template_filter(lambda value: formats.moment(value, current()), "moment")
    app.add_template_filter(lambda value, currency: formats.money(value, currency, current()), "money")
    app.jinja_env.globals["ngettext"] = _counting(app.jinja_env.globals["ngettext"])
    app.add_template_filter(country_name, "country")
    app.add_template_filter(corridor, "corridor")
    app.add_template_filter(title_of, "title_of")
    app.add_template_filter(wording_of, "wording_of")
    app.add_template_filter(language_of, "language_of")


def _counting(ngettext: Any) -> Callable[..., str]:
    """`ngettext` for templates whose `%(num)s` is written in the digits of the page's language."""

    @pass_context
    def counted(context: Context, singular: str, plural: str, number: int, **variables: Any) -> str:
        words = {"num": formats.number(number, current()), **variables}
        return str(ngettext(context, singular, plural, number, **words))

    return counted


def choose() -> str:
    """What was asked for on this page, else the person's language, else this device's, else the browser's."""
    own = current_user.language if current_user.is_authenticated else None
    for wanted in (request.args.get("lang"), own, request.cookies.get(COOKIE)):
        if wanted in languages():
            return wanted
    known = {code.replace("_", "-"): code for code in languages()}
    return known[request.accept_languages.best_match(known, default=SOURCE_LANGUAGE)]


def remember(response: FlaskResponse) -> FlaskResponse:
    """Keep `?lang=` on this device."""
    wanted = request.args.get("lang")
    if wanted in languages() and request.endpoint != "static":
        set_cookie(response, wanted)
    return response


def set_cookie(response: Response, language: str) -> None:
    secure = request.is_secure
    response.set_cookie(COOKIE, language, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")


def current() -> str:
    """Code of the language of this page."""
    locale: Locale | None = get_locale()
    code = str(locale)
    return code if code in languages() else SOURCE_LANGUAGE


def country_name(code: str) -> str:
    """A country in the language of this page; what is no ISO 3166-1 code comes back unchanged."""
    found: str | None = (get_locale() or Locale(SOURCE_LANGUAGE)).territories.get(code)
    return found or code


def corridor(codes: str) -> str:
    """`NP → MY` with the names of the countries; the arrow points the way this page is read."""
    arrow = " ← " if profile(current()).direction == "rtl" else " → "
    return arrow.join(map(country_name, codes.split(" → ")))


def title_of(survey: Survey) -> str:
    """What a questionnaire is called in the language of this page."""
    return wording_of(survey.title, survey)


def wording_of(text: str, survey: Survey) -> str:
    """A text of a questionnaire in the language of this page."""
    return translator_of(survey, current()).text_neutral(text)


def language_of(text: str, survey: Survey) -> str:
    """The language in which `wording_of` says a text, as HTML names it: English where it is not translated."""
    is_said = translator_of(survey, current()).has("surveys", text)
    return (current() if is_said else SOURCE_LANGUAGE).replace("_", "-")


def page_language() -> dict[str, object]:
    """For templates: `language` (a profile: code, name, direction, is_draft), `languages` to choose from, and `read`,
    which says the method's and the questionnaires' texts in it."""
    if "page_language" not in g:
        g.page_language = profile(current())
    chosen: Profile = g.page_language
    return {
        "language": chosen,
        "languages": tuple(profile(code) for code in languages()),
        "read": reader(chosen.code),
    }
