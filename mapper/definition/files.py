"""Files of definitions, each read once until it changes on disk."""

import os
from pathlib import Path

from mapper.definition.problems import Problem
from mapper.definition.raw import Value
from mapper.definition.report import Report
from mapper.definition.yaml_source import read_yaml

Stamp = tuple[int, int] | None  # time of change in nanoseconds, size; None where there is nothing

_read: dict[Path, tuple[Stamp, str, Value | None, tuple[Problem, ...]]] = {}
_MOST = 500  # files kept; a study has some sixty


def read_file(path: Path, report: Report) -> Value | None:
    """The content of a YAML file, or None (and problems) where it cannot be read."""
    stamp, name = stamp_of(path), shown(path)
    known = _read.get(path)
    if known is None or stamp is None or known[:2] != (stamp, name):
        found = Report()
        value = read_yaml(path, name, found)
        if len(_read) >= _MOST:
            _read.clear()
        known = _read[path] = (stamp, name, value, found.problems)
    report.extend(known[3])
    return known[2]


def stamp_of(path: Path) -> Stamp:
    """Changes whenever a file does, and a folder gains or loses a file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def shown(path: Path) -> str:
    """The path as people know it: from where they stand, if it lies below."""
    absolute, here = os.path.abspath(path), os.getcwd()
    return os.path.relpath(absolute, here) if absolute.startswith(here + os.sep) else str(path)
