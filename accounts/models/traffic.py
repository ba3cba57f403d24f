"""How much was sent to each reader, by day: people here pay for their data."""

from django.conf import settings
from django.db import models


class DataUse(models.Model):
    """Bytes of pages and files sent to one account in one day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_use")
    day = models.DateField()
    sent = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="accounts_data_use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.sent}"


class SharedCache(models.Model):
    """The table of Django's database cache: counters of wrong codes that all worker processes must share."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
