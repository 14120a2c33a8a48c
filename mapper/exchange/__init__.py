"""Foreign formats: XLSForm workbooks come in as ordinary definitions."""
