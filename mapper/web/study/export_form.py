"""What a researcher chooses before data are taken out."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlmodel import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from mapper.definition.vocabulary import APART
from mapper.store import evidence, queries, tables
from mapper.web.admin.fields import CHOOSE, BoxesField, ChoiceField

FORMATS = {
    "csv": _l("CSV: for R, Python and most programs"),
    "xlsx": _l("Excel workbook, a sheet for each table"),
    "parquet": _l("Parquet: keeps the types"),
    "stata": _l("Stata, with labels"),
    "spss": _l("SPSS, with labels"),
}
MULTIPLE = {
    "text": _l("One column with the names of all choices"),
    "columns": _l("A column for each choice"),
    "both": _l("Both"),
}
VALUES = {"names": _l("Their short names, which stay the same"), "wording": _l("Their wording in English")}
MOST_RESPONSES = 20_000  # beyond that a browser would wait for minutes


class ExportForm(FlaskForm):
    """Nothing chosen of questionnaires, suppliers or rounds means all of them."""

    surveys = BoxesField(_l("Questionnaires"), needed=True)
    suppliers = BoxesField(_l("Suppliers"), description=_l("None ticked means all of them."))
    round = ChoiceField(_l("Round"), needed=False)
    format = RadioField(_l("Format"), [InputRequired(CHOOSE)])
    multiple = RadioField(_l("Questions with several choices"), [InputRequired(CHOOSE)])
    values = RadioField(_l("Choices in CSV, Excel and Parquet"), [InputRequired(CHOOSE)])

    def __init__(self, session: Session) -> None:
        self.answered = evidence.answered(session, APART)
        super().__init__(format="csv", multiple="text", values="names", surveys=list(self.answered))
        self.format.choices, self.multiple.choices = [*FORMATS.items()], [*MULTIPLE.items()]
        self.values.choices = [*VALUES.items()]
        self.surveys.choices = [(name, f"{name} ({number})") for name, number in self.answered.items()]
        suppliers = queries.everything(session, tables.Supplier)
        self.suppliers.choices = [(row.code, f"{row.name} ({row.code})") for row in suppliers]
        mappings = {row.id: row.code for row in queries.everything(session, tables.Mapping)}
        every = [f"{mappings[row.mapping_id]}/{row.code}" for row in queries.everything(session, tables.Round)]
        self.round.offer([(name, name) for name in every], _l("all rounds"))

    def validate(self, extra_validators: object = None) -> bool:
        return bool(super().validate(extra_validators)) and self._is_small_enough()

    def _is_small_enough(self) -> bool:
        number = sum(self.answered[name] for name in self.surveys.data or [])
        if number <= MOST_RESPONSES or self.round.data or self.suppliers.data:
            return True
        self.form_errors.append(
            gettext("These are too many responses for a browser. Use the command “mapper export” on the server.")
        )
        return False
