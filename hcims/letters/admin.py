"""How letters are numbered, in the admin: dated patterns, each on a paper."""

from django.contrib import admin

from hcims.letters.models import LetterSeries
from hcims.reference.actions import check_dated
from hcims.reference.admins import ReferenceAdmin


@admin.register(LetterSeries)
class LetterSeriesAdmin(ReferenceAdmin):
    list_display = ("code", "pattern", "starts_on", "ends_on", "authority")
    list_filter = ("code",)
    fields = ("code", "pattern", "starts_on", "ends_on", "authority", "source")
    fixed = ()
    checks = (check_dated,)
