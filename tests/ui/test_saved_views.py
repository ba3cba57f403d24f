"""Saved views: kept, opened, renamed, made the first, forgotten; each person's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hcims.ui.models import SavedView
from hcims.ui.opening import chosen_view
from hcims.ui.queries import canonical
from tests.factories.ui import SavedViewFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "ui:components"


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world.officer.user)


def keep(client: Client, name: str = "Kilifi", query: str = "county=Kilifi&page=3", **more: str) -> Any:
    return client.post(reverse("ui:save_view"), {"list": LIST, "name": name, "query": query, **more}, follow=True)


def change(client: Client, view: SavedView, deed: str, **more: str) -> Any:
    return client.post(reverse("ui:change_view", args=[view.ref]), {"deed": deed, **more}, follow=True)


def test_keeps_what_the_list_shows_and_not_where_one_stands_in_it(client: Client, world: World) -> None:
    answer = keep(client)
    view = SavedView.objects.get()
    assert (view.user, view.query) == (world.officer.user, "county=Kilifi")
    assert '<a class="view" href="?county=Kilifi" aria-current="true">' in answer.content.decode()


def test_a_name_is_used_once(client: Client) -> None:
    keep(client)
    answer = keep(client, query="county=Kwale")
    assert SavedView.objects.count() == 1
    assert "You already have a view of that name here." in answer.content.decode()


@pytest.mark.parametrize(("name", "page"), [(" ", LIST), ("Kilifi", "no:such_list")])
def test_refuses_a_view_without_name_or_list(client: Client, name: str, page: str) -> None:
    client.post(reverse("ui:save_view"), {"list": page, "name": name, "query": ""})
    assert not SavedView.objects.exists()


def test_one_view_at_a_time_opens_first(client: Client, world: World) -> None:
    first, second = SavedViewFactory.create_batch(2, user=world.officer.user)
    change(client, first, "favour")
    change(client, second, "favour")
    assert list(SavedView.objects.filter(is_default=True)) == [second]
    change(client, second, "unfavour")
    assert not SavedView.objects.filter(is_default=True).exists()


def test_the_list_opens_with_the_first_view_unless_all_is_asked_for(rf: Any, world: World) -> None:
    SavedViewFactory(user=world.officer.user, is_default=True, query="county=Kilifi")
    bare, everything = rf.get("/ui/"), rf.get("/ui/?all=yes")
    bare.user = everything.user = world.officer.user
    answer = chosen_view(bare, LIST)
    assert answer is not None
    assert answer["Location"] == "/ui/?county=Kilifi"
    assert chosen_view(everything, LIST) is None


def test_renames_and_forgets(client: Client, world: World) -> None:
    view = SavedViewFactory(user=world.officer.user)
    change(client, view, "rename", name="Coast")
    view.refresh_from_db()
    assert view.name == "Coast"
    change(client, view, "drop")
    assert not SavedView.objects.exists()


def test_another_persons_view_is_not_found(world: World) -> None:
    view = SavedViewFactory(user=world.officer.user, name="Mine")
    stranger = client_of(world.other_officer.user)
    assert change(stranger, view, "drop").status_code == 404
    assert "Mine" not in stranger.get(reverse(LIST)).content.decode()
    assert SavedView.objects.exists()


def test_equal_views_are_equal_texts() -> None:
    assert canonical("b=2&a=1&page=9") == canonical("a=1&b=2") == "a=1&b=2"
