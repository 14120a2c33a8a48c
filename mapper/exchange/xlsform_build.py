"""From rows of a workbook to what somebody might have written in YAML, each value with its sheet and row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mapper.definition.model import Place
from mapper.definition.raw import Keyed, Listed, Scalar, Source, Value
from mapper.exchange import xlsform_lists
from mapper.exchange.sheets import Cell
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_kept import TEXTS_OF_CONTAINERS
from mapper.exchange.xlsform_kept import kept as kept_of
from mapper.exchange.xlsform_lists import Lists
from mapper.exchange.xlsform_mended import mended_label, mended_type
from mapper.exchange.xlsform_names import REFERENCE
from mapper.exchange.xlsform_rules import Rules
from mapper.exchange.xlsform_texts import ALONE, Languages, files_of, is_zawgyi, read_texts
from mapper.exchange.xlsform_tree import PART, Entry
from mapper.exchange.xlsform_words import LEFT_OUT, PARAMETERS, YES
from mapper.notice import Notice

RULES_OF = {"group": ("relevant",), "repeat": ("relevant", "repeat_count")}
QUESTION_RULES = ("relevant", "required", "constraint", "calculation", "choice_filter", "urgent")
HINT = ("hint", "hint" + ALONE)
FLAGS = ("required", "read_only", "sensitive", "urgent")
PLAIN = ("default", "appearance", "stage", "actor", "topic", "source", "currency", "period")
BESIDE_RULES = frozenset((*PLAIN, "sensitive", "read_only", "parameters"))
USED_PARAMETERS = frozenset({"start", "end", "step"})
READ_ON_IMPORT = frozenset({"value", "label"})  # which columns of a file hold names and labels: no file goes out


@dataclass
class Builder:
    findings: Findings
    spoken: Languages
    rules: Rules
    lists: Lists
    _sources: dict[str, Source] = field(default_factory=dict)

    def items(self, entries: Iterable[Entry]) -> list[Value]:
        return [item for entry in entries if entry.mark != PART for item in self.item(entry)]

    def item(self, entry: Entry) -> Iterator[Value]:
        kept = kept_of(entry, self.findings)
        container = entry.kind in ("group", "repeat")
        cells = {"name": entry.name, **self._texts(entry, kept), **self._rules(entry, kept)}
        kind = self._type(entry, kept)
        cells = {
            "type": Cell(kind, entry.line.row, "type"),
            **cells,
            **self._plain(entry, kept, kind.partition(" ")[0]),
        }
        found = self.scalars("survey", cells)
        if "currency" in found:
            found["currency"] = self.words("survey", entry.line.row, _words(cells["currency"]))
        if "actor" in found:
            found["actor"] = self.words("survey", entry.line.row, _words(cells["actor"]))
        if entry.line.media and not container:
            found["media"] = self.entries("survey", entry.line.row, files_of(entry.line.media))
        if kept:
            found["xlsform"] = self.entries("survey", entry.line.row, kept)
        if container:
            found["questions"] = Listed(tuple(self.items(entry.children)), self.place("survey", entry.line.row))
        yield self.keyed("survey", entry.line.row, found)
        if entry.other:
            yield self._specify(entry)

    def choices(self) -> dict[str, Value]:
        return {name: self._list(name, listed) for name, listed in self.lists.lists.items() if listed}

    def scalar(self, sheet: str, row: int, text: str) -> Scalar:
        return Scalar(text, self._source(sheet), row)

    def scalars(self, sheet: str, cells: Mapping[str, Cell]) -> dict[str, Value]:
        source = self._source(sheet)
        return {key: Scalar(cell.text, source, cell.row) for key, cell in cells.items()}

    def _source(self, sheet: str) -> Source:
        """One for all cells of a sheet: there are tens of thousands."""
        found = self._sources.get(sheet)
        if found is None:
            found = self._sources[sheet] = Source(self.findings.place(sheet))
        return found

    def keyed(self, sheet: str, row: int, values: Mapping[str, Value]) -> Keyed:
        source = self._source(sheet)
        return Keyed(
            tuple([(Scalar(key, source, row), value) for key, value in values.items()]), Place(source.file, row)
        )

    def entries(self, sheet: str, row: int, values: Mapping[str, str]) -> Keyed:
        return self.keyed(sheet, row, {key: self.scalar(sheet, row, text) for key, text in values.items()})

    def words(self, sheet: str, row: int, words: Iterable[str]) -> Listed:
        return Listed(tuple(self.scalar(sheet, row, word) for word in words), self.place(sheet, row))

    def place(self, sheet: str, row: int) -> Place:
        return Place(self._source(sheet).file, row)

    def texts(self, sheet: str, cells: Mapping[str, Cell]) -> dict[str, Cell]:
        """Texts with the names of questions as they are now, without those that show a question which is not there."""
        return {key: self._shown(sheet, cell) for key, cell in cells.items()}

    def _shown(self, sheet: str, cell: Cell) -> Cell:
        if "${" not in cell.text:
            return cell
        text = self.rules.names.now(cell.text)
        for unknown in {name.strip() for name in REFERENCE.findall(text)} - self.rules.known:
            if self.findings.mends:
                message = Notice("It shows ${%(unknown)s}, which is not a question.", unknown=unknown)
                remedy = Notice("Name a question of the form.")
                self.findings.lost(sheet, cell, message, remedy)
                text = re.sub(rf"\$\{{\s*{re.escape(unknown)}\s*\}}", "…", text)
        return Cell(text, cell.row, cell.column)

    def _texts(self, entry: Entry, kept: dict[str, str]) -> dict[str, Cell]:
        found = read_texts("survey", entry.line, self.spoken, self.findings)
        if entry.kind in ("group", "repeat"):
            found = {key: cell for key, cell in found.items() if key.removesuffix(ALONE) in TEXTS_OF_CONTAINERS}
        elif "label" not in found and "hint" in found:
            message = Notice("The hint is all that is asked.")
            remedy = Notice("It stands as the label here.")
            self.findings.kept("survey", found["hint"], message, remedy)
            found = {key.replace("hint", "label") if key in HINT else key: cell for key, cell in found.items()}
        if self.findings.mends and (label := mended_label(entry, found, self.findings)):
            found["label"] = label
        alone = {key: cell.text for key, cell in found.items() if key.endswith(ALONE)}
        kept |= alone
        return {key: self._shown("survey", cell) for key, cell in found.items() if key not in alone}

    def _type(self, entry: Entry, kept: dict[str, str]) -> str:
        if entry.mark == "money":
            return "money"
        if entry.kind == "calculate" and "calculation" in kept:
            message = Notice("The type %(written)s is asked as %(kind)s.", written="calculate", kind="hidden")
            self.findings.repaired("survey", entry.line.values["type"], message, Notice("It stays blank here."))
            return "hidden"  # its rule was left out: what looks at it finds it blank
        if entry.other:
            self.lists.add_other(entry.list_name, entry.line.row)
        name = read_file_of(entry, self.lists) if entry.from_file else entry.list_name
        if self.findings.mends and (mended := mended_type(entry, name, self.lists, self.findings)):
            kept[f"{LEFT_OUT}type"] = entry.line.text("type")
            return mended
        return f"{entry.kind} {name}".strip()

    def _rules(self, entry: Entry, kept: dict[str, str]) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        for key in RULES_OF.get(entry.kind, QUESTION_RULES):
            cell = entry.line.values.get(key)
            if cell is None:
                continue
            if key in FLAGS and cell.text.lower() in YES:
                found[key] = Cell(YES[cell.text.lower()], cell.row, cell.column)
                continue
            columns = self.lists.columns(_list_of(entry)) if key == "choice_filter" else None
            if entry.mark == "money" and key == "constraint":
                cell = _of_money(cell)
            mended = self.rules.mend("survey", cell, columns) if cell.text else cell
            if mended is None or self.findings.leaves_out(key, mended):
                kept[key] = cell.text
            elif mended.text:
                found[key] = mended
        return found

    def _plain(self, entry: Entry, kept: dict[str, str], kind: str) -> dict[str, Cell]:
        values, container = entry.line.values, kind in RULES_OF
        if values.keys().isdisjoint(BESIDE_RULES):
            return {}
        keys = [key for key in PLAIN if key in values and not (container and key in ("default", "currency", "period"))]
        found = {key: values[key] for key in keys}
        if "default" in found and _is_dynamic(found["default"].text):
            message = Notice("A default that is computed is left out.")
            self.findings.lost("survey", found["default"], message, Notice("Use a calculation with once(...)."))
            kept["default"] = found.pop("default").text
        elif "default" in found and self._leaves_out_default(found["default"]):
            kept["default"] = found.pop("default").text
        if container:
            return found
        if "sensitive" in values:
            found["sensitive"] = values["sensitive"]
        return found | self._read_only(entry, kept) | self._parameters(entry, kind, kept)

    def _leaves_out_default(self, cell: Cell) -> bool:
        if is_zawgyi("survey", cell, Notice("The default is left out."), self.findings):
            return self.findings.mends
        return self.findings.leaves_out("default", cell)

    def _read_only(self, entry: Entry, kept: dict[str, str]) -> dict[str, Cell]:
        cell = entry.line.values.get("read_only")
        if cell is None:
            return {}
        word = YES.get(cell.text.lower())
        if word is None:
            message = Notice("Whether it can be changed is a rule, which is left out.")
            remedy = Notice("Write yes or no.")
            self.findings.lost("survey", cell, message, remedy)
            kept["read_only"] = cell.text
            return {}
        return {"read_only": Cell(word, cell.row, cell.column)} if word == "yes" else {}

    def _parameters(self, entry: Entry, kind: str, kept: dict[str, str]) -> dict[str, Cell]:
        cell = entry.line.values.get("parameters")
        if cell is None:
            return {}
        settings = _settings(cell.text)
        if senseless := [word for word in _words_of(cell.text) if not word.partition("=")[2]]:
            message = Notice("'%(words)s' is left out.", words=" ".join(senseless))
            self.findings.lost("survey", cell, message, Notice("Write a name, = and a value: start=1 end=10."))
        applied = settings.keys() & READ_ON_IMPORT if entry.from_file else set()
        left_out = [f"{name}={settings.pop(name)}" for name in sorted(applied)]
        if strange := settings.keys() - PARAMETERS.get(kind, settings.keys()):
            message = Notice("No program knows %(names)s of this type.", names=", ".join(sorted(strange)))
            self.findings.kept("survey", cell, message, Notice("It is kept under a heading that other programs skip."))
            left_out += [f"{name}={settings.pop(name)}" for name in sorted(strange)]
        if left_out:
            kept[f"{LEFT_OUT}parameters"] = " ".join(left_out)
        if unused := settings.keys() - USED_PARAMETERS:
            names = ", ".join(sorted(unused))
            message = Notice("%(names)s does nothing here.", names=names)
            remedy = Notice("It is kept for other programs.")
            self.findings.kept("survey", cell, message, remedy)
        text = " ".join(f"{name}={value}" for name, value in settings.items())
        return {"parameters": Cell(text, cell.row, cell.column)} if settings else {}

    def _specify(self, entry: Entry) -> Value:
        row, name = entry.line.row, entry.name.text
        other = f"{name}_other"
        values = {
            "type": "text",
            "name": other,
            "label": "Specify other.",
            "relevant": f"selected(${{{name}}}, 'other')",
        }
        return self.entries("survey", row, values)

    def _list(self, name: str, listed: list[xlsform_lists.Listed]) -> Value:
        sheet = self.lists.sheet[name]
        choices = tuple(self._choice(sheet, one) for one in listed)
        return Listed(choices, self.place(sheet, listed[0].row))

    def _choice(self, sheet: str, one: xlsform_lists.Listed) -> Value:
        cells = one.values | self.texts(sheet, {"label": one.values["label"]})
        found = self.scalars(sheet, cells)
        if one.media:
            found["media"] = self.entries(sheet, one.row, files_of(one.media))
        return self.keyed(sheet, one.row, found)


def _list_of(entry: Entry) -> str:
    return Path(entry.list_name).stem if entry.from_file else entry.list_name


def read_file_of(entry: Entry, lists: Lists) -> str:
    """The name of the list that lies in a file beside the workbook."""
    parameters = _settings(entry.line.text("parameters"))
    names = (parameters.get("value", "name"), parameters.get("label", "label"))
    return lists.from_file(entry.list_name, entry.line.values["type"], *names)


def _of_money(cell: Cell) -> Cell:
    """Its own constraint, without what holds of every amount."""
    rest = cell.text.removeprefix(". >= 0").removeprefix(" and ")
    return Cell(rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest, cell.row, cell.column)


def _words(cell: Cell) -> list[str]:
    return cell.text.replace(",", " ").split()


def _words_of(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").split()


def _settings(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in _words_of(text))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def _is_dynamic(default: str) -> bool:
    return "${" in default or default.rstrip().endswith(")")
