"""Pages for the printer: templates under templates/print, in the reader's language, without a web request."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapper import paths
from mapper.language.reader import Reader

STYLES = paths.STATIC / "css"


def page(template: str, read: Reader, style_file: str = "print.css", **parts: object) -> str:
    """A whole HTML document. Templates have `read` and `_` (a text of the program), and as `style` the content of that
    file under static/css."""
    style = (STYLES / style_file).read_text("utf-8")
    return _environment().get_template(template).render(read=read, _=read.say, style=style, **parts)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(paths.TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
