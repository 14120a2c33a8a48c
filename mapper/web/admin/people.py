"""Who may sign in, and tokens for programs."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from mapper.language.profile import languages, profile
from mapper.setup import values
from mapper.store import accounts, database, queries, tables
from mapper.web.admin import blueprint
from mapper.web.admin.fields import CHOOSE, ChoiceField, ReadField
from mapper.web.admin.form import named
from mapper.web.admin.words import ROLE_HINTS, ROLES

REFUSALS = {
    "taken": ("name", _l("There is a user of this name already. Choose another one.")),
    "name": ("name", _l("Use 1 to 80 printable characters.")),
    "role": ("role", CHOOSE),
    "buyer": ("buyer", _l("A reviewer belongs to a buyer; nobody else does.")),
    "supplier": ("supplier", _l("The role supplier belongs to a supplier; nobody else does.")),
}


class UserForm(FlaskForm):
    name = ReadField(_l("Name"), values.name, description=_l("What the person types to sign in."))
    role = RadioField(_l("Role"), [InputRequired(CHOOSE)])
    buyer = ChoiceField(
        _l("Buyer"), needed=False, description=_l("For a company reviewer, who sees nothing of others.")
    )
    supplier = ChoiceField(_l("Supplier"), needed=False, description=_l("For the role supplier."))
    language = ChoiceField(_l("Language"))

    def __init__(self, session: Session) -> None:
        super().__init__(language="en")
        self.role.choices = [(role, f"{word} – {ROLE_HINTS[role]}") for role, word in ROLES.items()]
        self.buyer.offer(named(queries.everything(session, tables.Buyer)), _l("none"))
        self.supplier.offer(named(queries.everything(session, tables.Supplier)), _l("none"))
        self.supplier.data = self.supplier.data or ""  # a form that does not send the field names no supplier
        self.language.offer([(code, profile(code).name) for code in languages()])


class TokenForm(FlaskForm):
    user = ChoiceField(_l("Acts as"), description=_l("The program may do what this user may do."))
    label = ReadField(_l("What it is for"), values.name)
    days = ReadField(_l("Days until it expires"), values.days_ahead)

    def __init__(self, session: Session) -> None:
        super().__init__(days="365")
        self.user.offer([(str(user.id), user.name) for user in queries.users(session) if user.active])


@blueprint.get("/users/")
def users() -> ResponseReturnValue:
    with database.session() as session:
        kinds: tuple[Any, ...] = (tables.Buyer, tables.Supplier)
        owners = {row.id: row.name for kind in kinds for row in queries.everything(session, kind)}
        return render_template("admin/users.html", users=queries.users(session), owners=owners, roles=ROLES)


@blueprint.route("/users/new", methods=["GET", "POST"])
def create_user() -> ResponseReturnValue:
    """The new password is on the page that answers, once, and nowhere else."""
    if request.method == "GET":
        with database.session() as session:
            return render_template("admin/user.html", form=UserForm(session))
    with database.transaction() as session:
        form = UserForm(session)
        made = _add(session, form) if form.validate_on_submit() else None
        if made is None:
            return render_template("admin/user.html", form=form), 422
    return render_template("admin/password.html", user=made[0], password=made[1])


def _add(session: Session, form: UserForm) -> tuple[tables.User, str] | None:
    buyer = queries.row(session, tables.Buyer, UUID(form.buyer.data)) if form.buyer.data else None
    supplier = queries.row(session, tables.Supplier, UUID(form.supplier.data)) if form.supplier.data else None
    new = accounts.NewUser(form.name.value, form.role.data, buyer, form.language.data, supplier)
    try:
        return accounts.add(session, new, by=current_user.id)
    except accounts.Refused as refusal:
        field, message = REFUSALS[refusal.reason]
        form[field].errors = [*form[field].errors, message]
        return None


@blueprint.post("/users/<uuid:user_id>/password")
def reset_password(user_id: UUID) -> ResponseReturnValue:
    with database.transaction() as session:
        user = queries.user(session, user_id) or abort(404)
        password = accounts.set_password(session, user, by=current_user.id)
    return render_template("admin/password.html", user=user, password=password)


@blueprint.post("/users/<uuid:user_id>/active")
def switch_user(user_id: UUID) -> ResponseReturnValue:
    """Let a user in again, or keep them out."""
    active = request.form.get("active") == "yes"
    try:
        with database.transaction() as session:
            user = queries.user(session, user_id) or abort(404)
            accounts.set_active(session, user, active, by=current_user.id)
    except accounts.Refused:
        flash(_("This is the only active administrator. Add another one first."), "problem")
        return redirect(url_for("admin.users"))
    said = _("%(name)s can sign in again.") if active else _("%(name)s can no longer sign in.")
    flash(said % {"name": user.name}, "done")
    return redirect(url_for("admin.users"))


@blueprint.post("/users/<uuid:user_id>/safeguarding")
def switch_safeguarding(user_id: UUID) -> ResponseReturnValue:
    """Name somebody who looks after people in danger, or no more."""
    try:
        with database.transaction() as session:
            user = queries.user(session, user_id) or abort(404)
            accounts.set_safeguarding(session, user, request.form.get("named") == "yes", by=current_user.id)
    except accounts.Refused:
        flash(_("Whoever is of a buyer or a supplier cannot be safeguarding staff."), "problem")
    return redirect(url_for("admin.users"))


@blueprint.route("/tokens/", methods=["GET", "POST"])
def tokens() -> ResponseReturnValue:
    """The list with a form to make one; a new token is on the page that answers, once."""
    if request.method == "GET":
        with database.session() as session:
            return _tokens(session, TokenForm(session))
    with database.transaction() as session:
        form = TokenForm(session)
        if not form.validate_on_submit():
            return _tokens(session, form), 422
        user = queries.user(session, UUID(form.user.data)) or abort(404)
        made = accounts.add_token(session, user, form.label.value, form.days.value, by=current_user.id)
        session.flush()
        return _tokens(session, TokenForm(session), made)


def _tokens(session: Session, form: TokenForm, made: str | None = None) -> str:
    shown: dict[str, Any] = {
        "tokens": queries.tokens(session),
        "names": {user.id: user.name for user in queries.users(session)},
        "now": tables.now(),
    }
    return render_template("admin/tokens.html", form=form, made=made, **shown)


@blueprint.post("/tokens/<uuid:token_id>/revoke")
def revoke_token(token_id: UUID) -> ResponseReturnValue:
    with database.transaction() as session:
        token = queries.row(session, tables.ApiToken, token_id) or abort(404)
        accounts.revoke_token(session, token, by=current_user.id)
    flash(_("The token does not work any more."), "done")
    return redirect(url_for("admin.tokens"))
