"""The small forms on an order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form


class ReturnForm(Form):
    """A casualty return: the day, and the number where there is one."""

    happened_on = DayField(label=_("On which day"))
    number = forms.CharField(label=_("Number of the return"), max_length=60, required=False)


class DayForm(Form):
    happened_on = DayField(label=_("On which day"))


class ReasonForm(Form):
    reason = forms.CharField(label=_("Reasons"), max_length=300, widget=forms.Textarea({"rows": 3}))


class DecideReleaseForm(ReasonForm):
    released = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("The officer is released")), ("no", _("The refusal stands, and goes to the next authority"))],
    )  # fmt: skip
    field_order = ["released", "reason"]


class DefermentForm(ReasonForm):
    until = DayField(label=_("Report on"))
    field_order = ["until", "reason"]


class AnswerForm(Form):
    granted = forms.TypedChoiceField(
        label=_("Answer"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("Granted: the later day holds")), ("no", _("Refused: the day stays"))],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Reasons"), max_length=300, required=False, help_text=_("Needed for a refusal; the officer reads them.")
    )


class PaymentForm(Form):
    voucher = forms.CharField(label=_("Number of the voucher"), max_length=60)
    paid_on = DayField(label=_("Paid on"))
    amount = forms.DecimalField(label=_("Amount (KSh)"), min_value=0, max_digits=12, decimal_places=2, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        amount = data.pop("amount", None)
        data["amount_cents"] = int(amount * 100) if amount is not None else None
        return data


class PaperForm(Form):
    paper = forms.CharField(
        label=_("Paper and reason"), max_length=250, help_text=_("Such as the court's order, with its number and day.")
    )


class NewDayForm(PaperForm):
    report_by = DayField(label=_("Report by"))


class PeriodForm(Form):
    """Arrivals from one day to another."""

    first = DayField(label=_("Arrived from"))
    last = DayField(label=_("until"))
