"""`mapper release`: what may leave the audit team about a supplier, and the auditor's decision that it does."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from uuid import UUID

    from mapper.assessment.releases import Prepared

ROUND = click.argument("round_", metavar="ROUND")
BUYER = click.option("--buyer", help="Another buyer of this supplier; else the one that asked for the round.")


@click.group()
def release() -> None:
    """Prepare, publish and list releases. docs/release.md explains the rule."""


@release.command()
@click.argument("supplier")
@ROUND
@BUYER
@click.option("--json", "as_json", is_flag=True, help="The content as JSON, exactly what would be frozen.")
def prepare(supplier: str, round_: str, buyer: str | None, as_json: bool) -> None:
    """Show what a release would show, what it would keep back, and what the audit found. Nothing is stored."""
    from mapper.release import content
    from mapper.store import database

    with database.session() as session:
        found = _prepared(session, supplier, round_, buyer)
    if as_json:
        click.echo(json.dumps({"digest": found.digest, **content.as_json(found.released)}, ensure_ascii=False))
    else:
        click.echo("\n".join(_described(found)))


@release.command()
@click.argument("supplier")
@ROUND
@BUYER
@click.option("--auditor", required=True, help="Name of the auditor who decides.")
@click.option("--digest", help="Release only if the content is still this one (`prepare` prints it).")
@click.option("--yes", is_flag=True, help="Do not ask.")
def publish(supplier: str, round_: str, buyer: str | None, auditor: str, digest: str | None, yes: bool) -> None:
    """Release: the buyer's reviewers see it from now on, and it can never be changed."""
    from mapper.assessment import releases
    from mapper.store import database

    with database.transaction() as session:
        decided_by = _auditor(session, auditor)
        found = _prepared(session, supplier, round_, buyer)
        if not yes:
            click.echo("\n".join(_described(found)), err=True)
            click.confirm(f"Release this to {found.buyer.name}?", abort=True, err=True)
        try:
            made = releases.publish(session, found, digest or found.digest, decided_by)
        except releases.NotPossible as reason:
            raise click.ClickException(str(reason)) from None
    click.echo(f"Released {supplier}, round {round_}, to {found.buyer.code} as version {made.version}.", err=True)


@release.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_(as_json: bool) -> None:
    """Every release, with its version, band and date."""
    from mapper.release import frozen
    from mapper.store import database

    with database.session() as session:
        rows = [_row(*one) for one in frozen.every(session)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        state = "superseded" if row["superseded"] else row["band"]
        shown = (row["supplier"], row["round"], row["buyer"], f"v{row['version']}", row["decided"], state)
        click.echo("  ".join(text.ljust(12) for text in shown).rstrip())
    if not rows:
        click.echo(
            "Nothing has been released yet. `mapper release prepare SUPPLIER ROUND` shows what could be.", err=True
        )


@release.command()
@click.argument("mapping")
@click.option("--least-workers", type=click.IntRange(min=10), help="Workers in any group; 10 or more.")
@click.option("--two-way", help="The one two-way table, such as gender,corridor.")
@click.option(
    "--supplier-days", type=click.IntRange(1, 3650), help="Days until a supplier sees its own band; 1 or more."
)
@click.option("--auditor", help="Name of the auditor who decides; needed where suppliers shall wait less than before.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def plan(
    mapping: str, least_workers: int | None, two_way: str | None, supplier_days: int | None, auditor: str | None,
    yes: bool,
) -> None:  # fmt: skip
    """Declare how strict the releases of a mapping are, before it has any."""
    from mapper.release import frozen
    from mapper.store import database

    table = tuple(two_way.split(",")) if two_way else None
    try:
        if auditor and supplier_days and not yes:
            _ask_whether_shorter(mapping, supplier_days)
        with database.transaction() as session:
            decided_by = _auditor(session, auditor) if auditor else None
            found = frozen.declare(session, mapping, least_workers, table, supplier_days, decided_by)
    except ValueError as reason:
        raise click.ClickException(str(reason)) from None
    both = " × ".join(found.rule.two_way)
    click.echo(f"{mapping}: at least {found.rule.least} workers, two-way table {both}, {found.supplier_days} days.")


def _ask_whether_shorter(mapping: str, days: int) -> None:
    """Ask again where suppliers would wait less: that time is the workers'."""
    from mapper.release import frozen
    from mapper.store import database

    with database.session() as session:
        before = frozen.declared_for(session, mapping).supplier_days
    if days < before:
        click.echo(
            f"Suppliers of {mapping} see their band {before} days after the buyer. With {days} the employer learns it "
            "sooner, and there is less time to see that everybody who spoke is safe. Releases made already keep their "
            "day.",
            err=True,
        )
        click.confirm(f"Shall suppliers wait {days} instead of {before} days?", abort=True, err=True)


def _auditor(session: Any, name: str) -> UUID:
    from mapper.store import queries

    user = queries.user_by_name(session, name)
    if user is None or user.role != "auditor" or not user.active:
        raise click.ClickException(f"'{name}' is no active auditor: only an auditor decides what is released.")
    return user.id


def _prepared(session: Any, supplier: str, round_: str, buyer: str | None) -> Prepared:
    from mapper.assessment import releases

    try:
        return releases.prepare(session, supplier, round_, buyer)
    except releases.NothingToRelease as reason:
        raise click.ClickException(f"{reason} `mapper score` lists suppliers and rounds.") from None


def _described(found: Prepared) -> list[str]:
    shown, audit = found.released, found.proposal.audit
    lines = [f"{found.visit.supplier}, round {found.visit.round}, for {found.buyer.name}", f"  Band: {shown.band}"]
    lines += [f"  Why: {text}" for text in shown.why]
    cells = sum(len(figure.shares) for figure in shown.figures)
    lines.append(f"  Shown: {len(shown.groups)} groups, {cells} counts, {len(shown.months)} means in months")
    if audit.runs:
        lines.append(f"  Audit: {audit.figures} figures, {audit.pinned_at_first} answers pinned at first, none now")
    lines += _lost(found)
    kept = Counter(one.why for one in found.proposal.withheld)
    lines += [f"  Kept back: {number} × {why}" for why, number in kept.most_common()]
    lines += [f"  Think again: {text}" for text in found.proposal.warnings]
    lines.append(f"  Cannot be released now: {found.obstacle}" if found.obstacle else f"  Digest: {found.digest}")
    return lines


def _lost(found: Prepared) -> list[str]:
    """What the release before shows and this one would not; by name where it is little."""
    from mapper.language.reader import reader
    from mapper.summary import release_words

    if not found.lost or not found.before or found.obstacle:
        return []
    row, read = found.before.row, reader()
    said = "; ".join(release_words.what_is_lost(found.lost, read))
    lines = [f"  No longer shown, compared with version {row.version} of {row.decided.date()}: {said}"]
    names = list(release_words.names_of_lost(found.lost, read))
    lines += [f"    {figure}: {groups}" for figure, groups in names[: release_words.FEW]]
    more = len(names) - release_words.FEW
    return [*lines, f"    … and {more} more"] if more > 0 else lines


def _row(found: Any, supplier: str, round_: str, buyer: str) -> dict[str, Any]:
    row = found.row
    return {
        "supplier": supplier, "round": round_, "buyer": buyer, "version": row.version, "band": found.released.band,
        "level": found.released.level, "decided": row.decided.date().isoformat(),
        "supplier_from": row.supplier_from.isoformat(), "superseded": row.superseded_by is not None,
    }  # fmt: skip
