"""Copies of one document, each behind a page of its own, as one PDF to print in one go."""

from io import BytesIO


def dealt(first_pages: bytes, document: bytes) -> bytes:
    """For each page of `first_pages`: that page and all of `document`. What the copies share is stored once."""
    from pypdf import PdfReader, PdfWriter

    firsts, written = PdfReader(BytesIO(first_pages)), PdfWriter()
    pages = PdfReader(BytesIO(document)).pages
    for first in firsts.pages:
        written.add_page(first)
        for each in pages:
            written.add_page(each)
    content = BytesIO()
    written.write(content)
    return content.getvalue()
