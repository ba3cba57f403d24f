"""The tables of one officer's record are named in one place; the page of changes and the answer to a correction follow it."""

from django.apps import apps

from personnel.models import ENTRIES, Officer
from personnel.queries.history import TABLES


def test_each_table_about_an_officer_that_has_a_history_is_among_the_entries() -> None:
    kept = {
        model
        for model in apps.get_app_config("personnel").get_models()
        if hasattr(model, "history") and any(field.related_model is Officer for field in model._meta.fields)
    }
    assert kept == set(ENTRIES)
    assert {model for model, _name, _permission in TABLES} == set(ENTRIES)
