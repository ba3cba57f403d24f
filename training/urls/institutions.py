"""Addresses of the first page, and of institutions."""

from django.urls import path

from training.views import home

urlpatterns = [
    path("training/", home.home, name="home"),
]
