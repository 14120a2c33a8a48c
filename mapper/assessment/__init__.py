"""Assessments of suppliers from what lies in the store: who is at what risk, under which method, for which audience.

found = assess(session, suppliers=["S-01"], round="R1", audience="audit")
as_json(found)      # the shape of `mapper score --json`
corridors(session, round="R1")          # across suppliers, for the audit team
rounds_compared(found, "S-01")          # each round against the one before it
"""

from mapper.assessment.contract import as_json
from mapper.assessment.corridors import Corridor, corridors
from mapper.assessment.rounds import rounds_compared
from mapper.assessment.run import assess

__all__ = ["Corridor", "as_json", "assess", "corridors", "rounds_compared"]
