"""Addresses of the interface's own pages."""

from django.urls import path

from hcims.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("views/", views.save_view, name="save_view"),
    path("views/<slug:ref>/", views.change_view, name="change_view"),
]
