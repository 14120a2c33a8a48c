"""Which questionnaire a page of the researcher's door is about: one of the files."""

from dataclasses import dataclass
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.definition.problems import Problem
from mapper.language.catalogue import Translator, translator_of


@dataclass(frozen=True)
class Shown:
    """A questionnaire that can run."""

    survey: Survey
    problems: tuple[Problem, ...]

    def url(self, endpoint: str, **more: Any) -> str:
        """The address of another page about the same questionnaire; empty values are left out."""
        return url_for(endpoint, name=self.survey.name, **{key: value for key, value in more.items() if value})

    def translator(self, language: str) -> Translator:
        return translator_of(self.survey, language)


def shown(name: str) -> Shown:
    """The questionnaire of this name, or 404 in words."""
    if name not in library.names():
        abort(404)
    found = library.look_up(name)
    if found.survey is None:
        abort(404, _("This questionnaire cannot run yet. Its page lists the errors to mend."))
    return Shown(found.survey, found.problems)
