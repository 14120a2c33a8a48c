"""The researcher's door: what is asked, in which words and by which rules, and the data that came of it.

Questionnaires are read from the files as they stand, with every problem that `mapper survey check` would tell.
"""

from dataclasses import dataclass
from itertools import groupby

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mapper.definition import library
from mapper.definition.estimate import minutes
from mapper.definition.model import Choice, Indicator, Section, Survey
from mapper.definition.problems import Problem
from mapper.exchange.data_out_questions import QuestionFacts, Spoken, facts
from mapper.expression.phrases import PHRASES
from mapper.language.catalogue import Translator, translator
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile
from mapper.store import database
from mapper.summary import wording
from mapper.web import locale
from mapper.web.study_form import ExportForm


@dataclass(frozen=True)
class Listed:
    """A questionnaire at a glance; `survey` is None where it cannot run."""

    name: str
    survey: Survey | None
    problems: tuple[Problem, ...]

    @property
    def questions(self) -> int:
        return sum(question.is_answerable for question in self.survey.questions.values()) if self.survey else 0

    @property
    def minutes(self) -> int:
        return minutes(self.survey) if self.survey else 0

    @property
    def languages(self) -> tuple[Profile, ...]:
        return _languages(self.survey) if self.survey else ()


@dataclass(frozen=True)
class QuestionnairePage:
    """One questionnaire in one of its languages."""

    survey: Survey
    spoken: Translator
    sections: tuple[tuple[Section, tuple[QuestionFacts, ...]], ...]
    indicators: tuple[tuple[Indicator, str], ...]
    rules_in: Profile
    problems: tuple[Problem, ...]

    @property
    def languages(self) -> tuple[Profile, ...]:
        return _languages(self.survey)

    def says(self, text: str) -> str:
        """The wording in the chosen language, "" where it has none yet."""
        return self.spoken.text_neutral(text) if text and self.spoken.has("surveys", text) else ""

    def choices(self, each: QuestionFacts) -> tuple[Choice, ...]:
        return self.survey.choices_of(each.question)


def index() -> ResponseReturnValue:
    return render_template("study/index.html", rows=listed())


def listed() -> list[Listed]:
    found = ((name, library.look_up(name)) for name in library.names())
    return [Listed(name, each.survey, each.problems) for name, each in found]


def questionnaire(name: str) -> ResponseReturnValue:
    if name not in library.names():
        abort(404)
    found = library.look_up(name)
    if found.survey is None:
        return render_template("study/broken.html", row=Listed(name, None, found.problems))
    wanted = request.args.get("in", "")
    offered = {each.code for each in _languages(found.survey)}
    page = _page(found.survey, wanted if wanted in offered else SOURCE_LANGUAGE, found.problems)
    return render_template("study/questionnaire.html", page=page, words=wording)


def export() -> ResponseReturnValue:
    """The form, and the data as one zip file. The audit trail says so before the file leaves."""
    with database.session() as session:
        form = ExportForm(session)
    if not form.is_submitted():
        return render_template("study/export.html", form=form)
    if not form.validate():
        return render_template("study/export.html", form=form), 422
    from mapper.exchange.data_out import CannotExport  # brings pandas along: not before somebody takes data out
    from mapper.web.study_zip import zipped

    try:
        content = zipped(form, by=current_user.id)
    except CannotExport as problem:
        form.form_errors.append(str(problem))
        return render_template("study/export.html", form=form), 422
    answer = send_file(content, mimetype="application/zip", as_attachment=True, download_name="data-for-research.zip")
    answer.headers["Cache-Control"] = "no-store"  # send_file would let the browser keep a copy
    return answer


def _page(survey: Survey, code: str, problems: tuple[Problem, ...]) -> QuestionnairePage:
    sentences = _sentences(survey)
    every = facts(survey, sentences.say, sentences.translate)
    by_section = groupby(every, key=lambda each: each.section.name)
    named = {section.name: section for section in survey.sections}
    return QuestionnairePage(
        survey=survey,
        spoken=translator(code),
        sections=tuple((named[name], tuple(group)) for name, group in by_section),
        indicators=tuple((one, sentences.words(one.rule.tree)) for one in survey.indicators),
        rules_in=profile(_language_of_rules()),
        problems=problems,
    )


def _sentences(survey: Survey) -> Spoken:
    """Rules in the language of the page: a sentence never mixes two."""
    spoken = translator(_language_of_rules())
    return Spoken(survey, spoken.text_neutral, spoken.interface)


def _language_of_rules() -> str:
    """The page's language once every phrase that rules are made of is translated, English until then."""
    spoken = translator(locale.current())
    return spoken.language if all(spoken.has("messages", phrase) for phrase in _phrases()) else SOURCE_LANGUAGE


def _phrases() -> list[str]:
    """Phrases with a word in them."""
    return [phrase for phrase in PHRASES.values() if any(sign.isalpha() for sign in _outside_braces(phrase))]


def _outside_braces(phrase: str) -> str:
    return "".join(part.partition("}")[2] if place else part for place, part in enumerate(phrase.split("{")))


def _languages(survey: Survey) -> tuple[Profile, ...]:
    return tuple(profile(code) for code in survey.languages if code in languages())
