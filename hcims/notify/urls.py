"""Addresses of notices and messages."""

from django.urls import path

from hcims.notify import views

app_name = "notify"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/preferences/", views.preferences, name="preferences"),
    path("notices/<slug:ref>/", views.open_notice, name="open"),
    path("status/messages/", views.messages, name="messages"),
]
