"""How far each language is: translated, stale, missing, reviewed by whom and when; and how to go on."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from mapper import paths
from mapper.language.files import text_file
from mapper.language.profile import SOURCE_LANGUAGE, languages
from mapper.language.status import Progress, Status, status
from mapper.store import database
from mapper.web.study.questionnaires import listed

DOMAINS = ("surveys", "messages")
_known: dict[str, tuple[tuple[int, ...], Status]] = {}  # read again only when a catalogue has changed


@dataclass(frozen=True)
class LanguageRow:
    """One language; `asked` are the questionnaires that are offered in it."""

    status: Status
    asked: tuple[str, ...]

    @property
    def lines(self) -> dict[str, Progress]:
        return {line.domain: line for line in self.status.progress}


def translations() -> ResponseReturnValue:
    with database.session() as reading:
        surveys = [row.survey for row in listed(reading) if row.survey]
    rows = [
        LanguageRow(_status(code), tuple(one.name for one in surveys if code in one.languages))
        for code in languages()
        if code != SOURCE_LANGUAGE
    ]
    return render_template("study/translations.html", rows=rows)


def _status(code: str) -> Status:
    files = [text_file(code, domain) for domain in DOMAINS]
    files += [paths.TRANSLATIONS / code / "language.yaml", *sorted(paths.SURVEYS.rglob("*.yaml"))]
    stamp = tuple(file.stat().st_mtime_ns for file in files if file.is_file())
    if code not in _known or _known[code][0] != stamp:
        _known[code] = (stamp, status(code))
    return _known[code][1]
