"""People to talk to: the page that filters the directory on the phone, the file itself, the supporter's own profile."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counselling import directory
from counselling.actions import supporters as actions
from counselling.forms.supporters import ProfileForm
from counselling.models.offices import Language
from counselling.models.supporters import Availability, Sex
from counselling.queries import supporters as queries
from hcims.access.guards import opens_to, opens_to_everyone
from hcims.access.nameless import nameless
from hcims.access.permissions import Permission
from hcims.ui.forms import rules_on, status_of

SHOWN = ("is_listed", "shown_name", "telephone", "shows_command", "availability", "languages")


@nameless
@opens_to_everyone
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The directory: filters work on the phone, and no address says what was looked for."""
    words = {"spoken": Language.choices, "sexes": Sex.choices, "availability": Availability.choices}
    return render(request, "counselling/people.html", words)


@nameless
@opens_to_everyone
@require_safe
def directory_file(request: HttpRequest) -> HttpResponse:
    """The one file of all published supporters, the same for everybody."""
    on = request.today  # type: ignore[attr-defined]
    names = {each.code: each.name for each in queries.counties()}
    file = directory.content(queries.directory_rows(on=on), names)
    tag = directory.tag(file)
    answer: HttpResponse
    if tag in (request.headers.get("If-None-Match", "")).replace("W/", ""):
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(file, content_type="application/json")
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "public, max-age=3600, stale-if-error=2592000"
    return answer


@opens_to(Permission.LOG_CONTACTS)
def my_profile(request: HttpRequest) -> HttpResponse:
    """What a supporter has published, when he or she can be reached, and until when the training counts."""
    thing = queries.own_profile(request.user, on=request.today)  # type: ignore[attr-defined]
    form = ProfileForm(request.POST or None, initial=_initial(thing)) if thing else None
    if thing and form and request.method == "POST" and form.is_valid():
        with rules_on(form, "shown_name"):
            actions.choose_what_is_shown(supporter=thing, **form.cleaned_data, by=request.user, at=request.now)  # type: ignore[attr-defined]
            return redirect(f"{request.path}?kept=yes")
    context = {
        "thing": thing,
        "form": form,
        "kept": "kept" in request.GET,
        "trainings": queries.trainings_of(thing) if thing else [],
        "supervisions": queries.supervisions_of(thing) if thing else [],
        "saying": _("Your choices are kept."),
    }
    return render(request, "counselling/my_profile.html", context, status=status_of(form))


def _initial(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in SHOWN} | (
        {"shown_name": thing.user.full_name.split()[0]} if not thing.shown_name else {}
    )
