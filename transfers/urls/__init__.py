"""Addresses of this module, one file an area. Fixed words come before `<ref>`: the officer's own pages stand last."""

from transfers.urls import board, due, openness, orders, queue, requests, rounds

app_name = "transfers"
urlpatterns = [
    *orders.urlpatterns,
    *openness.urlpatterns,
    *requests.urlpatterns,
    *due.urlpatterns,
    *queue.urlpatterns,
    *rounds.urlpatterns,
    *board.urlpatterns,
    *requests.own_pages,
]
