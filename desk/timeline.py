"""Service history as moments in time: ranks, postings, absences, exit. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.ui.parts import Moment


def day(value: Any) -> str:
    return date_format(value, "j M Y")


def service_history(officer: Any, ranks: Iterable[Any], postings: Iterable[Any]) -> list[Moment]:
    """The moments of a service, the latest first."""
    moments = [_rank(each) for each in ranks] + [_posting(each) for each in postings]
    if officer.enlisted_on:
        moments.append(Moment(officer.enlisted_on, _("Enlisted"), "", ""))
    if officer.exited_on:
        moments.append(Moment(officer.exited_on, _(officer.get_exit_reason_display()), "", officer.exit_authority))
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _rank(step: Any) -> Moment:
    what = _("Rank: %(rank)s") % {"rank": step.rank}
    note = step.authority if step.start_known else " · ".join(filter(None, [_("start not known"), step.authority]))
    return Moment(step.starts_on, what, "", note)


def _posting(posting: Any) -> Moment:
    kind = "" if posting.kind == "substantive" else f"{_(posting.get_kind_display())}: "
    what = f"{kind}{posting.unit.name}, {posting.duty}"
    notes = [
        _("until %(day)s") % {"day": day(posting.ends_on)} if posting.ends_on else "",
        "" if posting.start_known else _("start not known"),
        posting.order_reference,
    ]
    return Moment(posting.starts_on, what, "", " · ".join(filter(None, notes)))
