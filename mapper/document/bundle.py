"""A page's script as one file: its modules in order, each in a scope of its own, without comments and indentation.

Twenty small files are pleasant to work on and slow to fetch one by one over a weak network. A browser gets them as one,
under an address that names its contents, so that it never has to ask whether they have changed.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from mapper import paths

FOLDER = paths.STATIC / "interview"
FIRST = "start.js"  # where the interview begins
TABLET = "tablet.js"  # where the page of a prepared tablet begins
PREVIEW = "preview.js"  # where an interview begins that is only tried
IMPORT = re.compile(r'^import \{ (?P<names>[\w, ]+) \} from "\./(?P<file>[\w-]+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?P<kind>(?:async )?function|class|const) (?P<name>\w+)", re.MULTILINE)
COMMENT = re.compile(r"^\s*(//.*|/\*\*.*\*/|/\*\*.*(\n\s*\*.*)*)\n|[ \t]+// [^\n\"'`]*$", re.MULTILINE)
SPACE = re.compile(r"^\s+", re.MULTILINE)
LEFT_OVER = re.compile(r"^(import|export)\b.*$", re.MULTILINE)


@cache
def bundle(folder: Path = FOLDER, first: str = FIRST) -> bytes:
    """The script that a page asks for. ValueError names an import or export that is not of the plain kind."""
    done: dict[str, str] = {}
    _add(first, folder, done, ())
    return ("'use strict';\n" + "".join(done.values())).encode()


@cache
def version(folder: Path = FOLDER, first: str = FIRST) -> str:
    return sha256(bundle(folder, first)).hexdigest()[:16]


def address(first: str = FIRST) -> str:
    """Where the page looks for it; `mapper.web.interview` serves it there."""
    return f"/interviews/script/{version(first=first)}.js"


def of_version(wanted: str) -> tuple[bytes, bool]:
    """The script of this version, or the interview's as it is now; and whether it is the one that was asked for."""
    found = next((first for first in (FIRST, TABLET, PREVIEW) if version(first=first) == wanted), None)
    return bundle(first=found or FIRST), found is not None


@cache
def stamped(file: str) -> str:
    """The address of a file in `static/` that names its contents, so that no page meets a newer or older one."""
    return f"/static/{file}?v={sha256((paths.STATIC / file).read_bytes()).hexdigest()[:16]}"


def _add(file: str, folder: Path, done: dict[str, str], above: tuple[str, ...]) -> None:
    """Whatever a module imports comes before it."""
    if file in above:
        raise ValueError(f"{file} imports itself by way of {', '.join(above)}.")
    if file in done:
        return
    text = (folder / file).read_text("utf-8")
    for found in IMPORT.finditer(text):
        _add(found["file"], folder, done, (*above, file))
    done[file] = _in_own_scope(file, text)


def _in_own_scope(file: str, text: str) -> str:
    names = [found["name"] for found in EXPORT.finditer(text)]
    body = IMPORT.sub(lambda found: f"const {{ {found['names']} }} = {_scope(found['file'])};", COMMENT.sub("", text))
    body = EXPORT.sub(r"\g<kind> \g<name>", body)
    if strange := LEFT_OVER.search(body):
        raise ValueError(f"{file}: '{strange[0]}' is neither a plain import nor a plain export.")
    if broken := next((line for line in body.splitlines() if line.count("`") % 2), None):
        raise ValueError(f"{file}: '{broken}' begins or ends a text over several lines, which lose their indentation.")
    body = SPACE.sub("", body)
    return f"const {_scope(file)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();\n"


def _scope(file: str) -> str:
    return "_" + file.removesuffix(".js").replace("-", "_")
