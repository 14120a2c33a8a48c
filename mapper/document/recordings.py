"""Recordings of questions: which lie in `static/audio`, and under which address they are played.

    static/audio/<language>/<question>.opus             in every questionnaire
    static/audio/<language>/<survey>/<question>.opus    in this one alone, before the other

A question that names its file (`media: {audio: fee.mp3}`) takes that one of the same folders. Nobody has to say
anywhere that there is a recording: it is played where it lies.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from mapper import paths
from mapper.definition.model import Survey

FOLDER = "audio"
SUFFIXES = (".opus", ".ogg", ".webm", ".m4a", ".aac", ".mp3", ".wav")  # the smallest first


def recordings(survey: Survey, language: str) -> Mapping[str, Path]:
    """Name of each question that has a recording in this language → its file, in the order of the questionnaire."""
    general = paths.STATIC / FOLDER / language
    files = _files(general) | _files(general / survey.name)
    found = {name: _of(name, question.media.get("audio"), files) for name, question in survey.questions.items()}
    return {name: file for name, file in found.items() if file}


def address(file: Path) -> str:
    """Where a page finds it; the contents are named, so that a tablet never plays an older one."""
    return f"/static/{file.relative_to(paths.STATIC).as_posix()}?v={measured(file)[0][:16]}"


def recordings_version(survey: Survey, language: str) -> str:
    """Hash of what is played where; "" without any recording."""
    found = recordings(survey, language)
    told = "".join(f"{name}={address(file)};" for name, file in found.items())
    return sha256(told.encode()).hexdigest()[:16] if told else ""


def measured(file: Path) -> tuple[str, int]:
    """SHA-256 and size of a file in `static/`."""
    return _measured(file, file.stat().st_mtime_ns)


def _files(folder: Path) -> dict[str, Path]:
    """Files by name."""
    return {file.name: file for file in sorted(folder.iterdir()) if file.is_file()} if folder.is_dir() else {}


def _of(question: str, named: str | None, files: Mapping[str, Path]) -> Path | None:
    names = [named] if named else [question + suffix for suffix in SUFFIXES]
    return next((files[name] for name in names if name in files), None)


@lru_cache(maxsize=4096)
def _measured(file: Path, _changed: int) -> tuple[str, int]:
    content = file.read_bytes()
    return sha256(content).hexdigest(), len(content)
