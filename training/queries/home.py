"""The first page of training: what waits for the reader, and where to go from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.permissions import Permission as P
from hcims.imports import queries as imports
from hcims.imports.kinds import all_kinds
from hcims.ui.navigation import url_of
from training.queries import integration, nominations, to_confirm, versions, waits


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the reader; `days` is the age of the oldest, where that is known."""

    title: str
    count: int
    url: str
    why: str
    days: int | None = None


@dataclass(frozen=True)
class Place:
    """A page of training, for whom it is, and what is done there."""

    url_name: str
    title: str | Promise
    words: str | Promise
    permissions: frozenset[P] = field(default_factory=frozenset)


SEES = frozenset({P.SEE_TRAINING, P.RUN_TRAINING})
WORKERS = (
    P.RUN_TRAINING,
    P.COMMAND_TRAINING,
    P.NOMINATE_TRAINEES,
    P.DRAFT_CURRICULA,
    P.APPROVE_CURRICULA,
    P.LEAD_ROLLOUT,
)
CHOOSES = SEES | {P.NOMINATE_TRAINEES}
PLACES = [
    Place("training:institutions", _l("Institutions"), _l("Places, rooms, instructors, calendars, what each gives"), CHOOSES),
    Place("training:courses", _l("Courses"), _l("Units and hours, who may enter, what passing gives"), CHOOSES),
    Place("training:curricula", _l("Curricula and orders"), _l("Programmes, their parts, and who is bound to teach them"), SEES),
    Place("training:cohorts", _l("Cohorts"), _l("Who is taught where, from when to when"), SEES),
    Place("sheets:imports", _l("Sheets"), _l("Upload the register or the results of a term, as you keep them"),
          frozenset({P.RUN_TRAINING})),
    Place("training:nominations", _l("Nominations"), _l("Put officers of the area forward for a course"),
          frozenset({P.NOMINATE_TRAINEES, P.NOMINATE_ON_PAPER})),
    Place("training:needs", _l("Needs"), _l("Skills that are short, and the seats that would mend it"), SEES),
    Place("training:matrix", _l("Muamko Mpya in every course"), _l("What is taught where, and who lags"), SEES),
    Place("training:surveys", _l("Surveys"), _l("What cohorts are asked before and after, without names"),
          frozenset({P.DRAFT_CURRICULA, P.APPROVE_CURRICULA})),
    Place("training:cover", _l("Trained officers"), _l("Wards with somebody trained, and whom to call next"), SEES),
    Place("training:reports", _l("Reports"), _l("Figures by term, for the ministry"), SEES),
    Place("training:mine", _l("My training"), _l("Courses I may ask for, and my certificates")),
]  # fmt: skip


def places_for(user: Any, *, on: date) -> list[tuple[Place, str]]:
    """The pages that exist and that the user may open, each with its address."""
    found = [(each, url_of(each.url_name)) for each in PLACES]
    held = {right for each in PLACES for right in each.permissions if user.can(right, on=on)}
    return [(each, url) for each, url in found if url and (not each.permissions or each.permissions & held)]


def waiting_for(user: Any, *, on: date, at: datetime) -> list[Waiting]:
    """What waits for the user, those things only of which there is something."""
    return [each for find in FINDERS for each in find(user, on, at) if each.count and each.url]


def _oldest(rows: QuerySet[Any], at: datetime) -> int | None:
    first = rows.exclude(drafted_at=None).order_by("drafted_at").values_list("drafted_at", flat=True).first()
    return (at - first).days if first else None


def _to_approve(user: Any, on: date, at: datetime) -> Iterator[Waiting]:
    curricula, courses = versions.to_approve(user, on=on)
    why = _("drafted by somebody else; your word is the second")
    yield Waiting(_("Versions of curricula to approve"), curricula.count(), _at("training:curricula", "submitted"), why,
                  _oldest(curricula, at))  # fmt: skip
    yield Waiting(_("Versions of courses to approve"), courses.count(), _at("training:courses", "submitted"), why,
                  _oldest(courses, at))  # fmt: skip


