"""Signing in and out. A session ends after idle minutes, after hours, or when its person signs out everywhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Flask, Request, abort, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from mapper import settings
from mapper.store import accounts, audit, database, passwords, queries
from mapper.store.tables import User
from mapper.web import limits, locale
from mapper.web.forms_account import PasswordForm, SignInForm

blueprint = Blueprint("auth", __name__)
NOTICE_SECONDS = 60  # how exactly idleness is measured: the cookie is not sent anew for every picture


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The person of a request, as pages know them. `sign_in` is the browser session; a program with a bearer token
    has none."""

    id: UUID
    name: str
    role: str
    buyer_id: UUID | None
    language: str
    sign_in: UUID | None = None
    safeguarding: bool = False
    supplier_id: UUID | None = None

    @property
    def by_token(self) -> bool:
        return self.sign_in is None

    def get_id(self) -> str:
        return str(self.sign_in)


def install(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # a tablet changes its network in the middle of a day
    manager.user_loader(from_session)
    manager.request_loader(from_token)
    manager.unauthorized_handler(ask_to_sign_in)
    app.extensions["sign_in_attempts"] = limits.Attempts()
    app.extensions["sending"] = limits.Sending()


def from_session(identity: str) -> SignedIn | None:
    """The person whose session this is; None when it has ended."""
    if not _still_open():
        g.session_ended = True
        return None
    with suppress(ValueError), _store() as reading:
        sign_in = UUID(identity)
        return _person(queries.user_by_sign_in(reading, sign_in), sign_in)
    return None


def from_token(asking: Request) -> SignedIn | None:
    """The person for whom a program acts, by the header `Authorization: Bearer …`."""
    scheme, _space, token = asking.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    with _store() as reading:
        return _person(queries.user_by_token(reading, passwords.token_hash(token.strip())))
    return None


@contextmanager
def _store() -> Iterator[Session]:
    """A session whose failure waits: error pages ask who is signed in too, and `access.check` can show it."""
    try:
        with database.session() as reading:
            yield reading
    except (DBAPIError, PoolTimeout) as failure:
        g.store_failure = failure


def _person(user: User | None, sign_in: UUID | None = None) -> SignedIn | None:
    if user is None or not user.active:
        return None
    return SignedIn(
        user.id, user.name, user.role, user.buyer_id, user.language, sign_in, user.safeguarding, user.supplier_id
    )


def _still_open() -> bool:
    """Whether the session is young enough and was used lately; being asked counts as use."""
    chosen, now = settings.current(), int(time.time())
    idle = now - session.get("seen", 0)
    if idle > chosen.idle_minutes * 60 or now - session.get("signed_in", 0) > chosen.session_hours * 3600:
        return False
    if idle >= NOTICE_SECONDS:
        session["seen"] = now
    return True


def ask_to_sign_in() -> ResponseReturnValue:
    """Programs get 401; people the sign-in page, and afterwards the page that they wanted."""
    if request.path.startswith("/api/"):
        abort(401)
    if g.get("session_ended"):
        flash(_("You were signed out because you were away for a while. Sign in to go on."), "notice")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=wanted if wanted != "/" else None))


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("home.index"))
    if form.validate_on_submit():
        user = check_password(form.name.data or "", form.password.data or "")
        if user:
            begin(user)
            return redirect(local_path(request.args.get("next")) or url_for("home.index"))
        form.form_errors.append(_("The name or the password is not right. Check both and try again."))
    return render_template("auth/sign_in.html", form=form), 422 if form.is_submitted() else 200


def check_password(name: str, password: str) -> User | None:
    """The user whose name and password these are. An unknown name takes as long as a wrong password."""
    limits.attempts().refuse_too_many(name)
    with database.session() as reading:
        user = queries.user_by_name(reading, name)
    right = passwords.verify(user.password_hash if user and user.active else "", password)
    with database.transaction() as writing:
        if not right or user is None:
            limits.attempts().count_failure(name)
            audit.record(writing, user.id if user else None, "sign-in refused", "session")
            return None
        audit.record(writing, user.id, "sign-in", "session")
        if passwords.needs_rehash(user.password_hash):
            user.password_hash = passwords.hash_password(password)
            writing.add(user)
    return user


def begin(user: User) -> None:
    """Start a session in place of whatever session there was, with a CSRF token of its own."""
    with database.transaction() as writing:
        person = _person(user, accounts.begin_session(writing, user))
    session.clear()
    g.pop("csrf_token", None)
    generate_csrf()
    session["signed_in"] = session["seen"] = int(time.time())
    login_user(person)


def local_path(wanted: str | None) -> str | None:
    """The address, if it is a path of this site: never another site's, which a forged link could name."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted:
        return None
    return wanted if wanted.isprintable() else None


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """This session is over on the server too, so that a copy of its cookie is worth nothing."""
    with database.transaction() as writing:
        accounts.end_session(writing, current_user.id, current_user.sign_in)
    end()
    flash(_("You are signed out."), "done")
    return redirect(url_for("auth.sign_in"))


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    with database.transaction() as writing:
        user = queries.user(writing, current_user.id) or abort(404)
        accounts.end_every_session(writing, user)
    end()
    flash(_("You are signed out on every device."), "done")
    return redirect(url_for("auth.sign_in"))


def end() -> None:
    logout_user()
    session.clear()


@blueprint.route("/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Change one's password; every other session of this person ends."""
    form = PasswordForm()
    if form.validate_on_submit():
        with database.transaction() as writing:
            user = queries.user(writing, current_user.id) or abort(404)
            accounts.set_password(writing, user, by=user.id, password=form.new.data)
        begin(user)
        flash(_("Your password is changed. You are signed out on your other devices."), "done")
        return redirect(url_for("auth.account"))
    return render_template("auth/account.html", form=form), 422 if form.is_submitted() else 200


@blueprint.post("/language")
def language() -> ResponseReturnValue:
    """Choose the language of the pages, for this device and, when signed in, for this person."""
    chosen = request.form.get("language", "")
    if chosen not in locale.languages():
        abort(400)
    if current_user.is_authenticated:
        with database.transaction() as writing:
            user = queries.user(writing, current_user.id) or abort(404)
            user.language = chosen
    answer = redirect(local_path(request.form.get("next")) or url_for("home.index"))
    locale.set_cookie(answer, chosen)
    return answer
