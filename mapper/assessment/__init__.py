"""Assessments of suppliers from what lies in the store: who is at what risk, under which method, for which audience.

found = assess(session, suppliers=["S-01"], round="R1", audience="audit")
as_json(found)      # the shape of `mapper score --json`
"""

from mapper.assessment.contract import as_json
from mapper.assessment.run import assess

__all__ = ["as_json", "assess"]
