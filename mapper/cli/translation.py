"""`mapper translation`: bring catalogues up to date, and say what each language still lacks."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mapper.language.profile import Profile
    from mapper.language.status import Progress

STATES = ("missing", "stale", "damaged", "current", "unreviewed")


@click.group()
def translation() -> None:
    """Catalogues of the interface and the surveys."""


@translation.command()
def update() -> None:
    """Extract all texts anew and merge them into every language (in a checkout)."""
    from mapper.language.update import update

    update()
    click.echo("The catalogues are up to date with the interface and the surveys.", err=True)


@translation.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list of gaps on standard output.")
@click.option("--language", "chosen", help="Only this language, for example ne.")
def check(as_json: bool, chosen: str | None) -> None:
    """List every text that is missing, stale or damaged, per language; exit 1 if there is one."""
    from mapper.language.gate import all_gaps, gaps
    from mapper.language.profile import languages

    if chosen and chosen not in languages():
        raise click.UsageError(f"There is no language '{chosen}'. Known: {', '.join(languages())}.")
    found = gaps(chosen) if chosen else all_gaps()
    if as_json:
        click.echo(json.dumps([asdict(gap) for gap in found], ensure_ascii=False, indent=1))
    else:
        for gap in found:
            click.echo(str(gap))
        counted = Counter(gap.language for gap in found)
        summary = ", ".join(f"{language} {counted[language]}" for language in languages())
        click.echo(f"Texts to translate: {summary}.", err=True)
    raise SystemExit(1 if found else 0)


@translation.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def status(as_json: bool) -> None:
    """How far each language is: current, stale, missing and damaged texts, what a second reader has said back without
    the English, and what a native speaker has reviewed."""
    from mapper.language.status import all_statuses

    found = all_statuses()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1, default=str))
        return
    click.echo("language     domain     texts  current  stale  missing  damaged  said back  reviewed")
    for one in found:
        for line in one.progress:
            click.echo(f"{one.profile.english_name:<12} {line.domain:<9} {_counts(line)}")
        click.echo(f"{one.profile.english_name:<12} {_state(one.profile)}")


def _counts(line: "Progress") -> str:
    """In the order of the heading; shares of the texts that may be shown, rounded down: 100 % is all of them."""
    shares = (f"{100 * count // line.current if line.current else 0} %" for count in (line.said_back, line.reviewed))
    counts = f"{line.texts:>6} {line.current:>8} {line.stale:>6} {line.missing:>8} {line.damaged:>8}"
    back = f", last said back on {line.said_back_on}" if line.said_back_on else ""
    last = f", last reviewed by {line.last.by} on {line.last.on}" if line.last else ""
    return counts + "".join(f"{share:>{width}}" for share, width in zip(shares, (11, 10), strict=True)) + back + last


def _state(profile: "Profile") -> str:
    if profile.is_draft:
        return "draft: not yet reviewed by a native speaker, and shown so"
    return f"reviewed by {profile.reviewed_by} on {profile.reviewed_on}"


@translation.command("export")
@click.argument("language")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="An .xlsx file.")
@click.option("--survey", help="Only what is heard in this questionnaire, for example worker.")
@click.option("--only", multiple=True, type=click.Choice(STATES), help="Only texts in this state; may be repeated.")
@click.option("--every-variant", is_flag=True, help="A row for each gender, also where the neutral wording serves.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Server that shows questionnaires.")
def export_texts(
    language: str, output: Path, survey: str | None, only: tuple[str, ...], every_variant: bool, address: str
) -> None:
    """Write a workbook for translators: English and LANGUAGE side by side, with where each text is used."""
    from mapper.definition import library
    from mapper.exchange.translation_out import write_workbook
    from mapper.exchange.translation_rows import rows

    _known(language)
    if survey and survey not in library.names():
        raise click.UsageError(f"There is no questionnaire '{survey}'. Known: {', '.join(library.names())}.")
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"Give a file that ends in .xlsx, not {output.name}.")
    try:
        found = rows(language, survey, frozenset(only), every_variant)
        count = write_workbook(found, language, output, address.rstrip("/"))
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}. Choose another place.") from None
    click.echo(f"{output}: {count} texts.", err=True)


@translation.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", required=True, help="The language of the file, for example ne.")
@click.option("--reviewer", default="", help="Who has read the sentences that are marked as reviewed.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_texts(file: Path, language: str, reviewer: str, dry_run: bool) -> None:
    """Take a translators' workbook back, whole or not at all; every problem is listed with its row."""
    from mapper.exchange.translation_in import take_workbook

    _known(language)
    taken, problems = take_workbook(file, language, reviewer, dry_run=dry_run)
    for problem in problems:
        click.echo(f"{file.name}: {problem}", err=True)
    if taken is None:
        click.echo(f"Nothing was changed: {len(problems)} to mend.", err=True)
        raise SystemExit(1)
    would = "would be " if dry_run else ""
    click.echo(f"{taken.translated} texts {would}translated, {taken.reviewed} {would}marked as reviewed.", err=True)


def _known(language: str) -> None:
    from mapper.language.profile import SOURCE_LANGUAGE, languages

    known = [code for code in languages() if code != SOURCE_LANGUAGE]
    if language not in known:
        raise click.UsageError(f"There is no language '{language}'. Known: {', '.join(known)}.")


@translation.command("said-back")
@click.argument("language")
@click.option("--survey", "surveys", multiple=True, help="A questionnaire, for example worker; may be repeated.")
@click.option("--pages", multiple=True, help="Pages of the program, for example templates/tablet; may be repeated.")
@click.option("--done", is_flag=True, help="They were said back and compared: note today's date beside each.")
def said_back(language: str, surveys: tuple[str, ...], pages: tuple[str, ...], done: bool) -> None:
    """The sentences of LANGUAGE without the English, numbered, for a second reader who says back what each one asks.

    With --done nothing is printed; the day is noted beside each sentence, until its wording changes. It is no review.
    """
    from mapper.definition import library

    _known(language)
    if unknown := set(surveys) - set(library.names()):
        raise click.UsageError(f"There is no questionnaire '{min(unknown)}'. Known: {', '.join(library.names())}.")
    if not surveys and not pages:
        raise click.UsageError("Say which sentences: --survey NAME, or --pages templates/tablet.")
    count = _said_back(language, "surveys", surveys, done) + _said_back(language, "messages", pages, done)
    if done:
        click.echo(f"{count} texts noted as said back today.", err=True)


def _said_back(language: str, domain: str, names: tuple[str, ...], done: bool) -> int:
    from mapper.language.files import read_catalogue, text_file, write_catalogue
    from mapper.language.said_back import heard_texts, mark_all, page_texts, sheet

    if not names:
        return 0
    file = text_file(language, domain)
    catalogue = read_catalogue(file, language)
    texts = list(heard_texts(names) if domain == "surveys" else page_texts(catalogue, names))
    if not done:
        click.echo("\n".join(sheet(catalogue, texts)))
        return 0
    count = mark_all(catalogue, texts, date.today())
    write_catalogue(catalogue, file)
    return count
