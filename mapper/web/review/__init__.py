"""The company door: which suppliers first, why, how sure we are, and what to ask for now.

Everybody sees only what `access` lets them: a reviewer their own buyer's suppliers, and of those the release; the audit
team everything.
"""

from mapper.web.review.comparison import comparison, rounds
from mapper.web.review.corridors import corridor, corridors
from mapper.web.review.discrepancies import discrepancies
from mapper.web.review.files import chain_map, paper, workbook
from mapper.web.review.portfolio import portfolio
from mapper.web.review.supplier import supplier
from mapper.web.review.whole import summary

__all__ = [
    "chain_map",
    "comparison",
    "corridor",
    "corridors",
    "discrepancies",
    "paper",
    "portfolio",
    "rounds",
    "summary",
    "supplier",
    "workbook",
]
