"""Instructors: the list where the reader's scope reaches, and one with skills and certificates."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.imports.exports import export_response
from hcims.ui.form_pages import form_page
from hcims.ui.parts import badges_of
from hcims.ui.tables import listed
from training.actions import instructors as actions
from training.forms import institutions as forms
from training.queries import instructors as queries
from training.standing import standing
from training.tables.institutions import InstructorTable


@opens_to(P.SEE_TRAINING)
@require_safe
def instructors(request: Any) -> HttpResponse:
    """Everybody who teaches where the reader's scope reaches."""
    on, user = request.today, request.user
    form = forms.InstructorFilters(request.GET, units=queries.places(user, on=on))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.filtered(queries.instructors_visible_to(user, on=on), asked, on=on).order_by("next_end", "pk")
    if request.GET.get("format"):
        columns = [
            _("Institution"), _("Service number"), _("Rank"), _("Name"), _("Posted to"), _("Since"), _("Paper"),
            _("Skills on record"), _("Certified for"), _("Certificate"), _("Issued on"), _("No longer counts from"),
        ]  # fmt: skip
        return export_response(
            request, "instructors", columns, queries.file_rows(rows), format=request.GET["format"], by=user,
            at=request.now, permission=P.SEE_TRAINING, scope="; ".join(each.text for each in badges_of(form, request.GET)),
        )  # fmt: skip
    table = listed(request, InstructorTable(rows, on=on, due_until=queries.due_until(on)))
    shown = [row.record.officer_id for row in table.paginated_rows]
    table.open_files = queries.files_open_to(user, shown, on=on)
    return render(request, "training/instructors.html", {"table": table, "form": form, "as_of": on})


@opens_to(P.SEE_TRAINING)
@require_safe
def instructor(request: Any, ref: str) -> HttpResponse:
    """One instructor: what the record says of skills, and the certificates."""
    on, user = request.today, request.user
    one = queries.access_instructor(user, ref, on=on)
    due = queries.due_until(on)
    page = {
        "one": one, "officer": one.officer, "unit": one.institution.unit, "as_of": on,
        "certificates": [(each, standing(each.expires_on, on=on, due_until=due)) for each in one.counting],
        "withdrawn": list(queries.withdrawn_of(one)),
        "skills": [(each, standing(each.expires_on, on=on, due_until=due)) for each in one.officer.to_teach],
        "may_run": user.can(P.RUN_TRAINING, at=one.institution.unit, on=on), "is_over": not one.is_in_force(on),
        "may_open_file": bool(queries.files_open_to(user, [one.officer_id], on=on)),
        "is_elsewhere": one.officer.unit_id != one.institution.unit_id,
        "crumbs": [(_("Institutions"), reverse("training:institutions")),
                   (one.institution.unit.name, reverse("training:institution", args=[one.institution.unit.code]))],
    }  # fmt: skip
    return render(request, "training/instructor.html", page)


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def certify(request: Any, ref: str) -> HttpResponse:
    """Records what an instructor is certified to teach."""
    one = queries.access_instructor(request.user, ref, on=request.today, permission=P.RUN_TRAINING)
    return form_page(
        request, forms.CertificateForm(request.POST or None),
        lambda sent: actions.add_certificate(instructor=one, **sent.facts(), by=request.user, at=request.now),
        title=_("A certificate to teach"), caption=one.officer.full_name, submit=_("Record it"),
        back=reverse("training:instructor", args=[ref]), said=_("The certificate is on the list."),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def end(request: Any, ref: str) -> HttpResponse:
    """Takes an instructor off the list from a day on."""
    one = queries.access_instructor(request.user, ref, on=request.today, permission=P.RUN_TRAINING)
    return form_page(
        request, forms.EndForm(request.POST or None),
        lambda sent: actions.end_instructor(instructor=one, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("Teaches here no more"), caption=one.officer.full_name, submit=_("End it"), tone="bad",
        back=reverse("training:instructor", args=[ref]), said=_("The instructor is off the list from that day."),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, ref: str) -> HttpResponse:
    """A certificate that no longer counts."""
    certificate = queries.access_certificate(request.user, ref, on=request.today)
    one = certificate.instructor
    return form_page(
        request, forms.WithdrawForm(request.POST or None),
        lambda sent: actions.withdraw_certificate(
            certificate=certificate, **sent.cleaned_data, by=request.user, at=request.now
        ),
        title=_("Certificate %(number)s counts no more") % {"number": certificate.number}, caption=one.officer.full_name,
        submit=_("Withdraw it"), tone="bad", back=reverse("training:instructor", args=[one.ref]),
        said=_("The certificate counts no more."),
    )  # fmt: skip
