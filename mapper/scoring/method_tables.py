"""The tables of a method: items of cost, rules about fees, exchange rates."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from mapper.definition.fields import Fields
from mapper.definition.raw import Scalar
from mapper.definition.report import Report, did_you_mean
from mapper.notice import Notice
from mapper.scoring import method_keys as keys
from mapper.scoring.exchange import Rates
from mapper.scoring.fee_rules import ANY, FeeRule
from mapper.scoring.method import CostItemRow
from mapper.scoring.method_values import day, number, number_of

TABLES: Mapping[str, keys.Keys] = {
    "exchange_rates": keys.RATES,
    "fee_rules": keys.FEE_RULE,
    "cost_items": keys.COST_ITEM,
    "inherent_risk": keys.INHERENT,
}
_NEEDS = {"fixed_cap": ("amount", "currency"), "wage_multiple": ("months_of_wage",)}


def cost_items_of(rows: Sequence[Fields]) -> dict[str, CostItemRow]:
    return {row.text("code"): _cost_item(row) for row in rows}


def _cost_item(row: Fields) -> CostItemRow:
    texts = (row.text("code"), row.text("label"), row.text("category"))
    return CostItemRow(*texts, in_sdg=row.flag("in_sdg"), status=row.text("status", "verify"), stage=row.text("stage"))


def fee_rules_of(rows: Sequence[Fields], items: Mapping[str, CostItemRow], report: Report) -> tuple[FeeRule, ...]:
    """`items` are those that a ceiling may name."""
    for row in rows:
        for item in row.words("items"):
            if item not in items:
                remedy = did_you_mean(item, items, Notice("Name items of cost_items.yaml."))
                message = Notice("There is no %(what)s '%(word)s'.", what=Notice("item"), word=item)
                report.add("unknown_value", row.place_of("items"), message, remedy)
    return tuple(_fee_rule(row, report) for row in rows)


def _fee_rule(row: Fields, report: Report) -> FeeRule:
    for key in _NEEDS.get(row.text("type"), ()):
        if key not in row:
            message = Notice("A rule of type %(type)s needs the key '%(key)s'.", type=row.text("type"), key=key)
            report.add("missing_key", row.place, message, Notice("Add %(key)s, or use the type unknown.", key=key))
    kind = row.text("type")
    return FeeRule(
        type=kind,  # type: ignore[arg-type]  # one of the words of its key, or a problem was reported
        origins=_group(row, "origin"),
        destinations=_group(row, "destination"),
        sectors=_group(row, "sector"),
        genders=_group(row, "gender"),
        amount=0.0 if kind == "zero" else number(row, "amount", report, above=-1e-12),
        currency=row.text("currency") or None,
        months_of_wage=number(row, "months_of_wage", report, above=0),
        per_contract_months=number(row, "per_contract_months", report, above=0),
        months_at_most=number(row, "months_at_most", report, above=0),
        valid_from=day(row, "valid_from", report),
        valid_to=day(row, "valid_to", report),
        covers=frozenset(row.words("covers")),
        items=frozenset(row.words("items")),
        national=row.text("scope", "national") == "national",
        instrument=row.text("instrument"),
        status=row.text("status", "verify"),
        source=row.text("source"),
        note=row.text("note"),
    )


def _group(row: Fields, key: str) -> frozenset[str]:
    words = frozenset(row.words(key))
    return ANY if "any" in words else words


def rates_of(rows: Sequence[Fields], report: Report) -> Rates:
    days = [day(row, "valid_from", report) or 0 for row in rows]
    for (before, after), row in zip(pairwise(days), rows[1:], strict=True):
        if after <= before:
            message = Notice("This row begins no later than the one above it.")
            remedy = Notice("Put the rows in the order of time.")
            report.add("unknown_value", row.place_of("valid_from"), message, remedy)
    named: Iterable[str] = accumulate(
        (row.text("source") for row in rows), lambda above, own: own or above
    )  # fmt: skip
    return Rates(days, [dict(_rates(row, report)) for row in rows], list(named))


def _rates(row: Fields, report: Report) -> Iterable[tuple[str, float]]:
    for code, written in row.others.items():
        if len(code) != 3 or not code.isupper():
            message = Notice("'%(name)s' is not the code of a currency.", name=code)
            remedy = Notice("Write the three letters of ISO 4217, such as NPR.")
            report.add("unknown_currency", written.place, message, remedy)
        elif isinstance(written, Scalar) and (rate := number_of(written, report, above=0)):
            yield code, rate
