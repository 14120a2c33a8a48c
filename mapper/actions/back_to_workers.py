"""What the workers of a supplier are told after a round: in plain words, in their languages, without any number.

The summary hangs on a wall that the employer walks past. It therefore says nothing that the supplier has not been
told: only what its action plan is about, once the plan is handed over, and of each matter only that it was found.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

import rfc8785
from sqlmodel import Session, select

from mapper.actions import plans as every
from mapper.actions.findings import is_of_workers
from mapper.actions.own_words import counted, has_number
from mapper.actions.plans import Plan
from mapper.actions.proposals import request
from mapper.actions.released import released_findings
from mapper.language.reader import N_, Reader, reader
from mapper.release import frozen
from mapper.store.action_tables import Recommendation, WorkerMessage

THANKS = N_("Thank you for talking to us.")
WHY = N_("We asked workers about recruitment, work and housing. This is what we found and what will be done.")
NOBODY = N_("Nobody is told who said what. Nobody may be punished for talking to us.")
NOTHING = N_("We write here only what cannot tell who spoke. Today that is nothing.")
NO_PLAN = N_("The company has not been asked yet. We will tell you when it has.")
NO_ANSWER = N_("No answer yet")
REFUSED = N_("The company was asked. So far it has agreed to nothing.")
FOUND = N_("What we found")
DONE = N_("What will be done")
NO_RECORDING = N_("The recording of this page is not there yet.")


@dataclass(frozen=True, slots=True)
class Poster:
    """One page in one language: `found` is what workers told and the release shows, `done` what was accepted. Where
    that is nothing, `undone` says why, once the company was asked."""

    language: str
    direction: str
    found: tuple[str, ...]
    done: tuple[str, ...]
    own_words: str
    contact: str
    is_draft: bool
    undone: str = ""


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
        undone="" if done else _undone(plans, read),
    )


def _undone(plans: Collection[Plan], read: Reader) -> str:
    """Why nothing stands on the page that will be done: what is promised in other words than the library's stands on
    none. "" where the company was not asked."""
    asked = [part.row for plan in plans for part in plan.parts]
    if not asked:
        return ""
    if any(map(_is_promised, asked)):
        return read.say(NOTHING)
    return read.say(NO_ANSWER if any(row.response is None for row in asked) else REFUSED)


def _is_promised(row: Recommendation) -> bool:
    return row.response in ("accept", "partially_accept")


def message_of(session: Session, supplier_id: UUID, round_id: UUID) -> WorkerMessage | None:
    query = select(WorkerMessage).where(WorkerMessage.supplier_id == supplier_id, WorkerMessage.round_id == round_id)
    return session.exec(query).first()


def shown_plans(session: Session, supplier_id: UUID, round_id: UUID, today: date) -> list[Plan]:
    """The plans that the supplier may see today: the pages say nothing else."""
    rows = every.of_round(session, supplier_id, round_id)
    return [every.whole(session, one, today) for one in rows if every.is_with_supplier(session, one, today)]


def digest(plans: Collection[Plan], message: WorkerMessage) -> str:
    """Changes with any word on any of the pages."""
    pages = [asdict(poster(plans, message, reader(code))) for code in sorted(message.languages)]
    said = [{name: value for name, value in page.items() if _is_said(name, value)} for page in pages]
    return sha256(rfc8785.dumps(said)).hexdigest()


def _is_said(name: str, value: object) -> bool:
    return name != "is_draft" and (name != "undone" or bool(value))


def is_stale(message: WorkerMessage, plans: Collection[Plan]) -> bool:
    """Whether the pages say something else by now than what somebody read."""
    return message.checked is not None and message.read_as != digest(plans, message)


def told_from(session: Session, supplier_id: UUID, round_id: UUID, plans: Collection[Plan]) -> date | None:
    """From which day on workers can have been told: of the plan that was handed over, or of a release that shows no
    finding. None while there is nothing to tell yet."""
    handed_over = [one.row.handed_over for one in plans if one.parts and one.row.handed_over]
    if handed_over:
        return max(handed_over)
    rows = every.of_round(session, supplier_id, round_id)
    if not rows or any(released_findings(session, row) for row in rows):
        return None
    newest = (frozen.latest(session, [supplier_id], row.buyer_id).get((supplier_id, round_id)) for row in rows)
    return max((one.row.decided.date() for one in newest if one), default=None)


def is_told(session: Session, message: WorkerMessage | None, today: date) -> bool:
    """Whether workers were told, of a page that somebody read as it is now and that says whom they can call, without
    any number; and not before there was anything to tell."""
    if message is None or message.checked is None or message.told is None or message.told > today:
        return False
    if not message.contact.strip() or counted(message.contact) or has_number(message.lines):
        return False
    plans = shown_plans(session, message.supplier_id, message.round_id, today)
    since = told_from(session, message.supplier_id, message.round_id, plans)
    return since is not None and message.told >= since and not is_stale(message, plans)
