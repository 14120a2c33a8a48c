"""Tables of Markdown, for the pages that are made from the definitions."""

from collections.abc import Iterable, Sequence


def code(text: str) -> str:
    return f"`{text}`"


def cell(text: str) -> str:
    """Text that stays within its cell."""
    return text.replace("|", "\\|").replace("\n", " ")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
