"""Saved views."""

from __future__ import annotations

import factory

from hcims.ui.models import SavedView
from tests.factories.accounts import UserFactory
from tests.factories.organisation import MOMENT


class SavedViewFactory(factory.django.DjangoModelFactory[SavedView]):
    """A view of the sample list."""

    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    page = "ui:components"
    name = factory.Sequence(lambda number: f"View {number}")
    query = "county=Kilifi"
    created_at = MOMENT
