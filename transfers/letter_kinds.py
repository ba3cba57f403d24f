"""The letters that this module issues."""

from django.utils.translation import gettext_lazy as _

from hcims.letters.kinds import LetterKind

RECEIPT = LetterKind("transfer-receipt", _("Receipt for a request"), series="transfer-receipt")
