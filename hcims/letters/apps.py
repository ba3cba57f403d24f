"""Application settings of `hcims.letters`."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "hcims.letters"
