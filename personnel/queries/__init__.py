"""What pages and other modules read about members of the service. Reading one thing and being allowed to are one statement."""

from personnel.queries.corrections import access_correction, correction_queue, corrections_of
from personnel.queries.members import (
    OWN_READS,
    access_officer,
    background_of,
    number_like,
    own_record,
    own_record_or_none,
    permissions_at,
    serving_in,
    starting_with,
    visible_to,
)
from personnel.queries.rules import retirement_of, retirement_rules, retiring_until
from personnel.queries.skills import access_learning, access_skill_held, skills_to_check

__all__ = [
    "OWN_READS",
    "access_correction",
    "access_learning",
    "access_officer",
    "access_skill_held",
    "background_of",
    "correction_queue",
    "corrections_of",
    "number_like",
    "own_record",
    "own_record_or_none",
    "permissions_at",
    "retirement_of",
    "retirement_rules",
    "retiring_until",
    "serving_in",
    "skills_to_check",
    "starting_with",
    "visible_to",
]
