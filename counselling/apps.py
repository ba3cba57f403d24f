"""Application settings of `counselling`."""

from django.apps import AppConfig


class CounsellingConfig(AppConfig):
    name = "counselling"
