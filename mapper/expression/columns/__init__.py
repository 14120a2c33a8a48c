"""The statistical meaning of a rule: three-valued, for many respondents at once (see `docs/indicators.md`).

    truth = columns.evaluate(indicator.rule.tree, table, indicator.counts_as)   # .certain, .possible, .unknown
    truth.as_boolean()                                                          # pandas "boolean", <NA> = unknown

`evaluate` gives the statement of an indicator as a `Truth`; `value_of` gives whatever the rule denotes (numbers,
texts); `evaluate_one` answers for a single respondent. `table` says in what shape the answers come in.
"""

from mapper.expression.columns.evaluate import evaluate, value_of
from mapper.expression.columns.functions import MEANINGLESS
from mapper.expression.columns.one import evaluate_one, table_of_one
from mapper.expression.columns.table import Column, Columns, Rows, Table
from mapper.expression.columns.values import Choices, Numbers, Texts, Truth, Value

__all__ = [
    "MEANINGLESS",
    "Choices",
    "Column",
    "Columns",
    "Numbers",
    "Rows",
    "Table",
    "Texts",
    "Truth",
    "Value",
    "evaluate",
    "evaluate_one",
    "table_of_one",
    "value_of",
]
