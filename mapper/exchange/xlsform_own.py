"""What only this program's workbooks have: modules, indicators, consent, wordings by gender."""

from collections.abc import Mapping

from mapper.definition.assemble import RawModule
from mapper.definition.keys import INDICATOR
from mapper.definition.raw import Keyed, Listed, Value
from mapper.exchange.sheets import Cell, Sheet
from mapper.exchange.xlsform_build import Builder
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import Line, lines
from mapper.exchange.xlsform_rules import Rules
from mapper.exchange.xlsform_settings import Settings
from mapper.exchange.xlsform_texts import ALONE, clean, is_zawgyi, read_texts
from mapper.exchange.xlsform_tree import Entry
from mapper.expression.nodes import And, Node
from mapper.expression.parse import balanced, parse, to_source
from mapper.expression.source import parts_of
from mapper.notice import Notice

MODULE, OWN = "module", "own"  # marks of groups that stand for a module, or for a questionnaire's own questions
PREFIX = "module_"
VARIANT_COLUMNS = frozenset(("language", "context", "text", "variant"))
INDICATOR_COLUMNS = frozenset((*INDICATOR, "module"))
OF_PAIRS = ("sets", "counts_as")


def consent_of(stated: Settings, rules: Rules) -> Node | None:
    text = stated.own.get("consent", "")
    cell = Cell(text, stated.row, "consent")
    if is_zawgyi("settings", cell, None, rules.findings):
        return None  # nobody is asked without it: it is refused and not left out
    mended = rules.mend("settings", cell) if text else None
    try:
        return parse(mended.text) if mended else None
    except ValueError:
        return None


def modules(
    builder: Builder, entries: list[Entry], consent: Node | None
) -> tuple[dict[str, RawModule], Value | None, Value | None]:
    """The modules by name, the list that names them in order, and the questions that belong to none."""
    found: dict[str, RawModule] = {}
    own: list[Value] = []
    for entry in entries:
        kind = entry.mark.split(" ")[0]
        if kind == MODULE:
            name = entry.name.text.removeprefix(PREFIX)
            found[name] = RawModule(_module(builder, name, entry, consent))
        elif kind == OWN:
            own += builder.items(entry.children)
        else:
            own += builder.items([entry])
    place = builder.place("survey", 1)
    used = Listed(tuple(builder.scalar("survey", 1, name) for name in found), place) if found else None
    return found, used, Listed(tuple(own), place) if own or not found else None


def _module(builder: Builder, name: str, entry: Entry, consent: Node | None) -> Keyed:
    [item] = list(builder.item(entry))
    assert isinstance(item, Keyed)
    values = {key.text: value for key, value in item.entries if key.text not in ("type", "name", "xlsform", "relevant")}
    row = entry.line.row
    values = {"name": builder.scalar("survey", row, name), **values}
    values.setdefault("label", builder.scalar("survey", row, name))
    if " " in entry.mark:
        values["record"] = builder.scalar("survey", row, entry.mark.partition(" ")[2])
    if rule := _without_consent(item.get("relevant"), consent):
        values["relevant"] = builder.scalar("survey", row, rule)
    return builder.keyed("survey", row, values)


def _without_consent(written: Value | None, consent: Node | None) -> str:
    """The module's own rule: consent is put before it again when the questionnaire is read."""
    text = getattr(written, "text", "")
    if not text or consent is None:
        return text
    try:
        parts, first = parts_of(parse(text), And), parts_of(consent, And)
    except ValueError:
        return text
    if parts[: len(first)] != first:
        return text
    return to_source(balanced(And, parts[len(first) :])) if len(parts) > len(first) else ""


def indicators(
    builder: Builder, sheet: Sheet | None, own: dict[str, RawModule], stated: Settings
) -> dict[str, RawModule]:
    """Each module with its indicators; under "" those of the questionnaire itself."""
    of_module: dict[str, list[Value]] = {}
    for line in lines(sheet, INDICATOR_COLUMNS, builder.findings):
        module = line.text("module")
        of_module.setdefault(module if module in own else "", []).append(_indicator(builder, line))
    found = dict(own)
    for name, listed in of_module.items():
        value = Listed(tuple(listed), builder.place("indicators", 1))
        if name:
            found[name] = RawModule(own[name].module, None, builder.keyed("indicators", 1, {"indicators": value}))
        else:
            found[name] = RawModule(None, None, value)
    return found


def _indicator(builder: Builder, line: Line) -> Value:
    cells = {key: cell for key, cell in line.values.items() if key != "module"}
    texts = read_texts("indicators", line, builder.spoken, builder.findings)
    cells |= builder.texts("indicators", {key: cell for key, cell in texts.items() if not key.endswith(ALONE)})
    values: dict[str, Value] = {}
    for key, cell in cells.items():
        if INDICATOR[key].shape == "names":
            values[key] = builder.words("indicators", cell.row, cell.text.split())
        elif key in OF_PAIRS:
            pairs = (pair.partition("=") for pair in cell.text.split(";"))
            values[key] = builder.entries(
                "indicators", cell.row, {name.strip(): value.strip() for name, _, value in pairs}
            )
        else:
            values[key] = builder.scalar("indicators", cell.row, cell.text)
    modes = {head.partition("::")[2]: cell for head, cell in line.others.items() if head.startswith("modes::")}
    if modes:
        rules = {mode: cell.text for mode, cell in modes.items()}
        values["modes"] = builder.entries("indicators", line.row, rules)
    for cell in (*line.values.values(), *modes.values()):
        is_zawgyi("indicators", cell, None, builder.findings)
    return builder.keyed("indicators", line.row, values)


def variants(sheet: Sheet | None, findings: Findings) -> Mapping[str, Mapping[tuple[str, str], str]]:
    """Wordings by language, then by context and text."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row, cells in sheet.rows if sheet else ():
        if not cells.keys() >= VARIANT_COLUMNS:
            message = Notice("The row is not read: a wording by gender has a language, context, text and variant.")
            findings.lost("variants", row, message, Notice("Fill the four columns, or remove the row."))
        elif said := clean("variants", cells["variant"], findings):
            found.setdefault(cells["language"].text, {})[cells["context"].text, cells["text"].text] = said.text
    return found
