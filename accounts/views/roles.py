"""The one page of roles and permissions, in plain English (and Kiswahili), made from the code that enforces them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.queries.roles import permissions_in_words, roles_in_words
from hcims.access.guards import opens_to_signed_in


@opens_to_signed_in
def roles(request: HttpRequest) -> HttpResponse:
    """Every role and every permission: anybody may know what others may do."""
    context = {
        "roles": roles_in_words(),
        "permissions": permissions_in_words(),
        "crumbs": [(_("Home"), "/"), (_("Roles and permissions"), "")],
    }
    return render(request, "accounts/roles.html", context)
