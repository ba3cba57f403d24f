"""Addresses of the interface's own pages."""

from django.urls import path

from hcims.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
]
