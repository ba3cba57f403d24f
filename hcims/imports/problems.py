"""What can be wrong with a cell or a row: a code in the stage, a sentence with its remedy where it is read.

A problem is stored as [column, code, {parameters}], never as a sentence: so it is told in the reader's language, and
holds no value of an encrypted column.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

Problem = tuple[str, str, dict[str, Any]]  # column ("" for the whole row), code, parameters


class CellProblem(Exception):
    """A cell that cannot be read as its column."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters


# code: (what is wrong, how to mend it)
SENTENCES: dict[str, tuple[Any, Any]] = {
    "missing": (_("This cell is empty."), _("Fill it in.")),
    "error": (_("The cell shows the error %(error)s."), _("Mend the formula, or type the value in its place.")),
    "formula": (
        _("The cell holds a formula whose result was not saved."),
        _("Open the file in Excel and save it, or paste the column as values."),
    ),
    "too-long": (_("The text is longer than %(limit)s characters."), _("Shorten it.")),
    "one-name": (
        _("There is one name only, or a comma without a name beside it."),
        _("Write surname and other names, in the order of the other rows."),
    ),
    "letters": (
        _("The text holds letters of another alphabet (%(letters)s)."),
        _("Type it again in Latin letters."),
    ),
    "shortened": (
        _("Excel has shortened this number; its last digits are lost."),
        _("Format the column as text and type the number again."),
    ),
    "number": (_("“%(value)s” is not a whole number."), _("Type digits only.")),
    "date": (_("“%(value)s” is not a date."), _("Write it as 2019-06-30 or 30/06/2019.")),
    "no-such-day": (_("There is no such day as %(value)s."), _("Correct the date.")),
    "century": (
        _("The year in “%(value)s” has two digits, and both centuries are possible."),
        _("Write the year with four digits."),
    ),
    "date-order": (
        _("“%(value)s” can be read as day-month or month-day."),
        _("Answer the question about this column, or write the date as 2019-06-30."),
    ),
    "too-early": (_("%(value)s is too early for this column."), _("Correct the date.")),
    "too-late": (_("%(value)s is after the date of the list."), _("Correct the date, or the date of the list.")),
    "unknown": (_("“%(value)s” is not known here."), _("Use a code or name from the template's list.")),
    "several": (_("“%(value)s” is the name of several: %(codes)s."), _("Write the code instead of the name.")),
    "maybe": (_("“%(value)s” is not known here. Did you mean %(other)s?"), _("Write it as the template's list does.")),
    "shape": (_("This is not written as it should be: %(shape)s."), _("Correct it.")),
    "look-alike": (
        _("“%(value)s” has a letter among its digits."),
        _("Write %(other)s if that is what is meant (zero for O, one for l)."),
    ),
    "twice": (_("Row %(row)s has the same %(what)s."), _("Keep one of the two rows, or correct the number.")),
}


def tell(problem: Problem | list[Any], sentences: dict[str, tuple[Any, Any]] | None = None) -> tuple[str, str]:
    """What is wrong and how to mend it, in the reader's language."""
    _column, code, parameters = problem
    found = (sentences or {}).get(code) or SENTENCES.get(code)
    if found is None:
        return code, ""
    return str(found[0]) % parameters, str(found[1]) % parameters
