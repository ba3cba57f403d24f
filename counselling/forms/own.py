"""What a supporter enters on own pages: a tally from paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.models.contacts import ContactKind, ContactTheme
from counselling.queries import contacts as queries
from hcims.ui.forms import Form
from organisation.models import County

MOST = 200  # of one kind and theme in a month


class TallyForm(Form):
    """Month and county, and how many of each kind and theme."""

    month = forms.ChoiceField(label=_("Month"))
    county = forms.ModelChoiceField(label=_("County"), queryset=County.objects.none(), empty_label=None)

    def __init__(self, *args: Any, months: list[tuple[str, date]], county: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months  # type: ignore[attr-defined]
        self.fields["county"].queryset = queries.counties()  # type: ignore[attr-defined]
        self.fields["county"].initial = queries.counties().filter(code=county).first()
        for kind in ContactKind:
            for theme in ContactTheme:
                number = forms.IntegerField(
                    label=f"{kind.label}: {theme.label}", min_value=0, max_value=MOST, required=False
                )
                number.theme = theme.label  # type: ignore[attr-defined]  # its label under the heading of the kind
                self.fields[cell(kind, theme)] = number

    @property
    def kinds(self) -> list[tuple[str, list[Any]]]:
        """The numbers of each kind, as bound fields."""
        return [(str(kind.label), [self[cell(kind, theme)] for theme in ContactTheme]) for kind in ContactKind]

    def counted(self) -> dict[tuple[str, str], int]:
        """How many of each kind and theme were entered."""
        return {
            (kind.value, theme.value): self.cleaned_data.get(cell(kind, theme)) or 0
            for kind in ContactKind
            for theme in ContactTheme
        }


def cell(kind: ContactKind, theme: ContactTheme) -> str:
    """The name of the field of one kind and theme."""
    return f"{kind.value}__{theme.value}"


def month_name(month: str) -> date:
    """The first day of a month, for writing its name."""
    year, number = month.split("-")
    return date(int(year), int(number), 1)
