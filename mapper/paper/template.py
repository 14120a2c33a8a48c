"""Pages for the printer: templates under templates/print, in the reader's language, without a web request."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapper import paths
from mapper.language.reader import Reader

STYLE = paths.STATIC / "css" / "print.css"


def page(template: str, read: Reader, **parts: object) -> str:
    """A whole HTML document. Templates have `read` and `_` (a text of the program), and the style as `style`."""
    style = Path(STYLE).read_text("utf-8")
    return _environment().get_template(template).render(read=read, _=read.say, style=style, **parts)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(paths.TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
