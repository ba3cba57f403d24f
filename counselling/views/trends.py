"""Help in figures: quarters as they were published, for everyone signed in; publishing one, for the lead."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from counselling import published_words as words
from counselling.actions import publications as actions
from counselling.queries import publications as queries
from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from hcims.quarters import Quarter
from hcims.ui.charts import Series
from hcims.ui.form_pages import form_page
from hcims.ui.forms import Form
from hcims.ui.parts import Tab


@opens_to_signed_in
@require_safe
def short(request: Any) -> HttpResponse:
    """The short address; the page stands where cookies are read."""
    return redirect("counselling:trends")


@opens_to_signed_in
@require_safe
def trends(request: Any, code: str = "") -> HttpResponse:
    """One quarter as it was published, and the quarters side by side."""
    made = list(queries.published())
    chosen = next((each for each in made if each.quarter == code), None) if code else next(iter(made), None)
    if code and chosen is None:
        raise NotFound(code)
    if chosen is not None and request.GET.get("format"):
        columns = [_("Table"), _("Row"), _("Column"), _("Number")]
        return export_response(
            request, f"help-{chosen.quarter}", columns, words.file_rows(chosen.content), format=request.GET["format"],
            by=request.user, at=request.now, scope=f"{chosen.quarter} {chosen.digest}", permission=None,
        )  # fmt: skip
    leads = request.user.can(Permission.LEAD_WELLBEING, on=request.today)
    page = {"made": made, "chosen": chosen, "leads": leads, "print_title": _("Help in figures")}
    if chosen is not None:
        page |= _of_quarter(chosen, made)
    return render(request, "counselling/trends.html", page)


def _of_quarter(chosen: Any, made: list[Any]) -> dict[str, Any]:
    content = chosen.content
    name = words.quarter_name(Quarter(chosen.starts_on))
    return {
        "name": name, "print_scope": name,
        "tabs": [
            Tab(
                words.quarter_name(Quarter(each.starts_on)), reverse("counselling:trends_of", args=[each.quarter]),
                each == chosen,
            )
            for each in made[:8]
        ],
        "limits": content["limits"], "digest": [chosen.digest[at : at + 16] for at in range(0, 64, 16)],
        "contacts": words.whole(content, "contacts"), "sessions": words.whole(content, "sessions"),
        "stars": [
            (_("Peer support"), words.shown(content, "contacts")), (_("Counselling"), words.shown(content, "sessions")),
            (_("Critical incidents"), words.shown(content, "incidents")),
        ],
        "waits": words.shown(content, "opened"), "is_wait_stated": "opened" in content["stars"],
        "reach": words.reach(content), "singles": words.singles(content), "exacts": words.exacts(content),
        "openings": words.openings(content),
        "provision": words.provision(content),
        **_lines(made),
    }  # fmt: skip


def _lines(made: list[Any]) -> dict[str, Any]:
    """The quarters side by side, from what was published."""
    quarters = list(reversed(made[:8]))
    labels = [each.quarter for each in quarters]
    series = [
        Series(label, [words.whole(each.content, star) for each in quarters])
        for star, label in (("contacts", _("Contacts")), ("sessions", _("Sessions")))
    ]
    return {"labels": labels, "series": [each for each in series if any(v is not None for v in each.values)]}


@opens_to(Permission.LEAD_WELLBEING)
@require_safe
def quarters(request: Any) -> HttpResponse:
    """The last quarters: published, ready to be, or not closed yet; and the months of those published."""
    due = queries.quarters_of(request.today)
    months = [
        (words.quarter_name(each.quarter), table)
        for each in due
        if each.publication
        for star in ("contacts", "sessions")
        for table in words.shown(each.publication.content, star)
        if table.title in (words.TITLES["contacts", "month"], words.TITLES["sessions", "month"])
    ]
    page = {
        "due": [(each, words.quarter_name(each.quarter)) for each in due], "months": months,
        "may_publish": queries.leads_everywhere(request.user, on=request.today),
        "crumbs": [(_("Help in figures"), reverse("counselling:trends")), (_("Quarters"), "")],
    }  # fmt: skip
    return render(request, "counselling/quarters.html", page)


@opens_to(Permission.LEAD_WELLBEING)
@require_http_methods(["GET", "POST"])
def publish(request: Any, code: str) -> HttpResponse:
    """Counts a closed quarter and publishes it, once."""
    quarter = queries.access_quarter(code)
    form = Form(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, lambda _sent: actions.publish(quarter=quarter, by=request.user, at=request.now),
        title=_("Publish a quarter"), caption=words.quarter_name(quarter), submit=_("Count it and publish it, once"),
        back=reverse("counselling:quarters"), follow=reverse("counselling:trends_of", args=[quarter.code]),
        said=_("Published. It is never made again."),
        lead=_("The quarter is counted now, under the rule for small numbers, and stays as it is. Nobody, you included, sees "
               "the numbers behind it. A second time is refused: the difference would be the people in between."),
    )  # fmt: skip
