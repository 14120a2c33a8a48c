"""The demonstration's auditor decides: everything is released, so that a reviewer has something to see."""

from collections.abc import Callable
from datetime import timedelta

from mapper.assessment import releases
from mapper.assessment.visits import visits
from mapper.release import frozen
from mapper.store import database, queries
from mapper.store.tables import Mapping, ReleasePlan, now

AUDITOR = "demo-auditor"
SUPPLIER_DAYS = 1
Progress = Callable[[int, int], None]


def publish(progress: Progress = lambda done, total: None) -> int:
    """Release what is not released yet, each on its own; the number of releases made. Needs the demo accounts. They are
    dated the day before, so that a supplier's page, which comes a day later, can be seen at once."""
    with database.transaction() as session:
        auditor = queries.user_by_name(session, AUDITOR)
        decided_by = auditor.id if auditor else None
        undeclared = [one for one in queries.everything(session, Mapping) if session.get(ReleasePlan, one.id) is None]
        for exercise in undeclared:
            frozen.declare(session, exercise.code, None, None, SUPPLIER_DAYS, decided_by)
    with database.session() as session:
        yesterday = now() - timedelta(days=SUPPLIER_DAYS)
        there = frozen.latest(session)
        found, _ = visits(session, None, None)
        wanted = [visit for visit in found if (visit.supplier_id, visit.round_id) not in there]
    for done, visit in enumerate(wanted, start=1):
        with database.transaction() as session:
            prepared = releases.prepare(session, visit.supplier, visit.round)
            releases.publish(session, prepared, prepared.digest, decided_by, yesterday)
        progress(done, len(wanted))
    return len(wanted)
