"""Rules of a workbook in the form that they have here; one that cannot be understood is left out and said so."""

import re
from collections.abc import Callable, Container, Set
from dataclasses import dataclass

from mapper.exchange.sheets import Cell
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_names import Names
from mapper.exchange.xlsform_texts import is_zawgyi
from mapper.exchange.xlsform_words import QUOTES, SIGNS, WITHOUT_INVISIBLE
from mapper.expression.nodes import Call, Node, Reference, Text, walk
from mapper.expression.parse import ExpressionError, parse
from mapper.notice import Notice, together

RULE_LEFT_OUT = Notice("The rule is left out.")
LOOKUP = re.compile(  # instance('towns')/root/item[name = ${town}]/region
    r"""instance\(\s*['"]([^'"]+)['"]\s*\)\s*/\s*root\s*/\s*item\s*\[\s*([\w.-]+)\s*=\s*"""
    r"""(\$\{[^}]+\}|'[^']*'|"[^"]*")\s*\]\s*/\s*([\w.-]+)"""
)
PATH = re.compile(r"(?<![\w'\"])(?:current\(\)\s*/\s*)?(?:\.\./)+([^\W\d][\w.-]*)(?!\s*[(/\w])")
WHOLE_PATH = re.compile(r"(?<![\w.'\"/)\]])(?:/[^\W\d][\w.-]*)+/([^\W\d][\w.-]*)(?!\s*[(/\w])")


@dataclass
class Rules:
    """`known` are the names that rules may use, `tables` the lists that they may look into."""

    findings: Findings
    names: Names
    known: Set[str]
    tables: Container[str]

    def mend(self, sheet: str, cell: Cell, columns: Set[str] | None = None) -> Cell | None:
        """The rule as it can be read, or None where it is left out. `columns` are those of the list it filters."""
        if is_zawgyi(sheet, cell, RULE_LEFT_OUT, self.findings) and self.findings.mends:
            return None
        text = self._readable(sheet, cell)
        if self.findings.mends and (fault := self._fault(text, columns)):
            remedy = Notice("Mend the rule in the workbook, or write it anew in the definition.")
            self.findings.lost(sheet, cell, together(RULE_LEFT_OUT, fault), remedy)
            return None
        return Cell(text, cell.row, cell.column)

    def _fault(self, text: str, columns: Set[str] | None) -> str:
        """Why the rule would have to be left out, "" where it need not."""
        try:
            return self._unknown(parse(text), columns)
        except ExpressionError as error:
            return together(error.message, error.remedy)

    def _readable(self, sheet: str, cell: Cell) -> str:
        text = self.names.now(cell.text.translate(WITHOUT_INVISIBLE))
        if _is_rule(text):
            return text
        plain = text.translate({ord(sign): plain for sign, plain in SIGNS.items()})
        if plain != text:
            message = Notice("Signs of a word processor are read as plain ones.")
            if any(sign in QUOTES for sign in text):
                message = Notice("Curly quotes are read as plain ones.")
            remedy = Notice("Use ' or \" and plain signs in rules.")
            self.findings.repaired(sheet, cell, message, remedy)
        changed = WHOLE_PATH.sub(self._named, PATH.sub(self._named, LOOKUP.sub(_lookup, plain)))
        if changed != plain:
            message = Notice("The rule is written anew as %(changed)s.", changed=changed)
            remedy = Notice("It means the same.")
            self.findings.kept(sheet, cell, message, remedy)
        return changed

    @property
    def _named(self) -> Callable[[re.Match[str]], str]:
        return lambda path: f"${{{path[1]}}}" if path[1] in self.known else path[0]

    def _unknown(self, tree: Node, columns: Set[str] | None) -> str:
        """What it names that is not there; "" where everything is."""
        for node in walk(tree):
            match node:
                case Call("pulldata", (Text(table), *_)) if table not in self.tables:
                    return Notice("There is no table '%(table)s'.", table=table)
            if not isinstance(node, Reference):
                continue
            if node.bare and columns is not None and node.name not in columns and node.name not in self.known:
                return Notice("The list has no column '%(name)s'.", name=node.name)
            if node.name not in self.known and not (node.bare and columns is not None):
                return Notice("There is no question '%(name)s'.", name=node.name)
        return ""


def _is_rule(text: str) -> bool:
    try:
        parse(text)
    except ExpressionError:
        return False
    return True


def _lookup(found: re.Match[str]) -> str:
    list_name, key, value, column = found.groups()
    return f"pulldata('{list_name}', '{column}', '{key}', {value})"
