"""Compiles a questionnaire into its one HTML document per version and language, and reads back what its form posts."""
