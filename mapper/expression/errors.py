"""What is wrong with a rule as it was written."""


class ExpressionError(Exception):
    """A rule that cannot be understood: what is wrong, at which 1-based column of the rule, and what to do."""

    def __init__(self, message: str, column: int, remedy: str) -> None:
        super().__init__(f"Column {column}: {message} {remedy}")
        self.message = message
        self.column = column
        self.remedy = remedy
