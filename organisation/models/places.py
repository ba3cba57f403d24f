"""Places as the electoral commission and the statistics bureau name them. Police commands are a table of their own."""

from django.db import models


class County(models.Model):
    """One of the 47 counties, with its tile on the county grid (row 0 = north, column 0 = west)."""

    code = models.CharField(max_length=3, unique=True)  # 001 to 047
    name = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=3, unique=True)  # what the tile says
    region = models.CharField(max_length=40)
    tile_row = models.PositiveSmallIntegerField()
    tile_column = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "counties"

    def __str__(self) -> str:
        return self.name


class Constituency(models.Model):
    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=60)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="constituencies")

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "constituencies"

    def __str__(self) -> str:
        return self.name


class Ward(models.Model):
    """One of the 1,450 county assembly wards."""

    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=60)
    constituency = models.ForeignKey(Constituency, on_delete=models.PROTECT, related_name="wards")
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="wards")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
