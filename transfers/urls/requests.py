"""Addresses of asking: the officer's own pages, and what desks and commanders enter. Fixed words stand before `<ref>`."""

from django.urls import path

from transfers.views import ask, desk, own

urlpatterns = [
    path("transfers/ask/", ask.ask, name="ask"),
    path("transfers/ask/safe/", ask.safe, name="ask_safe"),
    path("transfers/ask/exchange/", ask.ask_exchange, name="ask_exchange"),
    path("transfers/exchanges/<slug:ref>/", own.swap, name="swap"),
    path("transfers/exchanges/<slug:ref>/answer/", own.answer_swap, name="answer_swap"),
    path("transfers/paper/", desk.paper, name="paper"),
    path("transfers/paper/<slug:ref>/", desk.receipt, name="receipt"),
    path("transfers/paper/<slug:ref>/file/", desk.receipt_file, name="receipt_file"),
    path("transfers/propose/", desk.propose, name="propose"),
    path("transfers/grounds/<slug:ref>/check/", desk.check, name="check_ground"),
]
# Their first word is a reference: they stand after every fixed word of the module.
own_pages = [
    path("transfers/", own.mine, name="mine"),
    path("transfers/<slug:ref>/", own.one, name="one"),
    path("transfers/<slug:ref>/places/", ask.edit_places, name="places"),
    path("transfers/<slug:ref>/reasons/", ask.edit_grounds, name="grounds"),
    path("transfers/<slug:ref>/family/", ask.ask_family, name="ask_family"),
    path("transfers/<slug:ref>/answer/", own.family, name="family"),
    path("transfers/<slug:ref>/check/", ask.check, name="check"),
    path("transfers/<slug:ref>/withdraw/", own.withdraw, name="withdraw"),
]
