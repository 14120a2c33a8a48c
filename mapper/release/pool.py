"""Pooling over suppliers, by corridor or recruiter: when a figure about several suppliers tells about none of them."""

from collections.abc import Collection, Mapping

from mapper.release.groups import Members
from mapper.release.rule import Rule


def obstacle(parts: Mapping[str, Members], visible: Collection[str], rule: Rule) -> str:
    """Why these parts (supplier → its workers) must not be shown together; empty: they may.

    `visible` are the suppliers whose part is shown by itself: what is left when all of them are subtracted must be
    nobody or enough workers.
    """
    sizes = {supplier: len(members) for supplier, members in parts.items() if members}
    whole = sum(sizes.values())
    if len(sizes) < rule.pool_suppliers:
        return f"{len(sizes)} suppliers; {rule.pool_suppliers} are needed"
    if whole < rule.least:
        return f"{whole} workers; {rule.least} are needed"
    if max(sizes.values()) > rule.pool_largest * whole:
        return "one supplier has more than half of the workers"
    rest = sum(size for supplier, size in sizes.items() if supplier not in visible)
    if 0 < rest < rule.least:
        return f"{rest} workers would be left after subtracting the suppliers that are shown"
    return ""


def pooled(parts: Mapping[str, Members], visible: Collection[str], rule: Rule) -> Members | None:
    """The workers of all parts as one group that may be shown; None where it may not."""
    return None if obstacle(parts, visible, rule) else frozenset().union(*parts.values())
