"""`mapper score`: the risk of suppliers, as a table or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlmodel import Session

    from mapper.scoring.results import Assessment, SupplierScore

ORDER = ("critical", "high", "elevated", "not_enough_information", "lower")  # what to look at first
BANDS = {
    "critical": "Critical",
    "high": "High",
    "elevated": "Elevated",
    "lower": "Lower",
    "not_enough_information": "Not enough information",
}
HEADINGS = ("Supplier", "Round", "Band", "Interviews", "Consistent with forced labour", "Months of wage", "Why")
WIDTH_OF_WHY = 70
UPPER_END = "Its upper end also counts those for whom forced labour could not be excluded."
WITHHELD = "withheld"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document, as docs/method.md describes it.")
@click.option("--supplier", "suppliers", multiple=True, help="Only this supplier, by its code; may be repeated.")
@click.option("--round", "round_", help="Only this round, by its code or mapping/code.")
@click.option(
    "--audience", type=click.Choice(["audit", "release"]), default="audit", show_default=True,
    help="audit: everything, for the audit team. release: only what may leave it.",
)  # fmt: skip
@click.option("--method", default="icls20", show_default=True, help="The scoring method, a file of surveys/methods.")
def score(as_json: bool, suppliers: tuple[str, ...], round_: str | None, audience: str, method: str) -> None:
    """Score every supplier and round from the responses received."""
    from sqlalchemy.exc import DBAPIError

    from mapper import assessment
    from mapper.cli.trouble import explain
    from mapper.definition.problems import InvalidDefinition
    from mapper.store import database

    try:
        with database.session() as session:
            _refuse_unknown(session, suppliers, round_)
            found = assessment.assess(session, suppliers or None, round_, audience, method)
    except DBAPIError as error:
        raise click.ClickException(explain(error)) from None
    except InvalidDefinition as error:
        raise click.ClickException(f"The method cannot be used.\n{error}") from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(json.dumps(assessment.as_json(found), ensure_ascii=False) if as_json else table(found))


def table(found: Assessment) -> str:
    """The suppliers ranked, the gravest band first; in one band by worker evidence."""
    if not found.suppliers:
        return "No supplier has a response that counts yet. `mapper responses add` takes them in."
    rows = [HEADINGS, *(_row(one) for one in sorted(found.suppliers, key=_rank))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    note = f"Method {found.method.name}, version {found.method.version}. Shares are the 95 % interval among the people"
    rule = "─" * min(max(map(len, lines)), 160)
    return "\n".join([lines[0], rule, *lines[1:], "", f"{note} interviewed. {UPPER_END}"])


def _rank(one: SupplierScore) -> tuple[str, int, float, str]:
    return one.round, ORDER.index(one.band), -(one.components.get("W") or 0.0), one.supplier


def _row(one: SupplierScore) -> tuple[str, ...]:
    figures = _released(one) if one.withheld else _counted(one)
    return (one.supplier, one.round, *figures, _shortened(one.rules_fired[0].because if one.rules_fired else ""))


def _counted(one: SupplierScore) -> tuple[str, ...]:
    return BANDS[one.band], str(one.interviews), _interval(one), _months(one.fees.mean_months)


def _released(one: SupplierScore) -> tuple[str, ...]:
    """Rounded figures, a word where a count is next to nobody or everybody, and what is not shown named so."""
    shown = one.released
    if shown is None:
        return ("Not released yet", *[WITHHELD] * 3)
    indicated, mean = shown.share("class:FL_indicated"), shown.mean("fees")
    counted = f"about {indicated.cases} of {indicated.base}" if indicated and indicated.cases is not None else None
    return (
        BANDS[shown.band],
        WITHHELD if shown.interviews is None else f"about {shown.interviews}",
        counted or (f"{indicated.words} of about {indicated.base}" if indicated else WITHHELD),
        _months(mean.mean) if mean else WITHHELD,
    )


def _interval(one: SupplierScore) -> str:
    labour = one.forced_labour
    if labour.low is None or labour.high is None:
        return "–"
    return f"{labour.cases} of {labour.valid} ({100 * labour.low:.0f}–{100 * labour.high:.0f} %)"


def _months(months: float | None) -> str:
    return "–" if months is None else f"{months:.1f}"


def _shortened(words: str) -> str:
    return words if len(words) <= WIDTH_OF_WHY else words[: WIDTH_OF_WHY - 1].rsplit(" ", 1)[0] + " …"


def _refuse_unknown(session: Session, suppliers: tuple[str, ...], round_: str | None) -> None:
    """Exit 1, naming what there is, where a supplier or round does not exist."""
    from mapper.assessment.visits import rounds
    from mapper.store import evidence

    known = sorted(evidence.suppliers(session).values())
    for code in suppliers:
        if code not in known:
            _refuse("supplier", code, known)
    if round_ is not None and not rounds(session, round_):
        _refuse("round", round_, sorted(name for _, name in rounds(session).values()))


def _refuse(what: str, code: str, known: list[str]) -> None:
    listed = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    click.echo(f"There is no {what} '{code}'. Known are: {listed or 'none yet'}.", err=True)
    raise SystemExit(1)
