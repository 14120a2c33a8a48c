"""Rows and transactions. Every table is known once any part of the store is."""

from mapper.store import tables, tables_care

__all__ = ["tables", "tables_care"]
