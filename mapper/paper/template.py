"""Pages for the printer: templates under templates/print, in the reader's language, without a web request."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapper import paths
from mapper.language.reader import Reader

STYLES = paths.STATIC / "css"


def page(template: str, read: Reader, style_file: str = "print.css", **parts: object) -> str:
    """A whole HTML document. Templates have `read` and `_` (a text of the program), and as `style` the content of that
    file under static/css."""
    shown = style(style_file)
    return _environment().get_template(template).render(read=read, _=read.say, style=shown, **parts)


def style(style_file: str = "print.css") -> str:
    """What stands at the head of a printed page, for whoever renders one by other means."""
    return (STYLES / style_file).read_text("utf-8")


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(paths.TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
