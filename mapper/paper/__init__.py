"""Things to print: a page of HTML in a language becomes a PDF. It knows neither questionnaires nor figures.

html = page("print/summary.html", read, summary=…)
to_pdf(html)      # bytes
"""

from mapper.paper.dealing import dealt
from mapper.paper.pdf import CannotPrint, to_pdf
from mapper.paper.template import page, style

__all__ = ["CannotPrint", "dealt", "page", "style", "to_pdf"]
