"""The forms of this module: what is typed becomes records, with an error at the field that is wrong."""

from deployment.forms.orders import CancelForm, OrderForm, ReturnForm
from deployment.forms.postings import AbsenceForm, DutyForm, EndForm, PostingForm, VoidForm
from deployment.forms.stations import ResolveForm

__all__ = [
    "AbsenceForm",
    "CancelForm",
    "DutyForm",
    "EndForm",
    "OrderForm",
    "PostingForm",
    "ResolveForm",
    "ReturnForm",
    "VoidForm",
]
