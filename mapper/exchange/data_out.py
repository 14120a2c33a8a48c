"""Data for a researcher of the audit team: pseudonymous answers as tables, with a codebook beside them.

Who may have them and what never leaves is in `docs/researcher.md`. Left out: responses that were withdrawn, whose
worker asked that nothing be used, or who did not consent; every date finer than the month; what people typed, unless
it is asked for; sites, interviewers, devices and times of arrival. Each export draws its own keys, and its rows stand
in the order of the keys, so neither says which interview it was or when it came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from mapper.exchange.data_out_files import write
from mapper.exchange.data_out_store import CannotExport, Progress, SurveyData, Wanted, gather
from mapper.store import audit, database


@dataclass(frozen=True, eq=False)
class Exported:
    """What was written."""

    data: tuple[SurveyData, ...]
    files: tuple[Path, ...]


def export(
    wanted: Wanted, folder: Path, by: UUID | None = None, progress: Progress = lambda done, total: None
) -> Exported:
    """Write the data into a new or empty folder. The audit trail says so before the first file is written.

    Raises CannotExport.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotExport(f"{folder} is not empty. Every export has keys of its own: name a new folder for it.")
    with database.session() as session:
        found = gather(session, wanted, progress)
    with database.transaction() as session:
        _note(session, found, wanted, by)
    return Exported(found, write(found, wanted.format, folder))


def _note(session: Session, found: Iterable[SurveyData], wanted: Wanted, by: UUID | None) -> None:
    audit.record(
        session, by, "export", f"data of {', '.join(data.survey.name for data in found)}",
        respondents=", ".join(f"{data.survey.name} {data.kept.respondents}" for data in found), format=wanted.format,
        suppliers=list(wanted.suppliers), round=wanted.round or "", free_text=wanted.options.free_text,
    )  # fmt: skip
