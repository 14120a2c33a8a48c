"""The names that a study uses already, so that a new part of it can be given one of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

PARTS = ("module.yaml", "choices.yaml", "indicators.yaml")


def taken(root: Path) -> dict[str, str]:
    """Every name of a study's folder with what is called so, in words: questionnaires and modules before the choice
    lists, indicators, questions and groups inside them. A file that cannot be read counts as empty: `check` names it.
    """
    found: dict[str, str] = {}
    for name, what in _all(root):
        found.setdefault(name, what)
    return found


def _all(root: Path) -> Iterator[tuple[str, str]]:
    questionnaires = sorted(root.glob("*.yaml"))
    modules = sorted(path.parent for path in (root / "modules").glob("*/module.yaml"))
    yield from ((path.stem, f"the questionnaire '{path.stem}'") for path in questionnaires)
    yield from ((path.name, f"the module '{path.name}'") for path in modules)
    files = [*sorted((root / "choices").glob("*.yaml")), *(folder / part for folder in modules for part in PARTS)]
    for path in (*files, *questionnaires):
        where = path.relative_to(root).as_posix()
        yield from ((name, f"{what} '{name}' in {where}") for name, what in _inside(_content(path)))


def _content(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  text only
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None


def _inside(content: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(content, dict):
        return
    lists, indicators = content.get("choices"), content.get("indicators")
    yield from ((name, "a choice list") for name in (lists if isinstance(lists, dict) else ()))
    yield from ((name, "an indicator") for name in _names(indicators))
    questions = content.get("questions")
    for one in questions if isinstance(questions, list) else ():
        yield from ((name, "a question") for name in _names([one]))
        yield from _inside(one)


def _names(entries: Any) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else ():
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name
