"""The programme files that come with the program."""

from pathlib import Path

from mapper import paths
from mapper.programme.plan import ProgrammeFile

FORM = ProgrammeFile
FOLDER = paths.SURVEYS / "programmes"


def names() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


def path_of(name: str) -> Path:
    """The file of a name, else the path that was given."""
    shipped = FOLDER / f"{name.lower()}.yaml"
    return shipped if name.lower() in names() else Path(name)
