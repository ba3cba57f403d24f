"""Where the roll and the record disagree about an officer's unit: the list, one of them, and what is done about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deployment.actions import discrepancies as actions
from deployment.forms.discrepancies import OnPaperForm, RollWrongForm
from deployment.queries import discrepancies
from deployment.tables import DiscrepancyTable
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.ui.form_pages import form_page
from hcims.ui.tables import listed


@opens_to(Permission.RECORD_POSTINGS)
def discrepancy_list(request: HttpRequest) -> HttpResponse:
    table = DiscrepancyTable(discrepancies.to_resolve(request.user, on=request.today))
    return render(request, "deployment/discrepancies.html", {"table": listed(request, table)})


@opens_to(Permission.RECORD_POSTINGS)
def discrepancy(request: HttpRequest, ref: str) -> HttpResponse:
    found = discrepancies.access_discrepancy(request.user, ref, on=request.today)
    return render(
        request,
        "deployment/discrepancy.html",
        {
            "found": found,
            "order": discrepancies.open_order_of(found) if found.state == "open" else None,
            "pen": type(found).PENS[found.state],
            "crumbs": [(_("Differences from the roll"), reverse("deployment:discrepancies"))],
        },
    )


DEEDS: dict[str, Any] = {
    "roll-wrong": (RollWrongForm, actions.say_roll_is_wrong, gettext_lazy("The roll is wrong")),
    "on-paper": (OnPaperForm, actions.correct_on_paper, gettext_lazy("Correct the posting on paper")),
}


@opens_to(Permission.RECORD_POSTINGS)
def resolve_discrepancy(request: HttpRequest, ref: str, deed: str) -> HttpResponse:
    found = discrepancies.access_discrepancy(request.user, ref, on=request.today)
    if deed not in DEEDS:
        raise NotFound(deed)
    form_class, act, title = DEEDS[deed]
    initial = {"starts_on": found.since} if deed == "on-paper" and found.since else {}
    return form_page(
        request,
        form_class(request.POST or None, initial=initial),
        lambda form: act(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=str(title),
        lead=_("%(officer)s: on record at %(record)s, on the roll at %(roll)s")
        % {"officer": found.officer, "record": found.posting.unit, "roll": found.unit},
        submit=str(title),
        back=reverse("deployment:discrepancy", args=[ref]),
        said=_("The difference is resolved."),
        follow=reverse("deployment:discrepancies"),
    )
