"""The list of what a tablet holds to work for a day without network. The tablet decides by this list alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from mapper import paths
from mapper.definition.canonical_json import canonical_json
from mapper.definition.model import Survey
from mapper.document import bundle
from mapper.document.recordings import address, measured, recordings
from mapper.document.store import kept_document
from mapper.intake import definitions, publish
from mapper.language.profile import languages, profile
from mapper.release.frozen import declared
from mapper.store import database
from mapper.store.tables import Mapping, Round
from mapper.web.interview_start import SiteChoice, contacts_at, sites_of, surveys_of
from mapper.web.locale import title_of

Entry = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Ids of sites, names of questionnaires, codes of languages. Empty means all of the round's."""

    sites: tuple[str, ...] = ()
    surveys: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def ready(round_id: UUID, wanted: Wanted, key: dict[str, str]) -> dict[str, Any] | None:
    """The list, with `hash` over all of it; None where there is no such round. Shape: docs/api.md."""
    with database.transaction() as session:  # a version that a tablet takes along is kept for ever
        round_ = session.get(Round, round_id)
        if round_ is None:
            return None
        places = _places(session, round_, wanted)
        surveys = _surveys(session, round_, wanted)
    spoken = _languages(round_, wanted, surveys)
    documents = [_questionnaire(survey, spoken) for survey in surveys]
    content = {"ready": 1, **places, "languages": [_language(code) for code in spoken], "questionnaires": documents}
    content |= {"files": list(_files()), "key": key}
    return content | {"hash": sha256(canonical_json(content)).hexdigest()}


def _places(session: Session, round_: Round, wanted: Wanted) -> dict[str, Any]:
    mapping = session.get_one(Mapping, round_.mapping_id)
    sites = [site for site in sites_of(session, round_) if not wanted.sites or str(site.id) in wanted.sites]
    about = {"id": str(round_.id), "code": round_.code, "mapping": mapping.title, "synthetic": mapping.synthetic}
    least = declared(session, mapping.id).rule.least
    return {"round": about, "least_interviews": least, "sites": [_site(session, site) for site in sites]}


def _site(session: Session, site: SiteChoice) -> Entry:
    about = {"id": str(site.id), "supplier": site.supplier, "name": site.name}
    return about | {"contacts": contacts_at(session, site.id)}


def _surveys(session: Session, round_: Round, wanted: Wanted) -> list[Survey]:
    names = [each.name for each in surveys_of(session, round_)]
    chosen = [name for name in names if not wanted.surveys or name in wanted.surveys]
    found = [survey for name in chosen if (survey := definitions.current(session, name))]
    for survey in found:
        publish(session, survey)
    return found


def _languages(round_: Round, wanted: Wanted, surveys: list[Survey]) -> list[str]:
    spoken = {code for survey in surveys for code in survey.languages}
    chosen = [code for code in languages() if code in spoken and (not round_.languages or code in round_.languages)]
    return [code for code in chosen if not wanted.languages or code in wanted.languages]


def _language(code: str) -> Entry:
    spoken = profile(code)
    return {"code": code, "name": spoken.name, "direction": spoken.direction, "draft": spoken.is_draft}


def _questionnaire(survey: Survey, spoken: list[str]) -> Entry:
    offered = [code for code in spoken if code in survey.languages]
    about = {
        "survey": survey.name,
        "version": survey.version,
        "title": title_of(survey),
        "respondent": survey.respondent,
    }
    asked = sum(each.is_answerable for each in survey.questions.values())
    return about | {"questions": asked, "documents": [_document(survey, code) for code in offered]}


def _document(survey: Survey, language: str) -> Entry:
    html, hashed = kept_document(survey, language)
    address = f"/tablet/documents/{survey.name}/{survey.version}/{language}"
    entry = {"language": language, "address": address, "sha256": hashed, "bytes": len(html)}
    return entry | {"media": list(_media(survey, language))}


def _media(survey: Survey, language: str) -> Iterator[Entry]:
    """Recordings in this language and pictures, as far as they are there."""
    for file in dict.fromkeys(recordings(survey, language).values()):
        yield _static(file.relative_to(paths.STATIC)) | {"kind": "audio", "address": address(file)}
    for name in dict.fromkeys(each.media["image"] for each in survey.questions.values() if "image" in each.media):
        if (paths.STATIC / "media" / name).is_file():
            yield _static(Path("media") / name) | {"kind": "image"}


def _files() -> Iterator[Entry]:
    """What every document needs beside itself."""
    script = bundle.bundle()
    yield {"kind": "script", "address": bundle.address(), "sha256": sha256(script).hexdigest(), "bytes": len(script)}
    for file, kind in (("css/interview.css", "style"), ("interview/first.js", "script")):
        yield _static(Path(file)) | {"kind": kind, "address": bundle.stamped(file)}


def _static(file: Path) -> Entry:
    hashed, size = measured(paths.STATIC / file)
    return {"address": f"/static/{file.as_posix()}", "sha256": hashed, "bytes": size}
