"""Addresses of who is due to move."""

from django.urls import path

from transfers.views import due

urlpatterns = [
    path("transfers/due/", due.due, name="due"),
    path("transfers/due/ahead/", due.ahead, name="due_ahead"),
    path("transfers/due/forward/", due.put_forward, name="put_forward"),
    path("transfers/due/forwarded/", due.rotations, name="rotations"),
]
