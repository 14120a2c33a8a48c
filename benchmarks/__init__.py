"""Measurements against the budgets. `python -m benchmarks [name …]`; each compares two things within one run, since
machines differ and drift, and says where a budget is missed."""
