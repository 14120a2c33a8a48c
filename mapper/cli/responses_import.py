"""What `mapper responses import` does and says."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlmodel import Session, col, select

from mapper import intake
from mapper.cli.language import ENGLISH, in_language, said
from mapper.cli.progress import shown
from mapper.definition.model import Survey
from mapper.definition.report import did_you_mean
from mapper.exchange.data_in import Conversion, Converted, convert
from mapper.exchange.data_in_mapping import read_mapping
from mapper.exchange.data_in_tables import UnreadableData, read_tables
from mapper.intake import definitions
from mapper.intake.body import content_hash, read_body
from mapper.intake.judge import judge
from mapper.interview.route import walk
from mapper.language.catalogue import translator, translator_of
from mapper.language.profile import languages
from mapper.notice import Notice, together
from mapper.store import database
from mapper.store.tables import Response, Round

TOGETHER = 200
SHOWN = 40  # lines of each kind of trouble


@dataclass
class Told:
    """What became of the responses, or would."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, Any]] = field(default_factory=list)


def run(data: Path, mapping_file: Path, store: bool, quarantine: bool, as_json: bool, language: str) -> int:
    """The exit code: 1 where something has to be settled first or a response was refused."""
    mapping, problems = read_mapping(mapping_file)
    if mapping is None:
        for problem in in_language(problems, language):
            click.echo(str(problem), err=True)
        return 1
    assert mapping.survey
    survey = _survey(mapping.survey, mapping_file.name, language)
    try:
        found = convert(survey, mapping, read_tables(data), _spoken)
    except UnreadableData as problem:
        raise click.ClickException(said(problem.args[0], language)) from None
    told = Told()
    found.not_offered += _not_offered(survey, found.responses)
    stores = store and found.is_clear
    _take_all(found.responses, told, stores, quarantine)
    if language != ENGLISH:
        _say_answers(survey, found.responses, told, language)
    _say(found, told, stores, as_json, language)
    if not found.is_clear:
        nothing = Notice("Nothing was stored: settle the above in the mapping file first.")
        click.echo(said(nothing, language), err=True)
    elif not store:
        dry = Notice("This was a dry run: nothing was stored. Add --store when nothing above surprises you.")
        click.echo(said(dry, language), err=True)
    return 0 if found.is_clear and not told.refused else 1


def _survey(name: str, file: str, language: str) -> Survey:
    """The questionnaire in the field; in words why there is none."""
    with database.session() as reading:
        known = definitions.offered(reading)
        survey, standing = definitions.current(reading, name), definitions.standing(reading, name)
    if survey is None and standing and name not in known:
        retired = Notice("The questionnaire '%(name)s' is retired: no new interview begins with it.", name=name)
        remedy: str = Notice(
            "If these interviews belong to it, take its retirement back on its page under Questionnaires, import, and "
            "retire it again."
        )
        raise click.ClickException(f"{file}: {said(together(retired, remedy), language)}")
    if name not in known:
        remedy = did_you_mean(name, known, Notice("Write one of %(listed)s.", listed=", ".join(known)))
        missing = Notice("There is no questionnaire '%(name)s'.", name=name)
        raise click.ClickException(f"{file}: {said(together(missing, remedy), language)}")
    if survey is None:
        broken = Notice("The questionnaire '%(name)s' has errors. Run 'mapper survey check'.", name=name)
        raise click.ClickException(said(broken, language))
    return survey


def _not_offered(survey: Survey, responses: list[Converted]) -> Iterator[Notice]:
    """The rounds of these responses that do not offer the questionnaire: a tablet could not have begun it there."""
    firsts = {tuple(one.body.get(key) for key in ("supplier", "site", "round")): one for one in responses}
    with database.transaction() as session:
        found = [(judge(session, one.id, one.body).places.round, one) for one in firsts.values()]
        missed = {one.body["round"] for place, one in found if place and survey.name not in _asked(place, survey)}
        session.rollback()
    for round_ in sorted(missed):
        yield Notice(
            "The round '%(round)s' does not offer the questionnaire '%(name)s'. Name another round, or add the "
            "questionnaire to this one.",
            round=round_,
            name=survey.name,
        )


def _asked(place: Round, survey: Survey) -> list[str]:
    return place.questionnaires or [survey.name]


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(translator(language).text_neutral(text) for language in languages()))


def _spoken(text: str) -> Iterator[str]:
    """A text of the questionnaire in every language: exports carry wordings instead of names."""
    return iter(_words(text))


def _take_all(responses: list[Converted], told: Told, stores: bool, quarantine: bool) -> None:
    waiting = iter(responses)
    done = 0
    with shown("Responses") as tell:
        while batch := list(islice(waiting, TOGETHER)):
            outcomes = _store(batch, quarantine) if stores else _try(batch)
            for one, (outcome, problems) in zip(batch, outcomes, strict=True):
                told.counts[outcome] += 1
                if outcome in ("refused", "changed"):
                    told.refused.append(
                        {"row": one.number, "id": str(one.id), "outcome": outcome, "problems": problems}
                    )
            done += len(batch)
            tell(done, len(responses))


Outcome = tuple[str, list[dict[str, str]]]


def _store(batch: list[Converted], quarantine: bool) -> list[Outcome]:
    incoming = [intake.Incoming(one.id, one.body) for one in batch]
    try:
        with database.transaction() as session:
            receipts = intake.receive_all(session, incoming, only_accepted=not quarantine)
    except intake.StoreUnavailable as failure:
        raise click.ClickException(f"From row {batch[0].number} on, nothing was stored. {failure}") from None
    return [(OUTCOMES.get(receipt.http, "refused"), list(receipt.problems)) for receipt in receipts]


