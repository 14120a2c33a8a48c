"""Enketo as an oracle: what it answers is kept in fixtures, so that tests need neither Node nor a network."""
