"""What a researcher says of an upload: what it is, and where a module goes."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlmodel import Session
from wtforms import RadioField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from mapper.definition import library
from mapper.exchange.compose import Home, is_name
from mapper.exchange.drafts import base_files
from mapper.exchange.upload import MODULE, STUDY
from mapper.intake import definitions
from mapper.store.study_tables import StudyDraft
from mapper.web.admin.fields import CHOOSE, ChoiceField
from mapper.web.locale import title_of, wording_of

KINDS = {
    MODULE: _l("A module, to be added to a questionnaire"),
    STUDY: _l("A whole questionnaire"),
}


def _stated(draft: StudyDraft) -> dict[str, Any]:
    """What was said of this draft when it was uploaded; a name of its own only where it had one."""
    if "base" not in draft.home:
        return {"kind": STUDY}
    if draft.name == draft.home["base"]:
        return {"kind": MODULE, **draft.home}
    return {"kind": MODULE, **draft.home, "name": draft.name}


class UploadForm(FlaskForm):
    """`base` and what follows count for a module alone."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A module’s folder as .zip, or a workbook (XLSForm): .xlsx, .xls, .csv."),
    )
    kind = RadioField(_l("What it is"), [InputRequired(CHOOSE)])
    base = ChoiceField(_l("Add the module to"), needed=False)
    after = ChoiceField(
        _l("After the module"), needed=False, description=_l("A module that is there already keeps its place.")
    )
    name = StringField(
        _l("Name of a new questionnaire"),
        [Length(max=40)],
        description=_l(
            "Leave empty to change the questionnaire itself. Small letters, digits and underscores, e.g. worker_heat."
        ),
    )
    title = StringField(_l("Its title"), [Length(max=200)])

    def __init__(self, session: Session, again: StudyDraft | None = None) -> None:
        super().__init__(**_stated(again) if again else {"kind": MODULE})
        self.session = session
        self.kind.choices = [*KINDS.items()]
        every = {name: definitions.current(session, name) for name in definitions.offered(session)}
        self.base.offer([(name, f"{title_of(one)} ({name})") for name, one in every.items() if one])
        by_questionnaire: Any = {  # in the order in which they are asked
            "": [("", _l("at the end, before the closing and the auditor’s notes"))],
            **{
                title_of(one): [(each.name, wording_of(each.label, one)) for each in one.sections]
                for one in every.values()
                if one
            },
        }
        self.after.choices = by_questionnaire

    def validate_base(self, field: ChoiceField) -> None:
        if self.kind.data == MODULE and not field.data:
            raise ValidationError(gettext("Choose the questionnaire to which the module is added."))

    def validate_name(self, field: StringField) -> None:
        wanted = (field.data or "").strip()
        if wanted and not is_name(wanted):
            raise ValidationError(gettext("Use 2 to 40 small letters, digits and underscores."))
        if wanted and wanted in {*library.names(), *definitions.offered(self.session)}:
            raise ValidationError(gettext("There is a questionnaire of this name already. Choose another name."))

    @property
    def place(self) -> dict[str, str]:
        """Where the module was added and under which title, for the next upload of it."""
        return {key: self[key].data or "" for key in ("base", "after", "title")} if self.kind.data == MODULE else {}

    @property
    def home(self) -> Home | None:
        if self.kind.data != MODULE:
            return None
        stated: dict[str, Any] = {key: (self[key].data or "").strip() for key in ("after", "name", "title")}
        return Home(self.base.data, base_files(self.session, self.base.data), **stated)
