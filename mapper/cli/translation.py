"""`mapper translation`: bring catalogues up to date, and say what each language still lacks."""

import json
from collections import Counter
from dataclasses import asdict

import click


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
