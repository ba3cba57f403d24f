"""What every test may ask for: a database as the migrations left it, and a browser that checks each page it visits."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import browser, prepared, pristine, programs
from tests.world import World, make_world

# No clock decides about a test: a busy machine makes no property false.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one database's own behaviour run only on it, tests without a database once: `python -m tests` runs both."""
    on_postgresql = connection.vendor == "postgresql"
    other = "sqlite" if on_postgresql else "postgresql"
    elsewhere = {
        each for each in items if each.get_closest_marker(other) or (on_postgresql and not _has_database(each))
    }
    if elsewhere:
        config.hook.pytest_deselected(items=list(elsewhere))
        items[:] = [item for item in items if item not in elsewhere]
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def _has_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "live_server", "page"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A request in Kiswahili leaves its language with the thread: the next test would read its texts in it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether a database that an earlier process prepared is there; the migrations are then asked for on top."""
    if connection.vendor != "sqlite":
        return False
    return prepared.take_sqlite_copy(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> None:
    """The database, migrated once a session and with the reference rows; committing tests are put back to that."""
    pristine.replace_flush(TransactionTestCase)
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0, stdout=io.StringIO())
        if connection.vendor == "sqlite" and not django_db_keepdb:
            prepared.leave_sqlite_copy(connection)
        pristine.keep(connection)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, kept from calling home; without its sandbox only under root, where it will not start with it."""
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": programs.chromium(), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(live_server: Any) -> dict[str, Any]:
    """A desk's screen and a Nairobi clock; `page.goto("/units/")` is relative to the running product."""
    return {
        "base_url": live_server.url,
        "service_workers": "block",
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-GB",
    }


@pytest.fixture
def page(live_server: Any, context: Any) -> Iterator[Any]:
    """A browser page at the running product. axe checks every document it shows, before it is left and at the end."""
    context.set_default_timeout(15_000)
    with browser.checked_page(context, live_server.url) as page:
        yield page


@pytest.fixture
def world(db: None) -> World:
    """Two counties, a station and an officer in each, and a person for every role."""
    return make_world()
