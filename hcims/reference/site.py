"""The admin at /admin/: reference data only, for holders of one permission. No personnel, no accounts, no passwords."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from hcims.access.permissions import Permission
from hcims.errors import NotFound

# Sign-in, sign-out and passwords are not the admin's; "view on site" would tell of rows of other tables.
LEFT_OUT = {"login", "logout", "password_change", "password_change_done", "view_on_site", "autocomplete"}


class ReferenceSite(admin.AdminSite):
    """Shows the tables whose admin class is a `ReferenceAdmin`; what libraries register is left out."""

    site_header = _("Reference data")
    site_title = _("Reference data")
    index_title = _("Ranks, skills, classes and rules")
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False
    index_template = "reference/index.html"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """This function will register a table of reference data, and pass over any other."""
        from hcims.reference.admins import ReferenceAdmin

        if admin_class is not None and issubclass(admin_class, ReferenceAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the reader may edit reference data today."""
        user: Any = request.user
        return user.is_authenticated and user.can(Permission.EDIT_REFERENCE, on=request.today)  # type: ignore[attr-defined]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """The view for those who may, and for everybody else the page of an address that leads nowhere."""

        @functools.wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise NotFound(request.path)
            return view(request, *args, **kwargs)

        guarded = inner if cacheable else never_cache(inner)
        return guarded if getattr(view, "csrf_exempt", False) else csrf_protect(guarded)

    def get_urls(self) -> list[Any]:
        """The admin's addresses without those that belong to sign-in or reach beyond reference data."""
        return [each for each in super().get_urls() if getattr(each, "name", "") not in LEFT_OUT]
