"""The printed sheet of slips: codes to cut apart, put into a hat and draw. It is printed once and not kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hcims.letters import blocks
from hcims.letters.kinds import LetterKind

SLIPS = LetterKind(
    "training-slips", gettext_lazy("Sheet of slips for an anonymous question"), series="training-slips", kept=False
)
ACROSS = 3


def draft(cohort: Any, asked: Any, codes: Sequence[str], *, last_on: date) -> blocks.Draft:
    """The sheet: what to do with it, then the codes in threes."""
    shown = [blocks.in_fours(code) for code in codes]
    rows = [shown[start : start + ACROSS] for start in range(0, len(shown), ACROSS)]
    rows = [[*row, *[""] * (ACROSS - len(row))] for row in rows]
    days = {"day": date_format(last_on, "j F Y")}
    return blocks.Draft(
        title=_("Slips: %(asked)s") % {"asked": asked},
        blocks=[
            blocks.facts([(_("Course"), cohort.version.course), (_("Cohort"), cohort.title), (_("Held by"), cohort.unit)]),
            blocks.items(
                [
                    _("Cut the codes apart, fold them, and let each trainee draw one from a hat. Write no name beside any."),
                    _("The trainee opens %(url)s on his or her own phone, without signing in, and enters the code.")
                    % {"url": f"{settings.PUBLIC_URL}/training/say/"},
                    _("Answers are taken until %(day)s. A code works once. Nobody has to answer.") % days,
                    _("Nothing is shown from fewer than ten answers, and nothing before the last day is over."),
                    _("Destroy what is left over."),
                ]
            ),
            blocks.table([_("Code")] * ACROSS, rows),
        ],
    )  # fmt: skip
