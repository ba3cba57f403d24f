"""What the shell of the phone pages asks for: addresses that keep the language, the links at its foot."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hcims.ui.navigation import url_of

register = template.Library()

# What stands at the foot of every phone page, in the order of use; a page that does not exist is left out.
LINKS = [
    (_("Danger now"), "counselling:now"),
    (_("People to talk to"), "counselling:people"),
    (_("Check yourself"), "counselling:check"),
    (_("Offices"), "counselling:phone_offices"),
    (_("What stays between us"), "counselling:words"),
]


def in_language(context: Any, url: str) -> str:
    """The address with the language that this page's address asks for; nothing is added where it asks for none."""
    request = context.get("request")
    language = request.GET.get("lang", "") if request else ""
    return f"{url}?lang={language}" if url and language in dict(settings.LANGUAGES) else url


@register.simple_tag(takes_context=True)
def w_url(context: Any, name: str, *args: Any) -> str:
    """`{% w_url "counselling:now" %}`: like `url`, with the language of this page."""
    return in_language(context, reverse(name, args=args))


@register.simple_tag(takes_context=True)
def w_known(context: Any, name: str) -> str:
    """The same for a page that may not exist: empty then."""
    return in_language(context, url_of(name))


@register.simple_tag(takes_context=True)
def w_links(context: Any) -> list[dict[str, Any]]:
    """The links at the foot, the page one is on marked."""
    path = context["request"].path if context.get("request") else ""
    found = [(label, url_of(name)) for label, name in LINKS]
    return [
        {"label": label, "url": in_language(context, url), "is_current": url == path} for label, url in found if url
    ]


@register.simple_tag
def w_languages() -> list[tuple[str, str]]:
    """Codes and names of the languages there are."""
    return settings.LANGUAGES
