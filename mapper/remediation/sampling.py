"""Who is asked again whether the money came: drawn by the program in strata, so that nobody chooses."""

from collections.abc import Mapping, Sequence
from random import Random


def allocate(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """How many of each stratum: one of each as far as `wanted` reaches, then always one more where most is lacking to
    the stratum's share. Never more than a stratum holds."""
    total = sum(sizes.values())
    wanted = min(wanted, total)
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    drawn = dict.fromkeys(order, 0)
    for name in order[:wanted]:
        drawn[name] = 1
    for _ in range(wanted - sum(drawn.values())):
        with_more = (name for name in order if drawn[name] < sizes[name])
        drawn[max(with_more, key=lambda name: wanted * sizes[name] / total - drawn[name])] += 1
    return drawn


def draw(strata: Mapping[str, Sequence[str]], wanted: int, seed: str) -> set[str]:
    """The names drawn: the same for the same names, number and seed, whatever order they came in."""
    chance = Random(seed)  # noqa: S311  anybody who has the seed can draw again and find the same
    counts = allocate({name: len(members) for name, members in strata.items()}, wanted)
    return {each for name in sorted(strata) for each in chance.sample(sorted(strata[name]), counts[name])}
