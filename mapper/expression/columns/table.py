"""What an indicator is computed from: `Columns`, the answers of many respondents, question by question.

Whoever has answers builds this (`Table` is a ready-made one); the rule then asks for the questions that it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns.values import Bools, Choices, Mask, Numbers, Texts


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a repeat, of all respondents, one below the other.

    `respondent[i]` is the number (0-based) of the respondent to whom row i belongs, **ascending**; rows of one
    respondent stand in the order asked. Rows of a repeat within a repeat belong to the respondent too. `unknown` has
    one entry per respondent: it is not known which rows there would be (the repeat was not reached, or its gate is
    unknown). A respondent who was rightly not asked simply has no rows.
    """

    respondent: NDArray[np.intp]
    respondents: int
    unknown: Mask = None


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The answers to one question.

    `value` has one entry per respondent or, for a question inside a repeat, one per row of `rows`. `missing` says for
    `refused`, `dont_know` and `not_reached` which entries are unknown for that reason (all of them masked as unknown
    in `value` as well); it is needed only by indicators with `counts_as`, and a kind that never occurs may be left out.
    Of a money question `${fee}` the amount is the column `fee`, `fee_currency` and `fee_period` are texts.
    """

    value: Numbers | Texts | Choices
    rows: Rows | None = None
    missing: Mapping[str, Bools] = field(default_factory=dict)


class Columns(Protocol):
    """The answers of a number of respondents."""

    @property
    def respondents(self) -> int:
        """How many there are: the length of every column that is not inside a repeat."""

    def column(self, name: str) -> Column | Rows | None:
        """The answers to a question, or the rows of a repeat; None for a name that this definition does not have:
        unknown for everybody."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns held in a mapping, by the name of the question or repeat."""

    respondents: int
    columns: Mapping[str, Column | Rows]

    def column(self, name: str) -> Column | Rows | None:
        return self.columns.get(name)
