"""Progress of long work on a terminal; nothing where the output is read by another program."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click


@contextmanager
def shown(label: str) -> Iterator[Callable[[int, int], None]]:
    """A function that is told how many of how many are done."""
    stream = sys.stderr
    bar: Any = click.progressbar(length=1, label=label, file=stream, hidden=not stream.isatty())
    with bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell
