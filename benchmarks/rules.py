"""A questionnaire rule in Python against the same rule written by hand as a closure."""

from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.figure import Figure, ratio
from mapper.expression.evaluate import SimpleContext, compile_rule, to_boolean
from mapper.expression.nodes import walk
from mapper.expression.parse import parse

RULE = "${paid} = 'yes' and ${amount} > 1000 or selected(${items}, 'passport') and not(${receipt} = 'no')"
ANSWERS = {"paid": "yes", "amount": "900", "items": "visa passport", "receipt": "yes"}


def by_hand(answers: dict[str, str]) -> bool:
    amount = answers["amount"]
    return (answers["paid"] == "yes" and amount != "" and float(amount) > 1000) or (
        "passport" in answers["items"].split(" ") and answers["receipt"] != "no"
    )


def measure() -> Iterator[Figure]:
    tree = parse(RULE)
    compiled, context = compile_rule(tree), SimpleContext(ANSWERS, now=datetime(2026, 11, 22, tzinfo=UTC))
    assert to_boolean(compiled(context)) == by_hand(ANSWERS)
    ours, theirs, times = ratio(lambda: compiled(context), lambda: by_hand(ANSWERS), number=20_000)
    nodes = sum(1 for _ in walk(tree))
    yield Figure("one rule, per node", ours / nodes * 1e6, "µs", 1.0, note=f"{nodes} nodes, {ours * 1e6:.2f} µs in all")
    yield Figure("one rule, against a closure by hand", times, "×", note=f"by hand {theirs * 1e6:.2f} µs")
