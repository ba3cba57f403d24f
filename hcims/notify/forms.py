"""What a person wants to be told, and how."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import Form


class PreferenceForm(Form):
    """Two ticks. Notices about the safety of the account go out anyway."""

    sms = forms.BooleanField(label=_("Send me an SMS when a notice waits"), required=False)
    email = forms.BooleanField(label=_("Send me an e-mail when a notice waits"), required=False)
