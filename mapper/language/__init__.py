"""Languages: catalogues, gender variants, review state, direction, numbers, dates and money."""
