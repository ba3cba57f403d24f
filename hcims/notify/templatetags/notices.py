"""`{% load notices %}{% notice_preferences %}`: what one wants to be told, on the account page."""

from __future__ import annotations

from typing import Any

from django import template

from hcims.notify import queries
from hcims.notify.forms import PreferenceForm

register = template.Library()


@register.inclusion_tag("notify/_preferences.html", takes_context=True)
def notice_preferences(context: Any) -> dict[str, Any]:
    """The form with the reader's present choice."""
    wanted = queries.preference_of(context["request"].user)
    form = PreferenceForm(initial={"sms": wanted.sms, "email": wanted.email})
    return {"form": form, "csrf_token": context.get("csrf_token")}
