"""The questionnaires of a folder at a glance."""

from dataclasses import dataclass
from pathlib import Path

from mapper import paths
from mapper.definition import library
from mapper.definition.estimate import minutes
from mapper.definition.model import Survey
from mapper.definition.problems import errors


@dataclass(frozen=True, slots=True)
class Overview:
    """One questionnaire; `survey` is None where it has errors, of which `errors` is the number."""

    name: str
    survey: Survey | None
    errors: int = 0

    def as_json(self) -> dict[str, object]:
        assert self.survey is not None
        return {
            "name": self.survey.name,
            "version": self.survey.version,
            "title": self.survey.title,
            "respondent": self.survey.respondent,
            "questions": sum(question.is_answerable for question in self.survey.questions.values()),
            "minutes": minutes(self.survey),
            "languages": list(self.survey.languages),
            "modules": list(self.survey.modules),
        }


def overviews(root: Path = paths.SURVEYS) -> tuple[Overview, ...]:
    return tuple(_overview(name, root) for name in library.names(root))


def _overview(name: str, root: Path) -> Overview:
    found = library.look_up(name, root)
    return Overview(name, found.survey, len(errors(found.problems)))
