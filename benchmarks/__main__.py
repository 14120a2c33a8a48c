"""Run the benchmarks that are named, or all."""

import importlib
import json
import sys
from dataclasses import asdict

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
    arguments = [name for name in sys.argv[1:] if not name.startswith("-")]
    unknown = set(arguments) - set(NAMES)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. Known: {', '.join(NAMES)}.")
    figures = []
    for name in arguments or NAMES:
        print(f"— {name}", file=sys.stderr)
        for figure in importlib.import_module(f"benchmarks.{name}").measure():
            figures.append(figure)
            if "--json" not in sys.argv:
                print(figure)
    if "--json" in sys.argv:
        print(json.dumps([asdict(figure) | {"is_met": figure.is_met} for figure in figures], indent=1))


if __name__ == "__main__":
    main()
