"""Addresses of the import pages: the same under `/imports/` and, for the payroll's list, under `/payroll/`.

path("imports/", include((pages(opens_to(…)), "imports"), namespace="imports"))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from hcims.imports import views


def pages(guard: Callable[[Any], Any], seconds: Callable[[Any], Any] | None = None) -> list[URLPattern]:
    """The pages, each opened to whom the guard says; `seconds` lets second persons too look and say their word."""
    looking = seconds or guard
    return [
        path("", looking(views.imports), name="imports"),
        path("new/<slug:kind>/", guard(views.upload), name="upload"),
        path("template/<slug:kind>.xlsx", guard(views.blank), name="template"),
        path("<slug:ref>/", looking(views.batch), name="batch"),
        path("<slug:ref>/progress/", looking(views.progress), name="progress"),
        path("<slug:ref>/answer/", guard(views.answer), name="answer"),
        path("<slug:ref>/read-again/", guard(views.read_again), name="read_again"),
        path("<slug:ref>/confirm/", guard(views.confirm), name="confirm"),
        path("<slug:ref>/second/", looking(views.second), name="second"),
        path("<slug:ref>/undo/", guard(views.undo), name="undo"),
        path("<slug:ref>/withdraw/", guard(views.withdraw), name="withdraw"),
        path("<slug:ref>/again/", guard(views.try_again), name="try_again"),
        path("<slug:ref>/rejected.xlsx", guard(views.take_rejects), name="rejects"),
        path("<slug:ref>/rows/", looking(views.take_rows), name="rows"),
    ]
