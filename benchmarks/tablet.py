"""What a tablet loads before the first question of the whole worker questionnaire, gzipped."""

import gzip
import re
from collections.abc import Iterator

from benchmarks.figure import Figure
from mapper import paths
from mapper.definition import library
from mapper.document import bundle
from mapper.document.compile import compile_document
from mapper.language.profile import languages


def zipped(content: bytes) -> float:
    return len(gzip.compress(content, 9)) / 1024


def linked(document: bytes, pattern: bytes) -> list[bytes]:
    """Files that the document names, and the modules that those import."""
    wanted = [path.decode() for path in re.findall(pattern, document)]
    found: dict[str, bytes] = {}
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = (paths.STATIC / name).read_bytes()
            folder = name.rpartition("/")[0]
            wanted += [f"{folder}/{path.decode()}" for path in re.findall(rb'from "\./([\w.-]+\.js)"', found[name])]
    return list(found.values())


def measure() -> Iterator[Figure]:
    survey = library.load("worker")
    for language in languages():
        document = compile_document(survey, language)
        scripts = [bundle.bundle(), *linked(document, rb'src="/static/([\w./-]+\.js)')]
        styles = linked(document, rb'href="/static/([\w./-]+\.css)')
        script = sum(map(zipped, scripts))
        whole = zipped(document) + script + sum(map(zipped, styles))
        note = f"{len(survey.questions)} questions, document {zipped(document):.1f} KB"
        yield Figure(f"first load of the worker questionnaire, {language}", whole, "KB", 100, note=note)
        if language == "en":
            yield Figure("of it script", script, "KB", 40, note=f"{len(scripts)} files")
