"""The mapping summary: finished figures as tables, which pages show and the workbook keeps."""
