"""Run the benchmarks that are named, or all."""

import argparse
import ast
import importlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.figure import Figure

NAMES = (
    "rules",
    "document",
    "start",
    "intake",
    "scoring",
    "demo",
    "tablet",
    "tablet_browser",
    "release",
    "repayment",
    "programme",
    "review",
    "exchange",
)


def main() -> None:
    chosen = arguments().parse_args()
    unknown = set(chosen.names) - set(NAMES)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. Known: {', '.join(NAMES)}.")
    figures = measured(chosen.names or NAMES)
    if chosen.json:
        print(json.dumps([asdict(figure) | {"is_met": figure.is_met} for figure in figures], indent=1))
        return
    for figure in figures:
        print(figure)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog="\n".join(("benchmarks:", *(f"  {name:<16}{what_it_measures(name)}" for name in NAMES))),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="a benchmark of those below; without a name, all")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON document, for another program")
    return parser


def what_it_measures(name: str) -> str:
    """The first sentence of a benchmark's own words; nothing of it is imported."""
    words = ast.get_docstring(ast.parse(Path(__file__).with_name(f"{name}.py").read_text("utf-8"))) or ""
    return " ".join(words.split()).split(". ")[0].rstrip(".")


def measured(names: Iterable[str]) -> Iterator[Figure]:
    for name in names:
        print(f"— {name}", file=sys.stderr)
        yield from importlib.import_module(f"benchmarks.{name}").measure()


if __name__ == "__main__":
    main()
