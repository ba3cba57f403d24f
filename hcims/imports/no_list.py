"""Files that were read and hold no list: what is missing, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hcims.imports.kinds import ImportKind
from hcims.imports.reader import Sheet
from hcims.imports.refused import FileRefused


def no_headings(sheets: Sequence[Sheet], kind: ImportKind) -> FileRefused:
    """This function will say why no row of headings was found in any sheet."""
    if not any(sheet.rows for sheet in sheets):
        return FileRefused(
            "empty", _("There is nothing in the file's visible sheets."), _("Unhide the list and save it.")
        )
    if hidden := [sheet.name for sheet in sheets if sheet.hidden]:
        return FileRefused(
            "headings",
            _("No row of headings was found in the visible sheets. Hidden sheets are not read: %s.")
            % ", ".join(hidden),
            _("If the list stands there, unhide it, save the file and upload it again."),
        )
    names = ", ".join(str(column.label) for column in kind.columns if column.required or column.needed_when_new)
    return FileRefused(
        "headings",
        _("No row of headings was found in the first 60 rows."),
        _("Put headings above the columns, such as: %s. The template has them all.") % names,
    )


def no_rows(row: int) -> FileRefused:
    """This function will refuse headings, in that row, under which no row of the list stands."""
    return FileRefused(
        "rows",
        _("Under the headings in row %d there is no row.") % row,
        _(
            "Put the rows of the list below the headings, without lines of another kind in between, and upload it again."
        ),
    )


def no_such_sheet(wanted: str, names: Sequence[str]) -> FileRefused:
    """This function will refuse the name of a sheet on which there is no list."""
    return FileRefused(
        "sheet", _("There is no list on a sheet “%s”.") % wanted, _("Choose one of these: %s.") % ", ".join(names)
    )
