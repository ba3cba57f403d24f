"""A granted record opens to the one person it was granted to, while the grant holds, and to no superuser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from counselling import grants
from counselling.models import Contact, ContactGrant
from organisation.models import County
from tests.factories.accounts import UserFactory
from tests.factories.counselling import contact_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PERMISSION = "counselling.own_contact"


def seen_by(user: Any) -> list[Contact]:
    return list(grants.records(Contact, user=user, at=NOW))


def test_only_the_person_it_was_granted_to(django_assert_num_queries: Any) -> None:
    owner, other = UserFactory(), UserFactory()
    contacts = {contact_of(owner) for _ in range(3)}
    assert seen_by(other) == []
    assert not other.has_perm(PERMISSION, contacts.copy().pop())
    assert owner.has_perm(PERMISSION, contacts.copy().pop())
    assert owner.has_perms([PERMISSION], contacts.copy().pop())
    with django_assert_num_queries(1):
        assert set(seen_by(owner)) == contacts


def test_a_grant_that_ended_opens_nothing() -> None:
    owner = UserFactory()
    contact = contact_of(owner)
    ContactGrant.objects.update(ends_at=NOW - timedelta(seconds=1))
    assert seen_by(owner) == []
    ContactGrant.objects.update(ends_at=NOW + timedelta(seconds=1))
    assert seen_by(owner) == [contact]


def test_superusers_closed_accounts_and_visitors_are_refused_even_with_a_grant() -> None:
    owner = UserFactory()
    contact = contact_of(owner)
    owner.is_superuser = True  # as somebody in a shell might
    assert seen_by(owner) == []
    assert not owner.has_perm(PERMISSION, contact)
    owner.is_superuser, owner.is_active = False, False
    assert seen_by(owner) == []
    assert not owner.has_perm(PERMISSION, contact)
    assert seen_by(AnonymousUser()) == []


def test_a_superuser_without_a_grant_is_a_stranger() -> None:
    contact, ruler = contact_of(UserFactory()), UserFactory()
    ruler.is_superuser = True
    assert not ruler.has_perm(PERMISSION, contact)
    assert seen_by(ruler) == []


def test_no_permission_without_a_record_nor_one_of_another_kind() -> None:
    owner = UserFactory()
    contact = contact_of(owner)
    assert not owner.has_perm(PERMISSION)
    assert not owner.has_perm("counselling.open_case", contact)
    assert not owner.has_perm("counselling.own_contacts", contact)  # misspelt
    assert not owner.has_perm(PERMISSION, County.objects.first())
    with pytest.raises(TypeError):
        grants.grant_table(County)


def test_a_contact_has_no_other_permission() -> None:
    """Django's own four would each be another way to grant."""
    of_contacts = Permission.objects.filter(content_type__app_label="counselling", content_type__model="contact")
    assert [each.codename for each in of_contacts] == ["own_contact"]
