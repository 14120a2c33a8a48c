"""What is owed to workers, and how it is given back: repayment with a trace of every figure, cases, verification."""
