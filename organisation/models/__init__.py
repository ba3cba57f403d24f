"""What is authorised: places, units in their command tree, ranks, skills and establishment."""

from organisation.models.catalogue import Cadre, Qualification, Rank, Service, Skill, SkillCategory
from organisation.models.establishment import (
    Baseline,
    EstablishmentChange,
    EstablishmentLine,
    EstablishmentVersion,
    VersionState,
)
from organisation.models.places import Constituency, County, Ward
from organisation.models.units import (
    ClassScheme,
    Line,
    Unit,
    UnitClass,
    UnitClassing,
    UnitClosure,
    UnitNaming,
    UnitParent,
    UnitType,
)

__all__ = [
    "Baseline",
    "Cadre",
    "ClassScheme",
    "Constituency",
    "County",
    "EstablishmentChange",
    "EstablishmentLine",
    "EstablishmentVersion",
    "Line",
    "Qualification",
    "Rank",
    "Service",
    "Skill",
    "SkillCategory",
    "Unit",
    "UnitClass",
    "UnitClassing",
    "UnitClosure",
    "UnitNaming",
    "UnitParent",
    "UnitType",
    "VersionState",
    "Ward",
]
