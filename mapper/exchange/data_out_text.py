"""No text of an export is a formula when somebody opens it in a spreadsheet.

Source: the project's rule on disclosure, threat "an answer that becomes a formula".
"""

import re

# Before the sign there may stand what a spreadsheet drops or does not show: spaces, marks of direction, joiners.
_ACTIVE = re.compile(
    "[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212]|[\t\r\n]"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no file format of ours holds these
PREFIX = "'"


def is_active(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula."""
    return _ACTIVE.match(text) is not None


def harmless(text: str) -> str:
    """The text as it may stand in a CSV file."""
    return PREFIX + clean(text) if is_active(text) else clean(text)


def clean(text: str) -> str:
    """Without characters that a file cannot hold, and with one kind of line end: readers split rows at the others."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
