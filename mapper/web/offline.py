"""The page of a prepared tablet and its service worker. What else a tablet holds is told by `tablet_ready`."""

from dataclasses import asdict

from flask import Response as Answer
from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from mapper.document import bundle
from mapper.document.locale_data import locale_data
from mapper.language.profile import profile
from mapper.store import database
from mapper.web import locale
from mapper.web.interview_start import rounds_of

SCOPE = "/interview"  # covers /interview/… and /interviews…, and no page for reviewers or administrators
COLOUR = "#14505c"


def tablet() -> ResponseReturnValue:
    """The page of a prepared tablet: the same for everybody who reads this language, so that it can be kept."""
    return render_template(
        "tablet/page.html",
        _=_,  # Flask-Babel's own, which leaves %(placeholders)s to the script
        script=bundle.address(bundle.TABLET),
        locale=locale_data(profile(locale.current())),  # the calendar behind which the page hides
        worker=url_for(".worker"),
        scope=SCOPE,
    )


def worker() -> ResponseReturnValue:
    """The service worker. Browsers look for a newer one by themselves."""
    answer = current_app.send_static_file("tablet/worker.js")
    answer.mimetype = "text/javascript"
    answer.headers["Service-Worker-Allowed"] = SCOPE
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def manifest() -> ResponseReturnValue:
    """What makes the page installable."""
    answer = Answer(mimetype="application/manifest+json")
    answer.data = current_app.json.dumps({
        "name": _("Interviews"),
        "short_name": _("Interviews"),
        "lang": locale.current().replace("_", "-"),
        "start_url": url_for(".tablet"),
        "scope": SCOPE,
        "display": "standalone",
        "background_color": "#f7f5f0",
        "theme_color": COLOUR,
        "icons": [_icon(192), _icon(512), _icon(512, "maskable")],
    })  # fmt: skip
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _icon(size: int, purpose: str = "any") -> dict[str, str]:
    source = url_for("static", filename=f"tablet/icon-{size}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def session() -> ResponseReturnValue:
    """Who is signed in, the token that a page from the tablet's own store cannot carry, and what may be prepared."""
    with database.session() as reading:
        open_ = [each for each in rounds_of(reading) if each.asks_repaid or not each.is_closed]
        rounds = [asdict(each) | {"id": str(each.id)} for each in open_]
    return {"id": str(current_user.id), "name": current_user.name, "csrf": generate_csrf(), "rounds": rounds}
