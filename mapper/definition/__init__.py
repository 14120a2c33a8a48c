"""What a survey is: read from YAML or a workbook, checked, frozen, given a version."""
