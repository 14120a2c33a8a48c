"""What the workers of a supplier are told after a round: in plain words, in their languages, without any number.

The summary hangs on a wall that the employer walks past. It therefore says nothing that the supplier has not been
told: only what its action plan is about, once the plan is handed over, and of each matter only that it was found.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from mapper.actions.findings import is_of_workers
from mapper.actions.own_words import has_number
from mapper.actions.plans import Plan
from mapper.actions.proposals import request
from mapper.language.reader import N_, Reader
from mapper.store.action_tables import Recommendation, WorkerMessage

THANKS = N_("Thank you for talking to us.")
WHY = N_("We asked workers about recruitment, work and housing. This is what we found and what will be done.")
NOBODY = N_("Nobody is told who said what. Nobody may be punished for talking to us.")
NOTHING = N_("We write here only what cannot tell who spoke. Today that is nothing.")
NO_PLAN = N_("The company has not been asked yet. We will tell you when it has.")
FOUND = N_("What we found")
DONE = N_("What will be done")
NO_RECORDING = N_("The recording of this page is not there yet.")


@dataclass(frozen=True, slots=True)
class Poster:
    """One page in one language: `found` is what workers told and the release shows, `done` what was accepted."""

    language: str
    direction: str
    found: tuple[str, ...]
    done: tuple[str, ...]
    own_words: str
    contact: str
    is_draft: bool


def poster(plans: Collection[Plan], message: WorkerMessage, read: Reader) -> Poster:
    """What stands on the page in the reader's language; `plans` are those that the supplier may see. A rejected
    recommendation promises nothing."""
    found: dict[str, str] = {}
    done: dict[str, str] = {}
    for plan in plans:
        for part in plan.parts:
            entry = request(part.row.library)
            if entry is not None and any(map(is_of_workers, part.row.findings)):
                found[entry.code] = read.label(entry.found)
            if entry is not None and _is_promised(part.row):
                done[entry.code] = read.label(entry.told)
    own = message.lines.get(read.language, "")
    return Poster(
        language=read.language,
        direction=read.direction,
        found=tuple(found.values()),
        done=tuple(done.values()),
        own_words=own,
        contact=message.contact,
        is_draft=read.catalogue.profile.is_draft,
    )


def _is_promised(row: Recommendation) -> bool:
    return row.response in ("accept", "partially_accept")


def message_of(session: Session, supplier_id: UUID, round_id: UUID) -> WorkerMessage | None:
    query = select(WorkerMessage).where(WorkerMessage.supplier_id == supplier_id, WorkerMessage.round_id == round_id)
    return session.exec(query).first()


def is_told(message: WorkerMessage | None, today: date) -> bool:
    """Whether workers were told, of a page that somebody read and that says whom they can call, without any number."""
    if message is None or message.checked is None or message.told is None or message.told > today:
        return False
    return bool(message.contact.strip()) and not has_number(message.lines)
