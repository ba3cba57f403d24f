"""The phone app's own documents: the page on which contacts are logged, the way out, and what keeps it offline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import conditional_page, require_safe

from counselling.models.contacts import (
    ContactDuration,
    ContactKind,
    ContactMode,
    ContactTheme,
    ReferralOffered,
)
from counselling.queries import contacts as queries
from counselling.queries import help as words
from hcims.access.guards import opens_to_everyone
from hcims.access.nameless import nameless
from hcims.ui.offline import for_a_day, kept, service_worker

# What a phone keeps from its first visit on; all of it together weighs at most 15 kB on the line.
PAGES = ("counselling:phone", "counselling:now", "counselling:words", "counselling:phone_out")
FILES = ("built/w.css", "built/w.js", "built/w-log.js", "built/notes.svg")
# What it keeps once it was looked at, and asks after again while there is a connection.
LATER = ("counselling:check", "counselling:people", "counselling:phone_offices", "counselling:directory")
LATER_FILES = ("built/w-check.js", "built/w-people.js")


@conditional_page  # a phone that has it is told so in a few bytes
@nameless
@opens_to_everyone
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Five questions; what is answered is sealed on the phone. The same page for everybody: it knows no reader."""
    today = request.today  # type: ignore[attr-defined]
    context = {
        "questions": [
            ("kind", ContactKind.choices),
            ("theme", ContactTheme.choices),
            ("duration", ContactDuration.choices),
            ("mode", ContactMode.choices),
            ("referral", ReferralOffered.choices),
        ],
        "counties": queries.counties(),
        "months_late": queries.months_late(on=today),
        "point": queries.receiving_point(),
        "words": words.words_for("peer", on=today),
    }
    return kept(render(request, "counselling/phone.html", context))


@conditional_page
@nameless
@opens_to_everyone
@require_safe
def out(request: HttpRequest) -> HttpResponse:
    """Where the exit button leads: a page with nothing on it."""
    return kept(render(request, "counselling/phone_out.html"))


@nameless
@opens_to_everyone
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows of the app once it is installed: a neutral name and picture."""
    name = pgettext("phone", "Notes")
    icon = {"src": static("built/notes.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}
    home = reverse("counselling:phone")
    content = {
        "name": name, "short_name": name, "id": home, "start_url": home, "scope": home, "display": "standalone",
        "background_color": "#f6f7f6", "theme_color": "#17222c", "icons": [icon],
    }  # fmt: skip
    return for_a_day(JsonResponse(content, content_type="application/manifest+json"))


@nameless
@opens_to_everyone
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of everything under /w/."""
    return service_worker(request, name="notes", pages=PAGES, files=FILES, later=LATER, later_files=LATER_FILES)
