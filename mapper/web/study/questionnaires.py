"""What is asked, in which words and by which rules.

Questionnaires are read from the files as they stand, with every problem that `mapper survey check` would tell.
"""

from dataclasses import dataclass
from itertools import groupby

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from mapper.definition import library
from mapper.definition.estimate import minutes
from mapper.definition.model import Choice, Indicator, Section, Survey
from mapper.definition.problems import Problem
from mapper.exchange.data_out_questions import QuestionFacts, facts
from mapper.language.catalogue import Translator, translator_of
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile
from mapper.summary import wording
from mapper.web.study.sentences import language_of_rules, sentences_of


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
    offered = {each.code for each in languages_of(found.survey)}
    page = _page(found.survey, wanted if wanted in offered else SOURCE_LANGUAGE, found.problems)
    return render_template("study/questionnaire.html", page=page, words=wording)


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
