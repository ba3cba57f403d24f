"""The parts of an officer's file in words."""

from django.utils.translation import gettext_lazy as _l

PART_LABELS = {
    "service": _l("Service"),
    "skills": _l("Skills and training"),
    "family": _l("Family"),
    "identity": _l("Identity and bank"),
    "conduct": _l("Conduct"),
    "transfers": _l("Transfers"),
    "changes": _l("Changes"),
    "photo": _l("Photograph"),
}
