"""The forms of signing in and of one's own account."""

from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired

from mapper.store import database, passwords, queries

NEEDED = lazy_gettext("Fill in this field.")


class SignInForm(FlaskForm):
    name = StringField(lazy_gettext("Name"), [InputRequired(NEEDED)])
    password = PasswordField(lazy_gettext("Password"), [InputRequired(NEEDED)])


class PasswordForm(FlaskForm):
    current = PasswordField(lazy_gettext("Your password now"), [InputRequired(NEEDED)])
    new = PasswordField(
        lazy_gettext("New password"),
        [InputRequired(NEEDED)],
        description=lazy_gettext("At least 12 characters. Three or four unrelated words are good."),
    )
    again = PasswordField(
        lazy_gettext("New password again"),
        [InputRequired(NEEDED), EqualTo("new", lazy_gettext("The two new passwords differ."))],
    )

    def validate_current(self, field: Field) -> None:
        with database.session() as reading:
            user = queries.user(reading, current_user.id)
        if user is None or not passwords.verify(user.password_hash, field.data):
            raise ValidationError(gettext("This is not your password."))

    def validate_new(self, field: Field) -> None:
        weakness = weakness_of(field.data, current_user.name)
        if weakness:
            raise ValidationError(weakness)


def weakness_of(password: str, name: str) -> str | None:
    """Why the password may not be used, in the reader's language."""
    match passwords.weakness(password, name):
        case "short":
            return gettext("Use at least 12 characters.")
        case "long":
            return gettext("Use at most 256 characters.")
        case "easy":
            return gettext("This is too easy to guess: use several unrelated words.")
        case _:
            return None
