"""Reads a scoring method from `surveys/methods`, with every problem of its files by line."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeVar

from mapper import paths
from mapper.definition.fields import Fields
from mapper.definition.problems import InvalidDefinition, Problem, errors
from mapper.definition.raw import Keyed, Scalar, Value
from mapper.definition.report import Report, did_you_mean
from mapper.definition.yaml_source import read_yaml
from mapper.notice import Notice
from mapper.scoring import method_keys as keys
from mapper.scoring.method import (
    MEASURES,
    BandRule,
    Classification,
    Components,
    Condition,
    Meanings,
    QualityFlag,
    Roles,
    ScoringMethod,
    Spans,
)
from mapper.scoring.method_risk import discrepancy_of, inherent_of, sample_of, sorting_of
from mapper.scoring.method_tables import TABLES, cost_items_of, fee_rules_of, rates_of
from mapper.scoring.method_values import number, numbers
from mapper.scoring.method_version import version

METHODS = paths.SURVEYS / "methods"
DEFAULT = "icls20"

Part = TypeVar("Part")


@cache
def load_method(name: str = DEFAULT, root: Path = METHODS) -> ScoringMethod:
    """The method of this name. Raises InvalidDefinition with every problem of its files."""
    method, problems = read_method(name, root)
    if method is None:
        raise InvalidDefinition(errors(problems))
    return method


def methods(root: Path = METHODS) -> tuple[str, ...]:
    """The names of the methods that a supplier can be scored by, the default first."""
    files = sorted(root.glob("*.yaml"), key=lambda file: (file.stem != DEFAULT, file.stem))
    return tuple(file.stem for file in files if "\nextends:" in file.read_text("utf-8"))


def read_method(name: str, root: Path = METHODS) -> tuple[ScoringMethod | None, tuple[Problem, ...]]:
    """The method, or None where it cannot run, and everything that is wrong with it or the files it is made of."""
    report = Report()
    written = _read(name, root, report)
    tables = {table: _rows(table, root, report) for table in TABLES} if written else {}
    if written is None or errors(report.problems):
        return None, report.problems
    method = _method(Fields(written, keys.METHOD, Notice("a method"), report), written, tables, report)
    return (None if errors(report.problems) else method), report.problems


def _read(name: str, root: Path, report: Report, above: tuple[str, ...] = ()) -> Keyed | None:
    """What the file says, laid over what the file that it extends says."""
    content = read_yaml(root / f"{name}.yaml", f"{name}.yaml", report)
    if not isinstance(content, Keyed):
        return None
    below = content.get("extends")
    base = None
    if isinstance(below, Scalar):
        if below.text in (name, *above):
            message = Notice("%(name)s extends itself.", name=name)
            report.add("unknown_value", below, message, Notice("Name another file, or leave `extends` out."))
        else:
            base = _read(below.text, root, report, (name, *above))
    inherited = base.entries if base else ()
    own = {key.text for key, _ in content.entries}
    return Keyed((*(e for e in inherited if e[0].text not in own), *content.entries), content.place)


def _rows(table: str, root: Path, report: Report) -> Keyed | None:
    content = read_yaml(root / f"{table}.yaml", f"{table}.yaml", report)
    return content if isinstance(content, Keyed) else None


def _method(fields: Fields, written: Keyed, tables: dict[str, Keyed | None], report: Report) -> ScoringMethod:
    rates, fee_rules, cost_items, inherent = (_table(tables, *table, report) for table in TABLES.items())
    quality = _part(fields, "quality", keys.QUALITY, report)
    items = cost_items_of(cost_items)
    return ScoringMethod(
        name=fields.text("name"),
        title=fields.text("title"),
        edition=fields.text("edition"),
        version=version([written, *(table for table in tables.values() if table)]),
        indicator_set=fields.text("indicator_set"),
        provisional=fields.text("status") != "found",
        roles=_from(fields, "roles", keys.ROLES, report, _roles),
        meanings=_from(fields, "meanings", keys.MEANINGS, report, _meanings),
        spans=_from(fields, "wage", keys.SPANS, report, _spans),
        flags=tuple(_flag(item, report) for item in _entries(quality, "flags", keys.FLAG, report)),
        sampling=numbers(quality, "sampling", report),
        classification=_from(fields, "classification", keys.CLASSIFICATION, report, _classification),
        components=_from(fields, "components", keys.COMPONENTS, report, _components),
        band_rules=tuple(
            rule for band in _entries(fields, "bands", keys.BAND, report) for rule in _rules(band, report)
        ),
        cost_items=items,
        fee_rules=fee_rules_of(fee_rules, items, report),
        rates=rates_of(rates, report),
        discrepancy=_from(fields, "discrepancy", keys.DISCREPANCY, report, discrepancy_of),
        inherent=inherent_of(inherent, report),
        sample=_from(fields, "sample", keys.SAMPLE, report, sample_of),
        sorting=_from(fields, "sorting", keys.SORTING, report, sorting_of),
    )


def _table(tables: dict[str, Keyed | None], name: str, row: keys.Keys, report: Report) -> Sequence[Fields]:
    content = tables[name]
    if content is None:
        return ()
    whole = Fields(content, {name: keys.LISTED}, Notice("the file %(name)s", name=f"{name}.yaml"), report)
    others = name == "exchange_rates"
    rows = (item for item in whole.items(name) if _is_keyed(item, report))
    what = Notice("a row of %(name)s", name=name)
    return [Fields(item, row, what, report, others=others) for item in rows if isinstance(item, Keyed)]


def _part(fields: Fields, key: str, known: keys.Keys, report: Report) -> Fields:
    """The entries below a key, checked against their own keys; empty where the key is missing (which is reported)."""
    below = Keyed(fields.entries(key), fields.place_of(key))
    return Fields(below, known, f"'{key}'", report if fields.entries(key) else Report())


def _from(fields: Fields, key: str, known: keys.Keys, report: Report, make: Callable[[Fields, Report], Part]) -> Part:
    return make(_part(fields, key, known, report), report)


def _entries(fields: Fields, key: str, known: keys.Keys, report: Report) -> list[Fields]:
    items = (item for item in fields.items(key) if _is_keyed(item, report))
    what = Notice("an entry of '%(key)s'", key=key)
    return [Fields(item, known, what, report) for item in items if isinstance(item, Keyed)]


def _is_keyed(item: Value, report: Report) -> bool:
    if isinstance(item, Keyed):
        return True
    message = Notice("Keys with values are expected here, not %(kind)s.", kind=item.kind)
    report.add("wrong_shape", item.place, message, Notice("Write %(expected)s.", expected="{key: value}"))
    return False


def _roles(fields: Fields, _: Report) -> Roles:
    return Roles(**{role: fields.text(role) for role in keys.ROLES})


def _meanings(fields: Fields, _: Report) -> Meanings:
    return Meanings(**{meaning: frozenset(fields.words(meaning)) for meaning in keys.MEANINGS})


def _spans(fields: Fields, report: Report) -> Spans:
    return Spans(*(number(fields, key, report, above=0) or 1.0 for key in keys.SPAN_NAMES))


def _flag(fields: Fields, report: Report) -> QualityFlag:
    return QualityFlag(
        name=fields.text("name"),
        question=fields.text("question"),
        answers=frozenset(fields.words("answers")),
        factor=number(fields, "factor", report, above=0, most=1) or 1.0,
        converts=fields.flag("converts"),
        only=fields.text("only") or None,
    )


def _classification(fields: Fields, report: Report) -> Classification:
    return Classification(
        rule=fields.text("rule"),
        kinds=frozenset(fields.words("kinds")),
        other_involuntary=int(number(fields, "other_involuntary", report, above=0) or 1),
        debt_indicator=fields.text("debt_indicator"),
        bondage_indicator=fields.text("bondage_indicator"),
    )


def _components(fields: Fields, report: Report) -> Components:
    return Components(
        fee_months=number(fields, "fee_months", report, above=0) or 1.0,
        gaps_answered=number(fields, "gaps_answered", report, most=1) or 0.0,
        missing=fields.mapping("missing"),
    )


def _rules(band: Fields, report: Report) -> list[BandRule]:
    return [_rule(band.text("band"), rule, report) for rule in _entries(band, "rules", keys.BAND_RULE, report)]


def _rule(band: str, fields: Fields, report: Report) -> BandRule:
    because = " ".join(fields.text("because").split())
    _check_words(because, fields, report)
    conditions = [c for entry in _entries(fields, "when", keys.CONDITION, report) for c in _condition(entry, report)]
    return BandRule(band, fields.text("name"), fields.text("label"), tuple(conditions), because)


def _condition(fields: Fields, report: Report) -> list[Condition]:
    tests = [test for test in keys.TESTS if test in fields]
    if len(tests) != 1:
        message = Notice("A condition has one of %(listed)s.", listed=", ".join(keys.TESTS))
        remedy = Notice("Write %(expected)s.", expected="{measure: F, at_least: 33}")
        report.add("wrong_shape", fields.place, message, remedy)
        return []
    return [Condition(fields.text("measure"), tests[0], number(fields, tests[0], report) or 0.0)]


def _check_words(because: str, fields: Fields, report: Report) -> None:
    try:
        names = [name for _, name, _, _ in Formatter().parse(because) if name is not None]
    except ValueError:
        message = Notice("'because' has a brace without its other half.")
        remedy = Notice("Write { } around names of measures only.")
        report.add("unknown_value", fields.place_of("because"), message, remedy)
        return
    for name in names:
        if name not in MEASURES:
            meant = did_you_mean(name, MEASURES, Notice("Write one of %(listed)s.", listed=", ".join(MEASURES)))
            message = Notice("There is no %(what)s '%(word)s'.", what=Notice("measure"), word=name)
            report.add("unknown_value", fields.place_of("because"), message, meant)
