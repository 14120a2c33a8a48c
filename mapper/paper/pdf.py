"""HTML as PDF, by WeasyPrint, imported when somebody prints: it needs Pango, which a small server may not have."""

from typing import Any, NoReturn

MISSING = (
    "PDF needs Pango, which is not there. On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 fonts-noto-core. The page and the workbook work without it."
)


class CannotPrint(Exception):
    """What PDF needs is not installed; the message says what to do."""


def to_pdf(html: str) -> bytes:
    """The document as PDF; the same HTML and fonts give the same pages. Nothing is fetched: what a page needs stands in
    it. Raises CannotPrint."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as problem:  # Python's part, or a library of the system
        raise CannotPrint(MISSING) from problem
    written: bytes = HTML(string=html, url_fetcher=_refuse).write_pdf()
    return written


def _refuse(url: str, *_more: Any, **_named: Any) -> NoReturn:
    raise ValueError(f"{url} is not fetched: a printed page holds everything that it shows.")
