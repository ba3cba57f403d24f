"""The states of a version as pages say them, each with its tone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATES = {
    "draft": (_("Draft"), "info"),
    "submitted": (_("Waits for approval"), "wait"),
    "approved": (_("Approved"), "good"),
    "withdrawn": (_("Withdrawn"), "off"),
}
