"""What translators get is found by reading the program as text: no marked text may hide where that does not look."""

import ast

from mapper import paths

MARKS = {"_", "N_", "_l", "ngettext", "gettext", "lazy_gettext", "Words"}


def marked_inside(source: str) -> list[str]:
    """Texts that are marked inside an f-string, which extraction takes for one text."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [call for string in strings for call in ast.walk(string) if isinstance(call, ast.Call)]
    return [ast.unparse(call) for call in calls if _name(call.func) in MARKS and _says_text(call)]


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _says_text(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)


def test_a_text_in_an_f_string_is_seen() -> None:
    assert marked_inside("f\"{read.ngettext('one', 'many', 2)} {_('Saved.')}\"") != []
    assert marked_inside("f'{_(word)} {number}'") == []


def test_no_text_for_translators_stands_inside_an_f_string() -> None:
    found = {
        str(file.relative_to(paths.PACKAGE)): hidden
        for file in sorted(paths.PACKAGE.rglob("*.py"))
        if (hidden := marked_inside(file.read_text("utf-8")))
    }
    assert found == {}
