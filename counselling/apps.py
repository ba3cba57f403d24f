"""Application settings of `counselling`."""

from django.apps import AppConfig


class CounsellingConfig(AppConfig):
    name = "counselling"

    def ready(self) -> None:
        from counselling import waiting

        waiting.register()
