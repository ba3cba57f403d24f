"""One posting: what it says, its papers, and what may be done to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from deployment import actions
from deployment.forms import AbsenceForm, DutyForm, EndForm, PostingForm, ReturnForm, VoidForm
from deployment.queries import ledger
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.ui import parts
from hcims.ui.form_pages import form_page


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "on": request.today, "at": request.now}


@opens_to(Permission.SEE_POSTINGS)
def posting(request: HttpRequest, ref: str) -> HttpResponse:
    on = request.today
    found = ledger.access_posting(request.user, ref, Permission.SEE_POSTINGS, on=on)
    returns = ledger.returns_of(found)
    return render(
        request,
        "deployment/posting.html",
        {
            "posting": found,
            "returns": returns,
            "missing": ledger.returns_missing(found),
            "moments": [_moment(each) for each in ledger.history_of(found)],
            "in_force": found.is_in_force(on) and found.voided_at is None,
            "may_record": request.user.can(Permission.RECORD_POSTINGS, at=found.unit, on=on),
            "may_return": request.user.can(Permission.RECORD_RETURNS, at=found.unit, on=on),
            "crumbs": [(_("Postings"), reverse("deployment:postings"))],
        },
    )


def _moment(row: Any) -> parts.Moment:
    what = {"+": _("Recorded"), "~": _("Changed"), "-": _("Removed")}[row.history_type]
    until = _("in force") if row.ends_on is None else f"{row.ends_on:%d %b %Y}"
    note = f"{row.unit.name}, {row.duty}, {row.starts_on:%d %b %Y} – {until}. {row.history_change_reason or ''}"
    return parts.Moment(at=row.history_date, what=what, by=str(row.history_user or _("system")), note=note)


@opens_to(Permission.RECORD_POSTINGS)
def new_posting(request: HttpRequest) -> HttpResponse:
    form = PostingForm(
        request.POST or None,
        reader=request.user,
        on=request.today,
        initial={"officer": request.GET.get("officer", ""), "unit": request.GET.get("unit", "")},
    )

    def keep(form: PostingForm) -> Any:
        return actions.record_posting(**form.cleaned_data, **_who(request))

    return form_page(
        request,
        form,
        keep,
        title=_("Record a posting"),
        lead=_(
            "For who has arrived and is posted nowhere yet. An officer who moves from one unit to another is transferred."
        ),
        submit=_("Record the posting"),
        back=reverse("deployment:postings"),
        said=_("The posting is recorded; the one before it has ended."),
        follow=lambda made: reverse("deployment:posting", args=[made.ref]),
    )


@opens_to(Permission.RECORD_POSTINGS)
def new_absence(request: HttpRequest) -> HttpResponse:
    form = AbsenceForm(
        request.POST or None, reader=request.user, on=request.today, initial={"officer": request.GET.get("officer", "")}
    )
    return form_page(
        request,
        form,
        lambda form: actions.record_absence(**form.cleaned_data, **_who(request)),
        title=_("Record acting, attachment, course, suspension or leave"),
        lead=_(
            "It stands beside the posting: the post stays filled, and effective strength counts the person as away."
        ),
        submit=_("Record"),
        back=reverse("deployment:postings"),
        said=_("Recorded."),
        follow=lambda made: reverse("deployment:posting", args=[made.ref]),
    )


DEEDS: dict[str, Any] = {
    "end": (EndForm, actions.end_posting, lazy("End this posting"), lazy("The posting has ended.")),
    "void": (
        VoidForm,
        actions.void_posting,
        lazy("Mark as entered in error"),
        lazy("The posting is marked as entered in error; the one that it ended is in force again."),
    ),
    "duty": (
        DutyForm,
        actions.change_duty,
        lazy("Change the duty"),
        lazy("The duty is changed; what was done before stays on record, and tenure goes on."),
    ),
}


@opens_to(Permission.RECORD_POSTINGS)
def change_posting(request: HttpRequest, ref: str, deed: str) -> HttpResponse:
    found = ledger.access_posting(request.user, ref, Permission.RECORD_POSTINGS, on=request.today)
    if deed not in DEEDS:
        raise NotFound(deed)
    form_class, act, title, said = DEEDS[deed]
    return form_page(
        request,
        form_class(request.POST or None),
        lambda form: act(posting=found, **form.cleaned_data, **_who(request)),
        title=str(title),
        lead=f"{found.officer} · {found.unit}",
        submit=str(title),
        back=reverse("deployment:posting", args=[ref]),
        said=str(said),
    )


@opens_to(Permission.RECORD_RETURNS)
def new_return(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    found = ledger.access_posting(request.user, ref, Permission.RECORD_RETURNS, on=request.today)
    if kind not in ("arrival", "departure"):
        raise NotFound(kind)
    title = _("Casualty return on arrival") if kind == "arrival" else _("Casualty return on departure")
    form = ReturnForm(
        request.POST or None, initial={"happened_on": found.starts_on if kind == "arrival" else found.ends_on}
    )
    return form_page(
        request,
        form,
        lambda form: actions.record_return(posting=found, kind=kind, **form.cleaned_data, **_who(request)),
        title=title,
        lead=f"{found.officer} · {found.unit}",
        submit=_("Record the return"),
        back=reverse("deployment:posting", args=[ref]),
        said=_("The return is recorded."),
    )
