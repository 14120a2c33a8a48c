"""Fields of the set-up forms. What may stand in them is decided by `mapper.setup.values`, as for files."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import Field, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from mapper.setup.values import Invalid, Reader

NEEDED = lazy_gettext("Fill in this field.")
CHOOSE = lazy_gettext("Choose one.")


class ReadField(StringField):
    """A text that one of the readers of `values` turns into `value`; None when it is left empty."""

    def __init__(self, label: LazyString, read: Reader, needed: bool = True, **options: Any) -> None:
        super().__init__(label, [InputRequired(NEEDED)] if needed else [], filters=[_trimmed], **options)
        self.read = read
        self.value: Any = None

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        try:
            self.value = self.read(self.data)
        except Invalid as invalid:
            raise ValidationError(" ".join(invalid.said(gettext))) from None


class ChoiceField(SelectField):
    """One of a list that the form fills; nothing is chosen beforehand."""

    def __init__(self, label: LazyString, needed: bool = True, **options: Any) -> None:
        super().__init__(label, [InputRequired(CHOOSE)] if needed else [], choices=[], **options)

    def offer(self, choices: list[tuple[str, Any]], blank: Any = None) -> None:
        self.choices = [("", blank or lazy_gettext("Choose …")), *choices]


class BoxesField(SelectMultipleField):
    """Any number of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: LazyString, needed: bool = False, **options: Any) -> None:
        super().__init__(label, [_at_least_one] if needed else [], choices=[], validate_choice=True, **options)


def _at_least_one(_form: Any, field: Field) -> None:
    if not field.data:
        raise ValidationError(gettext("Tick at least one."))


def _trimmed(text: str | None) -> str | None:
    return text.strip() if text else None
