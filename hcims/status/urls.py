"""Addresses of the status page."""

from django.urls import path

from hcims.status import views

app_name = "status"
urlpatterns = [
    path("", views.status, name="status"),
    path("live", views.live, name="live"),
]
