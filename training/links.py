"""Addresses that notices lead to."""

from __future__ import annotations

from django.urls import reverse

from hcims.ui.navigation import url_of


def mine() -> str:
    """The officer's own training."""
    return url_of("training:mine")


def requests() -> str:
    """Requests that wait for a commander."""
    return url_of("training:nominations")


def cohort(ref: str) -> str:
    """A cohort's page."""
    return reverse("training:cohort", args=[ref])
