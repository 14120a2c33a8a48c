"""Results of a programme: what was promised, what was reached, how well that is known."""
