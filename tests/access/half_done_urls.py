"""Views that write and then come to grief, beside the product's own addresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hcims.access.guards import opens_to_everyone
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import County


@action
def rename(*, name: str, at: Any) -> None:
    County.objects.filter(code="001").update(name=name)
    trail.record(Event.ACCOUNT_CHANGED, target="county", by=None, at=at)


@opens_to_everyone
def deed(request: HttpRequest, end: str) -> HttpResponse:
    """One deed done, and then what `end` says."""
    rename(name="Elsewhere", at=request.now)  # type: ignore[attr-defined]
    if end == "error":
        raise ValueError("the second deed broke")
    if end == "refusal":
        raise RuleBroken("The second deed is against a rule.")
    return HttpResponse("both done", status=503 if end == "unavailable" else 200)


urlpatterns = [path("deed/<slug:end>/", deed, name="deed"), path("", include("hcims.urls"))]
handler404 = "hcims.access.views.not_found"
handler500 = "hcims.access.views.server_error"
