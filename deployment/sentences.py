"""What can be wrong with a row of a list about officers, and how to mend it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "left": (
        _("This officer left the service on %(day)s."),
        _("Take the row out, or have HR enter the return to service first."),
    ),
    "no-record": (_("Nobody on record has this number."), _("Check the number.")),
    "not-posted": (_("On record and in service, but posted nowhere on this day."), _("Look into the officer's file.")),
    "lower-rank": (_("The rank is lower than the one on record."), _("Check the row against the paper.")),
    "civilian": (
        _("A civilian member has no rank and no service of the police, and fills no police post."),
        _("Empty the cell, or correct the number."),
    ),
    "not-civilian": (_("The record says that this is a police officer."), _("Correct the rank or the number.")),
    "not-in-area": (
        _("No officer of your area has this service number."),
        _("Check the number; HR headquarters can import officers of other areas."),
    ),
    "outside-area": (_("%(unit)s is outside the area of this list."), _("Take the row out, or correct the unit.")),
    "too-young": (_("Enlisted less than 16 years after birth (%(born)s)."), _("Correct one of the two dates.")),
    "before-enlisted": (_("This is before enlistment (%(enlisted)s)."), _("Correct one of the two dates.")),
    "held-by-another": (
        _("Another officer's record has this number."),
        _("Check it against the document; if the other record is wrong, mend that one first."),
    ),
    "older": (
        _("The record has a later entry, of %(day)s, than the day of this list."),
        _("Take the row out, or upload a list of a later day."),
    ),
    "edited": (
        _("This was changed on record on %(day)s, after the day of this list."),
        _("Take the cell out, or upload a list of a later day."),
    ),
    "overlaps": (_("An earlier entry on record ends only on %(day)s."), _("Correct the date.")),
    "before-standing": (
        _("The officer's present entry began later, on %(day)s."),
        _("Correct the date; if the record is wrong, mend that first."),
    ),
    "after-duty": (
        _("On record another duty began at this unit on %(day)s, so the officer was there by then."),
        _("Correct the date; if the record is wrong, mend that first."),
    ),
    "no-transfer": (
        _("On record the officer last served at %(unit)s, until %(day)s, and no transfer leads elsewhere."),
        _("Have the posting there recorded again, or take the row out; a move is put forward under Transfers."),
    ),
    "later-end": (
        _("The record says that the present entry ends on %(day)s."),
        _("Take the row out, or have the record mended first."),
    ),
    "no-officer": (_("No officer in your area has this service number."), _("Import the officer by the roll first.")),
    "same-on-record": (_("The record has another entry that overlaps this one (%(day)s)."), _("Correct the dates.")),
    "ends-before-start": (_("The end is before the beginning."), _("Correct one of the two dates.")),
    "level": (_("This skill has levels 1 to %(most)s."), _("Correct the level.")),
    "no-start": (
        _("The beginning is not given, and neither an earlier posting nor the enlistment bounds it."),
        _("Fill in the date."),
    ),
}
