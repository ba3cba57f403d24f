"""Issuing orders, and the returns that follow them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from deployment.forms.postings import PostForm
from hcims.ui.forms import DayField, Form


class OrderForm(PostForm):
    """An order to report at a unit by a day."""

    number = forms.CharField(label=_("Number of the order"), max_length=60)
    report_by = DayField(label=_("Report by"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The officer reads it."))
    authority = forms.CharField(label=_("Authority (paper, number, date)"), max_length=200)
    overstrength_authority = forms.CharField(
        label=_("Authority for over-strength"),
        max_length=200,
        required=False,
        help_text=_("Only where the unit has no free post of this rank and skill: the paper that allows it."),
    )
    field_order = [
        "officer", "unit", "number", "report_by", "duty", "post_rank", "post_skill", "reason", "authority",
        "overstrength_authority",
    ]  # fmt: skip


class ReturnForm(Form):
    """A casualty return: on which day, under which number."""

    happened_on = DayField(label=_("On which day"))
    number = forms.CharField(label=_("Number of the return"), max_length=60, required=False)


class CancelForm(Form):
    reason = forms.CharField(label=_("Why it is cancelled"), max_length=200, help_text=_("The officer reads it."))
