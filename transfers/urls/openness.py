"""Addresses of what is open to all: figures, the ledger, certificates, promises; and of the patterns."""

from django.urls import path

from transfers.views import openness, patterns

urlpatterns = [
    path("transfers/open/", openness.figures, name="open"),
    path("transfers/open/moves/", openness.moves, name="ledger"),
    path("transfers/open/orders/", openness.orders, name="ledger_orders"),
    path("transfers/patterns/", patterns.page, name="patterns"),
    path("transfers/promises/", openness.promises, name="promises"),
]