WOULD = "would be stored"  # unless something has to be settled first
SAID = {  # outcome → how it is told
    "already there": Notice("already there"),
    "changed": Notice("changed"),
    "kept in quarantine": Notice("kept in quarantine"),
    "refused": Notice("refused"),
    "stored": Notice("stored"),
    WOULD: Notice("would be stored"),
}
OUTCOMES = {200: "already there", 201: "stored", 202: "kept in quarantine", 409: "changed"}


def _try(batch: list[Converted]) -> list[Outcome]:
    """The same judgement, and the store as it was before."""
    with database.transaction() as session:
        ids = [one.id for one in batch]
        known = dict(session.exec(select(Response.id, Response.sha256).where(col(Response.id).in_(ids))).all())
        found = [_outcome(session, one, known) for one in batch]
        session.rollback()
    return found


def _outcome(session: Session, one: Converted, known: Mapping[UUID, str]) -> Outcome:
    if one.id in known:
        return ("already there" if known[one.id] == content_hash(one.body) else "changed"), []
    problems = [problem.as_json() for problem in judge(session, one.id, one.body).problems]
    return ("refused" if problems else WOULD), problems


def _say_answers(survey: Survey, responses: list[Converted], told: Told, language: str) -> None:
    """What is wrong with the answers of refused responses, in the language; the letter around them stays English."""
    sent = {str(one.id): one for one in responses}
    for line in told.refused:
        body = read_body(sent[line["id"]].body, sent[line["id"]].id)[0]
        answers, wording = body.conditions | body.answers, translator_of(survey, language)
        walked = walk(survey, answers, body.missing, body.finished, wording, defaults=False)
        spoken = {(one.question, one.kind): one.message for one in walked.problems}
        for problem in line["problems"]:
            problem["message"] = spoken.get((problem.get("question"), problem["kind"]), problem["message"])


def _say(found: Conversion, told: Told, stores: bool, as_json: bool, language: str) -> None:
    if as_json:
        click.echo(json.dumps(_document(found, told, stores), ensure_ascii=False, indent=1))
        return
    for place, question in sorted(found.used.items()):
        click.echo(f"{place} → {question}")
    for title, lines in _troubles(found, told):
        _list(said(title, language), [said(line, language) for line in lines], language)
    _say_counts(found, told, language)


def _document(found: Conversion, told: Told, stores: bool) -> dict[str, Any]:
    return {
        "stored": stores,
        "responses": dict(told.counts),
        "used": found.used,
        "unmatched_columns": _columns(found),
        "unknown_values": _unknown(found),
        "contradictions": found.contradictions,
        "not_offered": found.not_offered,
        "absent_columns": found.absent,
        "without_id": found.without_id,
        "repeated_ids": found.repeated,
        "refused": told.refused,
    }


def _columns(found: Conversion) -> list[dict[str, str]]:
    return [{"sheet": sheet, "column": one} for sheet, names in found.columns.items() for one in names]


def _unknown(found: Conversion) -> list[dict[str, Any]]:
    return [
        {"sheet": sheet, "column": column, "value": value, "times": times}
        for (sheet, column, value), times in sorted(found.unknown.items())
    ]


def _troubles(found: Conversion, told: Told) -> Iterator[tuple[Notice, Iterable[str]]]:
    """Each kind of trouble with its lines."""
    columns = (f"{one['sheet']}: {one['column']}" for one in _columns(found))
    yield Notice("No question for the column"), columns
    values = (f"{one['sheet']}: {one['column']}: “{one['value']}” ({one['times']} ×)" for one in _unknown(found))
    yield Notice("No answer for the value"), values
    yield Notice("Contradiction"), found.contradictions
    yield Notice("Not in this file, though the mapping file offers it"), found.absent
    yield Notice("No id in row"), map(str, found.without_id)
    yield Notice("The id stands there already"), found.repeated
    yield Notice("Refused"), (*found.not_offered, *(line for one in told.refused for line in _refusals(one)))


def _say_counts(found: Conversion, told: Told, language: str) -> None:
    """How many came to what; nothing "would be stored" while something has to be settled first."""
    told_of = told.counts if found.is_clear else told.counts - Counter({WOULD: told.counts[WOULD]})
    counts = ", ".join(f"{count} {said(SAID[outcome], language)}" for outcome, count in told_of.items())
    if counts or not told.counts:
        click.echo(counts or said(Notice("No responses."), language))


def _refusals(one: dict[str, Any]) -> Iterator[str]:
    if one["outcome"] == "changed":
        what = Notice("stored before with other content. If it was corrected, correct it here too.")
        yield _of_row(one["row"], what)
    for problem in one["problems"]:
        place = problem.get("question") or problem.get("key")
        yield _of_row(f"{one['row']}: {place}" if place else one["row"], problem["message"])


def _of_row(row: int | str, what: str) -> Notice:
    return Notice("row %(row)s: %(what)s", row=row, what=what)


def _list(title: str, lines: list[str], language: str) -> None:
    for line in lines[:SHOWN]:
        click.echo(f"{title}: {line}", err=True)
    if len(lines) > SHOWN:
        more = Notice("and %(count)s more. --json lists all.", count=len(lines) - SHOWN)
        click.echo(f"{title}: {said(more, language)}", err=True)
