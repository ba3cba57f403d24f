"""What can be wrong with a row of an institution's sheet, and how to mend it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "mark": (
        _("“%(value)s” does not say whether somebody was there."),
        _("Write P or A. Signs that are used both ways, such as X and /, are not guessed at."),
    ),
    "result": (_("“%(value)s” is not a result."), _("Write passed or failed.")),
    "no-trainee": (
        _("No trainee of this institution has this service number."),
        _("Check the number; a trainee is called, or put on the list, on the cohort's page first."),
    ),
    "no-cohort": (
        _("This officer is not a trainee of “%(value)s” here."),
        _("Write the title of the cohort as its page has it."),
    ),
    "which-cohort": (
        _("This officer is a trainee of several cohorts: %(codes)s."),
        _("Add a column “Cohort” with the title of the one that is meant."),
    ),
    "no-meeting": (
        _("The cohort has no meeting “%(value)s”."),
        _("Correct the day or number, or add the meeting on the cohort's page and upload the sheet again."),
    ),
    "two-meetings": (
        _("The cohort has more than one meeting on %(value)s."),
        _("Write the numbers of the meetings instead of the day."),
    ),
    "heading": (
        _("The heading “%(value)s” can be read as two days on which the cohort met."),
        _("Write it as 2026-06-30."),
    ),
    "no-mark": (_("The row names nobody's attendance."), _("Fill in P or A under at least one meeting.")),
    "not-yet": (_("The meeting of %(value)s is after the day of this sheet."), _("Correct the date of the sheet.")),
    "not-joined": (
        _("The record says that this trainee did not join."),
        _("Record on the cohort's page that he or she joined, then upload the sheet again."),
    ),
    "certified": (
        _("A certificate rests on what stands on record."),
        _("Have the certificate withdrawn first, with its reason."),
    ),
    "same-meeting": (_("The sheet says it twice: “%(value)s” stands in row %(row)s too."), _("Keep one of the two.")),
    "mark-and-result": (
        _("The mark %(value)s and the result do not agree: the pass mark is %(most)s."),
        _("Correct one of the two."),
    ),
    "no-result": (_("The row has neither a result nor a mark."), _("Fill in one of the two.")),
    "no-pass-mark": (
        _("The course has no pass mark: a mark alone does not say whether it was passed."),
        _("Fill in the result as well."),
    ),
    "attendance": (
        _("Attendance was %(value)s of 100; this course asks for %(most)s."),
        _("Enter it as failed, or have the attendance mended first."),
    ),
    "own": (_("This is your own result."), _("Take the row out; another person enters it.")),
    "no-mark-given": (
        _("The course has a pass mark of %(most)s, and the row has no mark."),
        _("Fill in the mark."),
    ),
    "no-paper": (
        _("On record stands another result (%(value)s)."),
        _("Name the paper by which it is changed in a column “Paper”."),
    ),
    "not-running": (
        _("The cohort is %(value)s: it takes no results."),
        _("Start it on the cohort's page first."),
    ),
}
