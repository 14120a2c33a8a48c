"""The numbers of the rule of disclosure.

Source: the project's rule on disclosure, ten points; a threshold of 10 as in ACRO (Green, Ritchie and Smith 2021),
rounding to 5 as in OpenSAFELY. They stand here and not in a file of settings because they protect people who were
promised protection: a mapping may be stricter, nobody may be laxer.
"""

from dataclasses import dataclass

FLOOR = 10
SUPPLIER_DAYS = range(1, 3651)  # how long a supplier may wait; less than a day would be before the workers are safe
DIMENSIONS = ("gender", "corridor", "age_band")


@dataclass(frozen=True, slots=True)
class Rule:
    """`least`: distinct workers in any published group, and between any two of them; `two_way`: the one table of two
    dimensions, declared before the answers are known. Raises ValueError for a rule laxer than the floor."""

    least: int = FLOOR
    two_way: tuple[str, str] = ("gender", "corridor")
    rounding: int = 5
    months_step: float = 0.5
    pool_suppliers: int = 3
    pool_largest: float = 0.5

    def __post_init__(self) -> None:
        if self.least < FLOOR:
            raise ValueError(
                f"A group of {self.least} is too small: the rule may be raised above {FLOOR}, never lowered."
            )
        if len(set(self.two_way)) != 2 or not set(self.two_way) <= set(DIMENSIONS):
            raise ValueError(
                f"The two-way table takes two of {', '.join(DIMENSIONS)}, not {' and '.join(self.two_way)}."
            )

    @property
    def breakdown_from(self) -> int:
        """So many interviews allow breakdowns: with fewer, no group could leave another of the least size."""
        return 2 * self.least

    @property
    def sensitive_from(self) -> int:
        """Sensitive questions (violence, harassment, pregnancy) are shown for groups of at least so many."""
        return 2 * self.least
