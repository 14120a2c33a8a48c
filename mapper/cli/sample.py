"""`mapper sample`: how many workers to interview."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

MOST_WORKERS = 10_000_000


@click.command()
@click.argument("workers", type=click.IntRange(1, MOST_WORKERS), metavar="N")
@click.option("--affected", "affected", type=click.IntRange(1), metavar="K", help="So many of the N are affected.")
@click.option(
    "--confidence", type=click.FloatRange(0, 99.99, min_open=True), default=95.0, show_default=True,
    help="In percent: how sure to be of meeting at least one of them.",
)  # fmt: skip
@click.option("--inherent", type=click.FloatRange(0, 100), help="Inherent risk of the supplier, 0 to 100, if known.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def sample(workers: int, affected: int | None, confidence: float, inherent: float | None, as_json: bool) -> None:
    """How many of N migrant workers to interview, drawn at random from a list, to meet at least one of K affected.

    Without --affected: for 5, 10 and 20 % affected, and the least that the method asks for.
    """
    from mapper.scoring.detection import by_share, detection
    from mapper.scoring.method_file import load_method

    plan = load_method().sample
    if affected is not None and affected > workers:
        raise click.BadParameter(f"{affected} of {workers} cannot be affected.", param_hint="--affected")
    share = confidence / 100
    found = [detection(affected, workers, share)] if affected else [one for _, one in by_share(plan.affected, workers)]
    least = min(plan.minimum(inherent), workers)
    if as_json:
        rows = [asdict(one) for one in found]
        click.echo(json.dumps({"workers": workers, "minimum": least, "confidence": share, "to_detect": rows}))
        return
    for one in found:
        click.echo(
            f"Interview {one.interviews} of {workers}, drawn at random from a list: at least one of {one.affected} "
            f"affected is among them with a probability of {100 * one.chance:.1f} %."
        )
    click.echo(f"The method asks for at least {least} valid interviews at a site of this size.")
    click.echo("Workers who came forward or were chosen by the employer do not make a random sample.", err=True)
