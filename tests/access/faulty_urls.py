"""A URL map with one of each fault that the walk is there to find, and one view without fault."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import include, path

from hcims.access.guards import EVERYONE, SIGNED_IN, Audience, opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Unit
from organisation.queries import access_unit

UNITS = Audience("permitted", frozenset({Permission.SEE_UNITS}))
AUDIT = Audience("permitted", frozenset({Permission.SEE_AUDIT}))


def claiming(audience: Audience) -> Any:
    """Says an audience without holding to it."""

    def decorate(view: Any) -> Any:
        view.audience = audience
        return view

    return decorate


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("no word about who may see this")


@claiming(AUDIT)
def unguarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("everyone sees this")


@claiming(AUDIT)
def forbidding(request: HttpRequest) -> HttpResponse:
    if not request.user.can(Permission.SEE_AUDIT, on=request.today):  # type: ignore[union-attr,attr-defined]
        return HttpResponseForbidden("there is something here")
    return HttpResponse("the auditor sees this")


@claiming(EVERYONE)
def breaking(request: HttpRequest) -> HttpResponse:
    raise ValueError("broken")


@claiming(SIGNED_IN)
def open_to_nobody_too(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody asked for a sign-in")


@opens_to(Permission.SEE_UNITS)
def unit(request: HttpRequest, code: str) -> HttpResponse:
    found = access_unit(request.user, code, Permission.SEE_UNITS, on=request.today)  # type: ignore[attr-defined]
    return HttpResponse(found.name)


@opens_to(Permission.SEE_UNITS)
def telling_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Looks the unit up first and asks for the right afterwards: one statement more for a unit that exists."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return unit(request, code)


@opens_to(Permission.SEE_UNITS)
def far_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Forgets that a right has a place."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return HttpResponse(found.name)


urlpatterns = [
    path("silent/", silent, name="silent"),
    path("unguarded/", unguarded, name="unguarded"),
    path("forbidding/", forbidding, name="forbidding"),
    path("breaking/", breaking, name="breaking"),
    path("open-to-nobody-too/", open_to_nobody_too, name="open-to-nobody-too"),
    path("unit/<slug:code>/", unit, name="unit"),
    path("telling-unit/<slug:code>/", telling_unit, name="telling-unit"),
    path("far-unit/<slug:code>/", far_unit, name="far-unit"),
    path("unknown/<slug:something_new>/", unit, name="unknown"),
    path("", include("hcims.urls")),
]
handler404 = "hcims.access.views.not_found"
handler500 = "hcims.access.views.server_error"
