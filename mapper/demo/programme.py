"""The programme of the demonstration, and published figures to compare it with."""

from pathlib import Path

from mapper.programme import apply, library
from mapper.setup.read import read_as
from mapper.store import database

OWN = Path(__file__).with_name("programme.yaml")
PUBLISHED = ("crest", "mwea")


def load() -> int:
    """Load the synthetic programme and the published ones; how many rows were new. Needs the demonstration mapping."""
    created = 0
    for file in (OWN, *map(library.path_of, PUBLISHED)):
        stated, problems = read_as(library.FORM, file)
        if stated is None:
            raise ValueError(f"{file.name} cannot be used: {'; '.join(map(str, problems))}")
        with database.transaction() as session:
            created += sum(change.state == "created" for change in apply.apply(session, stated))
    return created
