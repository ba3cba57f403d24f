"""A supporter's own pages, signed in: the phones, the contacts as they were counted, a tally from paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from counselling.actions import contacts, phones
from counselling.forms.own import TallyForm, month_name
from counselling.queries import contacts as queries
from counselling.templatetags.phone import in_language
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import RuleBroken
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of

SUPPORTERS = opens_to(Permission.LOG_CONTACTS)


@never_cache
@SUPPORTERS
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: Any) -> HttpResponse:
    """The supporter's phones. A POST by the page's script enrols the phone in the hand and is given its secret once."""
    if request.method == "POST":
        before = request.POST.get("instead_of", "")
        device, secret = phones.enrol_phone(by=request.user, on=request.today, instead_of=before)
        return JsonResponse({"ref": device.ref, "secret": secret})
    context = {
        "devices": [
            (each, month_name(each.enrolled_month), month_name(each.ended_month) if each.ended_month else None)
            for each in queries.devices_of(request.user)
        ],
        "county_of": queries.county_of(request.user, on=request.today),
        "counties": queries.counties(),
        "tries": queries.pin_tries(on=request.today),
    }
    return render(request, "counselling/enrol.html", context)


@never_cache
@SUPPORTERS
@require_POST
def end_phone(request: Any, ref: str) -> HttpResponse:
    """A lost or former phone: nothing more is taken from it."""
    phones.end_phone(ref=ref, by=request.user, on=request.today)
    notices.done(request, _("Nothing more is taken from that phone."))
    return redirect(_here(request, "counselling:enrol"))


@never_cache
@SUPPORTERS
@require_safe
def mine(request: Any) -> HttpResponse:
    """One's own contacts by month. Nobody else sees this page, whatever the rank."""
    months = queries.own_contacts(request.user, on=request.today, at=request.now)
    refused = [(month_name(month), count) for month, count in queries.refused_lately(request.user, on=request.today)]
    context = {"months": [(month_name(each.month), each) for each in months], "refused": refused}
    return render(request, "counselling/mine.html", context)


@never_cache
@SUPPORTERS
@require_POST
def strike_out(request: Any, key: int) -> HttpResponse:
    """Take one's own contact out while its month is open."""
    try:
        contacts.strike_out(key=key, by=request.user, at=request.now, on=request.today)
        notices.done(request, _("Struck out: it is not counted and nowhere kept."))
    except RuleBroken as refusal:
        notices.refuse(request, refusal.message)
    return redirect(_here(request, "counselling:mine"))


@never_cache
@SUPPORTERS
@require_http_methods(["GET", "HEAD", "POST"])
def tally(request: Any) -> HttpResponse:
    """A monthly tally that was kept on paper."""
    months = [(month, month_name(month)) for month in queries.months_open(on=request.today)]
    county = queries.county_of(request.user, on=request.today)
    form = TallyForm(request.POST or None, months=months, county=county)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            count = contacts.enter_tally(
                month=form.cleaned_data["month"],
                county=form.cleaned_data["county"],
                lines=form.counted(),
                by=request.user,
                on=request.today,
            )
            said = ngettext("%(count)d contact entered.", "%(count)d contacts entered.", count)
            notices.done(request, said % {"count": count})
            return redirect(_here(request, "counselling:mine"))
    return render(request, "counselling/tally.html", {"form": form, "months": months}, status=status_of(form))


def _here(request: HttpRequest, name: str) -> str:
    """The address of a page, in the language of the one that was left."""
    return in_language({"request": request}, reverse(name))
