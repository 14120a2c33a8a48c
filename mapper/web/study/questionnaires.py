"""What is asked, in which words and by which rules.

Questionnaires are read from the files as they stand, with every problem that `mapper survey check` would tell.
"""

from dataclasses import dataclass
from itertools import groupby

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from mapper.definition import library
from mapper.definition.estimate import minutes
from mapper.definition.model import Choice, Indicator, Section, Survey
from mapper.definition.problems import Problem
from mapper.exchange import drafts
from mapper.exchange.data_out_questions import QuestionFacts, facts
from mapper.language.catalogue import Translator, translator_of
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile
from mapper.store import database, publications, queries
from mapper.store.study_tables import Publication
from mapper.summary import wording
from mapper.web.locale import current
from mapper.web.study.field_words import ACTIONS, what_holds
from mapper.web.study.sentences import language_of_rules, sentences_of
from mapper.web.study.shelf import in_field


@dataclass(frozen=True)
class Listed:
    """A questionnaire at a glance; `survey` is None where it cannot run."""

    name: str
    survey: Survey | None
    problems: tuple[Problem, ...]
    standing: Publication | None = None

    @property
    def is_retired(self) -> bool:
        return bool(self.standing and self.standing.retired)

    @property
    def questions(self) -> int:
        return sum(question.is_answerable for question in self.survey.questions.values()) if self.survey else 0

    @property
    def minutes(self) -> int:
        return minutes(self.survey) if self.survey else 0

    @property
    def languages(self) -> tuple[Profile, ...]:
        return languages_of(self.survey) if self.survey else ()


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
        return languages_of(self.survey)

    def says(self, text: str) -> str:
        """The wording in the chosen language, "" where it has none yet."""
        return self.spoken.text_neutral(text) if text and self.spoken.has("surveys", text) else ""

    def choices(self, each: QuestionFacts) -> tuple[Choice, ...]:
        return self.survey.choices_of(each.question)


def index() -> ResponseReturnValue:
    with database.session() as reading:
        waiting = publications.drafts(reading)
        titles = {each.id: drafts.survey_of(each) for each in waiting}
        return render_template("study/index.html", rows=listed(reading), drafts=waiting, titles=titles)


def listed(session: Session) -> list[Listed]:
    """Everything that stands in the server's files or was published here, retired ones too."""
    standing = publications.standing(session)
    names = sorted({*library.names(), *(name for name, row in standing.items() if row.version)})
    return [_listed(session, name, standing.get(name)) for name in names]


def _listed(session: Session, name: str, row: Publication | None) -> Listed:
    found = in_field(session, name)
    if found:
        return Listed(name, found.survey, found.problems, row)
    return Listed(name, None, library.look_up(name).problems if name in library.names() else (), row)


def questionnaire(name: str) -> ResponseReturnValue:
    with database.session() as reading:
        found = in_field(reading, name)
        steps = publications.history(reading, name)
        rounds = tuple(queries.rounds_asking(reading, name))
    if found is None:
        if name not in library.names():
            abort(404)
        return render_template("study/broken.html", row=Listed(name, None, library.look_up(name).problems))
    offered = {each.code for each in languages_of(found.survey)}
    wanted = (request.args.get("in", ""), current(), SOURCE_LANGUAGE)
    page = _page(found.survey, next((code for code in wanted if code in offered), SOURCE_LANGUAGE), found.problems)
    field = {"steps": steps, "actions": ACTIONS, "rounds": rounds, "after_undo": _after_undo(steps)}
    return render_template("study/questionnaire.html", page=page, words=wording, **field)


def _after_undo(steps: list[Publication]) -> str:
    """What would hold if the last step were taken back."""
    return what_holds(drafts.held_before(steps)) if steps else ""


def _page(survey: Survey, code: str, problems: tuple[Problem, ...]) -> QuestionnairePage:
    sentences = sentences_of(survey)
    every = facts(survey, sentences.say, sentences.translate)
    by_section = groupby(every, key=lambda each: each.section.name)
    named = {section.name: section for section in survey.sections}
    return QuestionnairePage(
        survey=survey,
        spoken=translator_of(survey, code),
        sections=tuple((named[name], tuple(group)) for name, group in by_section),
        indicators=tuple((one, sentences.words(one.rule.tree)) for one in survey.indicators),
        rules_in=profile(language_of_rules()),
        problems=problems,
    )


def languages_of(survey: Survey) -> tuple[Profile, ...]:
    return tuple(profile(code) for code in survey.languages if code in languages())
