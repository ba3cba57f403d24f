"""What every template may ask of the page it stands in: menu, search, language, the demo's warning. Computed when asked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from hcims.access.permissions import Permission
from hcims.notify import queries as notify
from hcims.ui import navigation

# Where nothing but a person's own record may be searched there is no search box.
SEARCHERS = (Permission.SEE_OFFICERS, Permission.SEE_UNITS)


class Frame:
    """The frame around one page for one reader. Templates know it as `ui`."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._user: Any = getattr(request, "user", None)

    @cached_property
    def signed_in(self) -> bool:
        return bool(self._user and self._user.is_authenticated and self.on)

    @cached_property
    def on(self) -> Any:
        """The day of the page; none where the request was answered before it was told the time."""
        return getattr(self._request, "today", None)

    @cached_property
    def at(self) -> Any:
        """The moment of the page: printed on it."""
        return getattr(self._request, "now", None)

    @cached_property
    def opens_files(self) -> bool:
        """Whether a service number may be a link: who sees lists of officers need not open their files."""
        return self.signed_in and self._user.can(Permission.SEE_FILE, on=self.on)

    def _links(self, entries: list[navigation.Entry], path: str = "") -> list[navigation.Link]:
        return navigation.links_for(self._user, entries, on=self.on, path=path) if self.signed_in else []

    @cached_property
    def menu(self) -> navigation.Menu | None:
        return navigation.menu_for(self._user, on=self.on, path=self._request.path) if self.signed_in else None

    @cached_property
    def menu_without_mark(self) -> navigation.Menu | None:
        """For the page of an address that leads nowhere: nothing on it may depend on the address."""
        return navigation.menu_for(self._user, on=self.on) if self.signed_in else None

    @cached_property
    def account_menu(self) -> list[navigation.Link]:
        return self._links(navigation.ACCOUNT_MENU, self._request.path)

    @cached_property
    def unread(self) -> int:
        """How many notices the reader has not opened."""
        return notify.unread_count(self._user) if self.signed_in else 0

    @cached_property
    def foot_menu(self) -> list[navigation.Link]:
        return self._links(navigation.FOOT_MENU)

    @cached_property
    def search_url(self) -> str:
        """Where the search box sends its words; empty for a reader who has nothing to search."""
        if not self.signed_in or not any(self._user.can(each, on=self.on) for each in SEARCHERS):
            return ""
        return navigation.url_of("desk:search")

    @cached_property
    def palette_url(self) -> str:
        return navigation.url_of("desk:palette") if self.search_url else ""

    @cached_property
    def reader_name(self) -> str:
        return str(getattr(self._user, "full_name", "") or self._user) if self.signed_in else ""

    @cached_property
    def reader_initials(self) -> str:
        words = [word for word in self.reader_name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @cached_property
    def reader_office(self) -> str:
        """The office the reader acts from, in words."""
        office = getattr(self._user, "office", None) if self.signed_in else None
        return office(on=self.on) if office else ""

    @property
    def languages(self) -> list[tuple[str, str]]:
        return settings.LANGUAGES

    @property
    def second_factor_relaxed(self) -> bool:
        """The demo may do without the second factor, and says so on every page."""
        return settings.IS_DEMO and not settings.SECOND_FACTOR_COMPULSORY


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: gives every template `ui`."""
    return {"ui": Frame(request)}
