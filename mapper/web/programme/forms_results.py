"""Forms for programmes, outcomes, indicators and what was reached."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from mapper.programme import checks, gather, values
from mapper.programme.checks import Fault
from mapper.programme.counters import COUNTERS
from mapper.programme.words import GENDER_AGE
from mapper.setup.values import N_
from mapper.store import programme_tables as rows
from mapper.store import queries, tables
from mapper.web.admin.fields import ChoiceField, ReadField
from mapper.web.admin.form import CODE_HINT, Group, named
from mapper.web.programme import words
from mapper.web.programme.form import ProgrammeForm, as_lines, by_gender_age, choices, long_text, pairs

IMPOSSIBLE = (N_("It ends before it begins."), N_("Correct one of the two dates."))


class ProgrammeDetailsForm(ProgrammeForm):
    table = rows.Programme

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    name = ReadField(_l("Name"), values.name)
    source = long_text(
        _l("Source"), values.text, needed=False, description=_l("Where its targets and figures are written down.")
    )
    starts = ReadField(_l("First day"), values.date, needed=False, description=_l("Year-month-day, 2026-03-31."))
    ends = ReadField(_l("Last day"), values.date, needed=False)
    buyer_id = ChoiceField(
        _l("Buyer"), needed=False, description=_l("Counted figures are then those of this buyer's mappings alone.")
    )
    shared = BooleanField(
        _l("Shared with the buyer"),
        description=_l("The buyer's reviewers read the results then, without what is counted from workers' answers."),
    )

    def fill(self) -> None:
        self.buyer_id.offer(named(queries.everything(self.session, tables.Buyer)), _l("none"))

    def faults(self) -> Iterator[Fault]:
        if self.starts.value and self.ends.value and self.ends.value < self.starts.value:
            yield Fault(
                "ends", "impossible_dates", N_("It ends before it begins."), N_("Correct one of the two dates.")
            )
        if self.shared.data and not self.buyer_id.data:
            yield Fault(
                "shared", "missing_buyer", N_("There is nobody to share it with."), N_("Choose the buyer first.")
            )


class OutcomeForm(ProgrammeForm):
    table = rows.Outcome
    owner = "programme_id"

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    text = long_text(_l("Outcome"), values.text, description=_l("The change that the programme is to bring about."))


class IndicatorForm(ProgrammeForm):
    table = rows.ProgrammeIndicator
    owner = "outcome_id"

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    text = long_text(_l("Indicator"), values.text, description=_l("What is counted."))
    unit = ChoiceField(_l("Unit"))
    currency = ReadField(
        _l("Currency"), values.currency, needed=False, description=_l("For money alone, for example USD.")
    )
    scale_word = ChoiceField(_l("Amounts are written"), needed=False)
    direction = ChoiceField(_l("Direction"))
    baseline = ReadField(_l("Baseline"), values.reached, needed=False, description=_l("What it was at the beginning."))
    target = ReadField(_l("Target"), values.reached, needed=False)
    target_text = ReadField(
        _l("Target in words"), values.text, needed=False, description=_l("Where it is no number, or an ambiguous one.")
    )
    target_ambiguous = BooleanField(_l("The target is ambiguous: compute no percentage"))
    milestone_lines = long_text(
        _l("Milestones"),
        str,
        needed=False,
        description=_l("A period and its target on each line, for example 2026-06: 10."),
    )
    counter = ChoiceField(
        _l("Counted by the program"), needed=False, description=_l("Then nobody types what was reached.")
    )
    note = long_text(_l("Note"), values.text, needed=False)

    def stored(self, row: Any) -> dict[str, Any]:
        return {**super().stored(row), "scale_word": str(row.scale), "milestone_lines": as_lines(row.milestones)}

    def fill(self) -> None:
        self.unit.offer(choices(words.UNITS))
        self.direction.offer(choices(words.DIRECTIONS))
        self.direction.data = self.direction.data or "up"
        self.scale_word.offer(choices(words.SCALES))
        self.counter.offer([(each.name, _l(each.label)) for each in COUNTERS.values()], _l("typed by hand"))

    def faults(self) -> Iterator[Fault]:
        yield from checks.indicator(self.values())
        try:
            pairs(self.milestone_lines.data, values.period, values.amount)
        except values.Invalid as invalid:
            yield Fault("milestone_lines", "milestones", invalid.message, invalid.remedy, **invalid.parts)

    def same_code(self, code: str) -> Any:
        """Codes of indicators are unique in the whole programme, since totals name them."""
        outcome = queries.row(self.session, rows.Outcome, self.belongs_to) if self.belongs_to else None
        return gather.indicator(self.session, outcome.programme_id, code) if outcome else None

    def write(self, row: Any) -> None:
        super().write(row)
        row.scale = int(self.scale_word.data or 1)
        row.milestones = pairs(self.milestone_lines.data, values.period, values.amount)


class ActualForm(ProgrammeForm):
    """The parts by gender are fields of their own; other dimensions stay as they are."""

    table = rows.Actual
    owner = "indicator_id"

    as_of = ReadField(
        _l("As of"), values.period, description=_l("A year, a month or a day: 2026, 2026-06 or 2026-06-30.")
    )
    value = ReadField(_l("Reached"), values.reached, needed=False, description=_l("The total as it is reported."))
    approximate = BooleanField(_l("This is an approximate figure"))
    base = ReadField(
        _l("Of how many"), values.base, needed=False, description=_l("For a percentage: what it is a percentage of.")
    )
    base_unknown = BooleanField(_l("The source does not say of how many"))
    pct_reported = ReadField(
        _l("Percent of target as printed"),
        values.amount,
        needed=False,
        description=_l("Only where the source prints one."),
    )
    vars().update(by_gender_age(values.part))  # here, where they stand on the page
    as_printed = BooleanField(_l("Keep parts that are more than the total: the source prints them so"))
    verified = ChoiceField(_l("How well it is known"))
    source = ReadField(_l("Source"), values.text, needed=False)
    note = long_text(_l("Note"), values.text, needed=False)

    def stored(self, row: Any) -> dict[str, Any]:
        parts = {code: row.breakdowns.get("gender_age", {}).get(code) for code in GENDER_AGE}
        shown = {
            code: values.NOT_STATED if code in row.breakdowns.get("gender_age", {}) and part is None else _plain(part)
            for code, part in parts.items()
        }
        return {**super().stored(row), "base_unknown": not row.base_stated, **shown}

    def fill(self) -> None:
        self.verified.offer(choices(words.VERIFIED))
        self.verified.data = self.verified.data or "self_reported"

    def groups(self) -> dict[str, Group]:
        hint = _l("Leave empty what is not reported. Persons whose gender is not known belong into the last field.")
        return {"woman": Group(_l("By gender and age"), hint, tuple(self[code] for code in GENDER_AGE))}

    def values(self) -> dict[str, Any]:
        found = super().values()
        parts = {code: self[code].value for code in GENDER_AGE if self[code].data}
        others = {k: v for k, v in (self.row.breakdowns if self.row else {}).items() if k != "gender_age"}
        found["breakdowns"] = {**({"gender_age": parts} if parts else {}), **others}
        found |= checks.base_columns(values.NOT_STATED if self.base_unknown.data else found["base"])
        return found

    def faults(self) -> Iterator[Fault]:
        indicator = queries.row(self.session, rows.ProgrammeIndicator, self.belongs_to) if self.belongs_to else None
        if indicator:
            yield from checks.actual(indicator, self.values(), bool(self.as_printed.data))
        other = gather.actual(self.session, self.belongs_to, self.as_of.value) if self.belongs_to else None
        if other and (self.row is None or other != self.row.id):
            message = N_("There is a figure for this period already.")
            yield Fault("as_of", "duplicate_period", message, N_("Change that one, or write another period."))

    def shows_at(self, key: str) -> str:
        return "woman" if key == "breakdowns" else key


def _plain(part: float | None) -> str | None:
    return None if part is None else f"{part:g}" if part < 1_000_000 else str(int(part))
