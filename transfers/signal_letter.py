"""The signal as a letter: the moves of one command under one number, for the notice board and the file. It gives no reasons."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override

from hcims.letters.blocks import Draft, facts, paragraph, table
from hcims.letters.kinds import LetterKind
from organisation.models import Unit
from transfers.models import TransferOrder

SIGNAL = LetterKind("transfer-signal", _l("Signal: postings of a command"), series="transfer-signal")
DUTY = 4  # which of the columns
LANGUAGE = "en"  # signals of the service go out in English


def draft(command: Unit, orders: Sequence[TransferOrder], *, ref: str, signed: Sequence[str] = ()) -> Draft:
    """The signal of a command; `order` of each and what it names are at hand. `signed`: who issues it, and from where."""
    with override(LANGUAGE):
        duties = {str(each.order.duty) for each in orders}
        told = [(_("Command"), command.name), (_("Moves"), len(orders))]
        # A duty that all of them have is said once: the names of stations need the room.
        told += [(_("Duty"), duties.pop())] if (is_one := len(duties) == 1) else []
        heads, rows = columns(), [cells(each) for each in orders]
        if is_one:
            heads, rows = heads[:DUTY] + heads[DUTY + 1 :], [row[:DUTY] + row[DUTY + 1 :] for row in rows]
        return Draft(
            title=_("Signal: postings"),
            blocks=[
                paragraph(
                    _(
                        "The officers below are posted by the orders named. Each posting begins on arrival; the order itself "
                        "goes to the officer and to both commanders."
                    )
                ),
                facts(told),
                table(
                    [_("No."), *heads],
                    [[number, *row] for number, row in enumerate(rows, 1)],
                    numbers=[0],
                    unbroken=[1, len(heads)],
                ),
            ],
            to=[_("All commanders of %(command)s") % {"command": command.name}],
            signed=list(signed),
            about=ref,
            language=LANGUAGE,
        )


def columns() -> list[str]:
    """The heads of the table, on paper and on the page that shows it before it goes out."""
    return [_("Order"), _("Officer"), _("From"), _("To"), _("Duty"), _("Report by")]


def cells(transfer: TransferOrder) -> list[str]:
    """One move as a line. No reason stands in it: who was moved for safety reads like anybody else."""
    order = transfer.order
    who = f"{order.officer.rank.code if order.officer.rank else ''} {order.officer.service_number}".strip()
    return [
        order.number,
        f"{who} {order.officer.full_name}",
        order.from_unit.name if order.from_unit else "–",
        order.to_unit.name,
        str(order.duty),
        date_format(order.report_by, "j M Y"),
    ]