def _in_draft(user: Any, on: date, at: datetime) -> Iterator[Waiting]:
    curricula, courses = versions.in_draft(user, on=on)
    why = _("begun and not yet submitted")
    yield Waiting(_("Drafts of curricula"), curricula.count(), _at("training:curricula", "draft"), why)
    yield Waiting(_("Drafts of courses"), courses.count(), _at("training:courses", "draft"), why)


def _sheets(user: Any, on: date, at: datetime) -> Iterator[Waiting]:
    rows = imports.waiting_for_uploader(user).filter(
        kind__in=[each.code for each in all_kinds() if each.permission == P.RUN_TRAINING]
    )
    first = rows.order_by("uploaded_at").values_list("uploaded_at", flat=True).first()
    url = url_of("sheets:imports")
    yield Waiting(_("Sheets I uploaded that wait for me"), rows.count(), f"{url}?show=mine" if url else "",
                  _("to be answered, or looked at and confirmed"), (at - first).days if first else None)  # fmt: skip


def _of_the_matrix(user: Any, on: date, at: datetime) -> Iterator[Waiting]:
    rows = to_confirm.unconfirmed(user, on=on)
    first = rows.order_by("marked_at").values_list("marked_at", flat=True).first()
    yield Waiting(_("Parts of Muamko Mpya to confirm"), rows.count(), _at("training:matrix", integration.OPEN),
                  _("marked as taught by your training officer"), (at - first).days if first else None)  # fmt: skip
    yield Waiting(_("Courses in arrears without your reason"), to_confirm.without_reason(user, on=on),
                  url_of("training:arrears"), _("say why, what you need and until when"))  # fmt: skip
    surveys = to_confirm.surveys(user, on=on)
    since = surveys.order_by("submitted_on").values_list("submitted_on", flat=True).first()
    yield Waiting(_("Surveys to approve"), surveys.count(), url_of("training:surveys"),
                  _("drafted by somebody else; your word is the second"), (on - since).days if since else None)  # fmt: skip


def _asked(user: Any, on: date, at: datetime) -> Iterator[Waiting]:
    if not user.can(P.NOMINATE_TRAINEES, on=on):
        return
    rows = nominations.requests_waiting(user, on=on)
    first = rows.values_list("put_at", flat=True).first()
    yield Waiting(_("Officers who ask for a course"), rows.count(), url_of("training:nominations"),
                  _("forward the request, or say no with a reason"), (at - first).days if first else None)  # fmt: skip


def _of_cohorts(user: Any, on: date, at: datetime) -> Iterator[Waiting]:
    if not user.can(P.RUN_TRAINING, on=on):
        return
    url = url_of("training:cohorts")
    counts = waits.cohorts_waiting(user, on=on)
    for code, (title, why) in waits.COHORT_WAITS.items():
        yield Waiting(str(title), counts[code], f"{url}?waits={code}" if url else "", str(why))


def _lapsing(user: Any, on: date, at: datetime) -> Iterator[Waiting]:
    if user.can(P.RUN_TRAINING, on=on) and user.can(P.SEE_TRAINING, on=on):
        due = waits.instructors_due(user, on=on)
        yield Waiting(_("Instructors whose certificate has lapsed"), due["lapsed"], _at("training:instructors", "lapsed"),
                      _("they may not teach on it until it is renewed"))  # fmt: skip
        yield Waiting(_("Instructors whose certificate is about to lapse"), due["due"], _at("training:instructors", "due"),
                      _("plan the refresher before it does"))  # fmt: skip
    works = user.can(P.RUN_TRAINING, on=on) or user.can(P.NOMINATE_TRAINEES, on=on)
    if works and user.can(P.SEE_TRAINING, on=on):
        url, count = url_of("training:needs"), waits.officers_lapsing(user, on=on)
        yield Waiting(_("Officers' certificates about to lapse"), count, f"{url}?show=lapsing" if url else "",
                      _("refreshers are due: open seats, or put officers forward"))  # fmt: skip


def _at(name: str, state: str) -> str:
    url = url_of(name)
    return f"{url}?state={state}" if url else ""


# One function an area, in the order of the page.
FINDERS: list[Callable[[Any, date, datetime], Iterator[Waiting]]] = [
    _to_approve, _in_draft, _asked, _of_cohorts, _of_the_matrix, _lapsing, _sheets,
]  # fmt: skip
