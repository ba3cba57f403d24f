"""The nominal roll: one row an officer, with rank, unit and post, as a service's HR keeps it in a workbook."""
