"""One's own notices, what one wants to be told, and the messages for the administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission
from hcims.notify import actions, queries
from hcims.notify.forms import PreferenceForm
from hcims.notify.tables import MessageTable
from hcims.ui import notices as said
from hcims.ui.parts import Tab
from hcims.ui.tables import listed

LATELY = timedelta(days=1)


@opens_to_signed_in
@require_GET
def notices(request: Any) -> HttpResponse:
    """My notices, unread ones first."""
    lines = queries.latest(request.user)
    unread = queries.unread_count(request.user)
    return render(request, "notify/notices.html", {"lines": lines, "unread": unread})


@opens_to_signed_in
@require_POST
def read_all(request: Any) -> HttpResponse:
    """Marks all of my notices as read."""
    actions.mark_all_read(by=request.user, at=request.now)
    return redirect("notify:notices")


@opens_to_signed_in
@require_POST
def open_notice(request: Any, ref: str) -> HttpResponse:
    """Marks one of my notices as read and goes to where the thing is."""
    notice = queries.access_notice(request.user, ref)
    actions.mark_read(notice, by=request.user, at=request.now)
    return redirect(notice.link or "notify:notices")


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: Any) -> HttpResponse:
    """Which messages I want."""
    wanted = queries.preference_of(request.user)
    form = PreferenceForm(request.POST or None, initial={"sms": wanted.sms, "email": wanted.email})
    if request.method == "POST":
        form = PreferenceForm(request.POST)
        form.is_valid()  # two ticks: every answer is one
        actions.set_preference(by=request.user, **form.cleaned_data)
        said.done(request, _("Your choice was kept."))
        return redirect("notify:preferences")
    return render(request, "notify/preferences.html", {"form": form})


@opens_to(Permission.MANAGE_SETTINGS)
@require_GET
def messages(request: Any) -> HttpResponse:
    """Messages by state: that they went out, not to whom."""
    state = request.GET.get("state", "")
    counts = queries.message_counts()
    here = reverse("notify:messages")
    tabs = [Tab(_("All"), here, state not in counts, sum(counts.values()))]
    tabs += [Tab(label, f"{here}?state={code}", code == state, counts[code]) for code, label in queries.MESSAGE_STATES]
    since = request.now - LATELY if "lately" in request.GET else None
    found = queries.messages(state=state if state in counts else "", over_since=since)
    context = {
        "table": listed(request, MessageTable(found, empty_text=_("There is no message in this state."))),
        "tabs": tabs,
        "lately": since is not None,
        "crumbs": [(_("Status"), reverse("status:status")), (_("Messages"), "")],
    }
    return render(request, "notify/messages.html", context)
