"""A questionnaire as a tablet shows it, to try: nothing of it is stored or sent, and beside it stands what is asked.

The document runs in a frame of its own. Its security policy lets no request out, and its script keeps nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mapper.definition.model import Survey
from mapper.document import bundle
from mapper.document.compile import render
from mapper.document.served import Stored, fresh
from mapper.expression.nodes import And
from mapper.expression.script import script
from mapper.expression.source import parts_of
from mapper.language.formats import digits
from mapper.language.profile import AXES, Profile, languages, profile
from mapper.web.headers import CONTENT_SECURITY_POLICY
from mapper.web.locale import current
from mapper.web.study.sentences import language_of_rules, sentences_of
from mapper.web.study.shelf import Shown, shown

ADDRESSES = ("gender", "speaker")  # the forms of address that may be chosen, each woman, man or none
AXIS = {"gender": "respondent_gender", "speaker": "speaker"}
SHUT_IN = CONTENT_SECURITY_POLICY.replace("connect-src 'self'", "connect-src 'none'").replace(
    "form-action 'self'", "form-action 'none'"
)


@dataclass(frozen=True)
class PreviewPage:
    """What is tried and how; `chosen` holds the forms of address by axis, "" where neutral."""

    shown: Shown
    spoken: Profile
    chosen: dict[str, str]

    @property
    def survey(self) -> Survey:
        return self.shown.survey

    @property
    def offered(self) -> tuple[Profile, ...]:
        return tuple(map(profile, _offered(self.survey)))

    @property
    def axes(self) -> tuple[str, ...]:
        return tuple(name for name in ADDRESSES if AXIS[name] in self.spoken.axes)

    @property
    def rules_in(self) -> Profile:
        return profile(language_of_rules())

    @property
    def document(self) -> str:
        return self.shown.url("study.preview_document", language=self.spoken.code, **self.chosen)


def preview(name: str, language: str) -> ResponseReturnValue:
    found = _page(name, language)
    answer = current_app.make_response(
        render_template("study/preview.html", page=found, digits=digits("0123456789", current()))
    )
    answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return answer


def preview_document(name: str, language: str) -> ResponseReturnValue:
    """What the frame holds: the interview's own page with the script that keeps nothing."""
    found = _page(name, language)
    html = render(found.survey, found.shown.translator(language), script=bundle.PREVIEW).encode()
    answer = Response(Stored.of(html).plain(fresh("", _told(found))), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = SHUT_IN.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _page(name: str, language: str) -> PreviewPage:
    found = shown(name)
    if language not in _offered(found.survey):
        abort(404, _("The questionnaire is not offered in this language."))
    wanted = {axis: request.args.get(axis, "") for axis in ADDRESSES}
    chosen = {axis: value if value in AXES[AXIS[axis]] else "" for axis, value in wanted.items()}
    return PreviewPage(found, profile(language), chosen)


def _offered(survey: Survey) -> list[str]:
    return [code for code in survey.languages if code in languages()]


def _told(page: PreviewPage) -> dict[str, Any]:
    """As an interview's page is told, without any address to send to or to keep awake."""
    return {
        "id": "preview",
        "leave": "",
        "languages": {},
        "mark": _("Preview: nothing is stored or sent."),
        "rules": dict(_rules(page.survey)),
        **{axis: value or None for axis, value in page.chosen.items()},
    }


def _rules(survey: Survey) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """By the script's name of a section or item the conditions under which it is asked, in words and as a tree."""
    sentences = sentences_of(survey)
    named = [(f"section:{section.name}", section.relevant) for section in survey.sections]
    for name, rule in (*named, *((item.name, item.relevant) for item in survey.items())):
        if rule:
            yield name, [(sentences.words(part), script(part)) for part in parts_of(rule.tree, And)]
