"""The letters that this module issues."""

from django.utils.translation import gettext_lazy as _

from hcims.letters.kinds import LetterKind

JOINING = LetterKind("joining-letter", _("Joining letter"), series="joining-letter")
CERTIFICATE = LetterKind("training-certificate", _("Certificate of training"), series="training-certificate")
