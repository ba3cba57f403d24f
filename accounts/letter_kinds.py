"""The letters that this module issues."""

from django.utils.translation import gettext_lazy as _

from hcims.letters.kinds import LetterKind

SIGN_IN = LetterKind("sign-in", _("Letter about signing in"), series="activation", kept=False)
