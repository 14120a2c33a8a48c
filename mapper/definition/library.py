"""The questionnaires of a folder, ready to use; each is read again only after one of its files has changed."""

from pathlib import Path

from mapper import paths
from mapper.definition.files import Stamp, stamp_of
from mapper.definition.model import Survey
from mapper.definition.problems import InvalidDefinition
from mapper.definition.read import Reading, path_of, reading, survey_names

Stamps = dict[Path, Stamp]

_readings: dict[tuple[Path, Path], tuple[Stamps, Reading]] = {}


def names(root: Path = paths.SURVEYS) -> tuple[str, ...]:
    """Every questionnaire in the folder, in alphabetical order."""
    return survey_names(root)


def load(name_or_path: str | Path, root: Path = paths.SURVEYS) -> Survey:
    """The survey. Raises InvalidDefinition, with every problem, where it has errors."""
    found = look_up(name_or_path, root)
    if found.survey is None:
        raise InvalidDefinition(found.problems)
    return found.survey


def look_up(name_or_path: str | Path, root: Path = paths.SURVEYS) -> Reading:
    """The survey with its problems, as it stands on disk now."""
    key = (path_of(name_or_path, root), root)
    known = _readings.get(key)
    if known is None or any(stamp_of(path) != stamp for path, stamp in known[0].items()):
        found = reading(name_or_path, root)
        known = _readings[key] = ({path: stamp_of(path) for path in found.files}, found)
    return known[1]
