"""The audit trail: who read or changed what, and whether it is whole."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mapper.store import audit, database, queries
from mapper.web.admin import blueprint

PAGE = 100


@blueprint.get("/trail/")
def trail() -> ResponseReturnValue:
    """A page of events, the newest first; `?before=` leads to older ones, `?verify=1` checks the whole trail."""
    before = request.args.get("before", type=int)
    with database.session() as session:
        events = queries.events(session, before, PAGE + 1)
        names = {user.id: user.name for user in queries.users(session)}
        verdict = audit.verify(session) if request.args.get("verify") else None
    older = events[PAGE - 1].sequence if len(events) > PAGE else None
    return render_template(
        "admin/trail.html", events=events[:PAGE], names=names, verdict=verdict, older=older, before=before
    )
