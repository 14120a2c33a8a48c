"""The letter around the answers: which survey, whose, when. Read as it came, with every problem at once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

import rfc8785

from mapper.definition.canonical_json import canonical_json
from mapper.intake.extras import EXTRAS, problems_of_extras
from mapper.intake.receipt import BodyProblem

TEXTS = ("survey", "definition", "catalogue", "supplier", "site", "round", "language")
OBJECTS = ("answers", "missing", "conditions")
KEYS = ("id", *TEXTS, *OBJECTS, "finished", *EXTRAS)
MOST = 20  # unknown keys that are listed
LONGEST = 200  # characters of a name or code
AHEAD = timedelta(days=1)  # how far a tablet's clock may run ahead before it is not believed


class Unreadable(ValueError):
    """Not a JSON object that has one content hash everywhere; the message says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A letter that has been read. None means that the key was not there. `finished` is the tablet's own time, the
    `now` of the survey's rules; None where it is absent or cannot be right."""

    survey: str = ""
    definition: str | None = None
    catalogue: str | None = None
    supplier: str | None = None
    site: str | None = None
    round: str | None = None
    language: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, Any] = field(default_factory=dict)
    conditions: dict[str, Any] = field(default_factory=dict)
    finished: datetime | None = None


def content_hash(body: Any) -> str:
    """SHA-256 of the canonical JSON. **Source:** RFC 8785, JSON Canonicalization Scheme."""
    if not isinstance(body, dict):
        raise Unreadable("Send one JSON object with the keys survey, supplier, round and answers.")
    try:
        return sha256(canonical_json(body)).hexdigest()
    except RecursionError:
        raise Unreadable("This nests too deeply. Send groups as objects and repeats as lists, nothing more.") from None
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, TypeError):
        message = "Use only whole characters and numbers up to 9007199254740991; write a larger one as text."
        raise Unreadable(f"This has no canonical JSON form (RFC 8785). {message}") from None


def read_body(body: dict[str, Any], response_id: UUID) -> tuple[Body, tuple[BodyProblem, ...]]:
    """What can be used of a letter, and everything that is wrong with it."""
    problems = [_unknown_key(key) for key in islice((key for key in body if key not in KEYS), MOST)]
    given = {key: value for key, value in body.items() if value is not None and value != ""}
    texts = {key: given[key] for key in TEXTS if _is_name(given.get(key))}
    objects = {key: given[key] for key in OBJECTS if isinstance(given.get(key), dict)}
    problems += [_not_text(key) for key in TEXTS if key in given and key not in texts]
    problems += [_not_object(key) for key in OBJECTS if key in given and key not in objects]
    problems += problems_of_extras(given)
    problems += _wrong_id(given.get("id"), response_id)
    if "survey" not in given:
        problems.append(BodyProblem("survey", "required", "Say which questionnaire was answered, for example worker."))
    problems += _in_both(objects)
    return Body(**texts, **objects, finished=_moment(given.get("finished"))), tuple(problems)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _unknown_key(key: str) -> BodyProblem:
    meant = get_close_matches(key[:40], KEYS, 1)
    remedy = f"Did you mean {meant[0]}?" if meant else f"Known are: {', '.join(KEYS)}."
    return BodyProblem(key[:40], "unknown_key", f"The key '{key[:40]}' is not known. {remedy}")


def _not_text(key: str) -> BodyProblem:
    return BodyProblem(key, "type", f"Give '{key}' as text of at most {LONGEST} characters.")


def _not_object(key: str) -> BodyProblem:
    return BodyProblem(key, "type", f"Give '{key}' as a JSON object.")


def _wrong_id(stated: Any, response_id: UUID) -> list[BodyProblem]:
    if stated is None or str(stated).lower() == str(response_id):
        return []
    return [BodyProblem("id", "type", f"The id in the content is not {response_id}, under which it was sent.")]


def _in_both(objects: dict[str, Any]) -> list[BodyProblem]:
    both = objects.get("answers", {}).keys() & objects.get("conditions", {}).keys()
    message = "'{}' stands both in answers and in conditions. Keep one of them."
    return [BodyProblem("conditions", "twice", message.format(key[:40])) for key in sorted(both)]


def _moment(stated: Any) -> datetime | None:
    """A tablet's clock is a hint, never proof: what has no zone or lies ahead is left out."""
    try:
        moment = datetime.fromisoformat(stated) if isinstance(stated, str) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None or moment > datetime.now(UTC) + AHEAD:
        return None
    return moment
