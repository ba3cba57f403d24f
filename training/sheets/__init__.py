"""An institution's own sheets, attendance and results, as lists of the staged import: looked at, confirmed, undone."""
