"""Addresses of this module, one file an area. Fixed words come before `<ref>`: the officer's own pages stand last."""

from transfers.urls import queue

app_name = "transfers"
urlpatterns = [*queue.urlpatterns]
