"""Loads the places, ranks, skills, qualifications and unit classes that the product starts with."""

from pathlib import Path
from typing import Any

from hcims.actions import action
from hcims.reference_data import load
from organisation.models import Constituency, County, Qualification, Rank, Skill, SkillCategory, UnitClass, Ward

DATA = Path(__file__).parent / "data"


def _as_is(row: dict[str, str]) -> dict[str, Any]:
    return dict(row)


@action
def load_reference() -> int:
    """This function will add the reference rows of this module that are missing, and say how many."""
    added = load(County, DATA / "kenya_tilegrid.csv", "code", _county)
    counties = {each.code: each.pk for each in County.objects.all()}
    added += load(
        Constituency,
        DATA / "constituencies.csv",
        "code",
        lambda row: {"code": row["code"], "name": row["name"], "county_id": counties[row["county_code"]]},
    )
    constituencies = {each.code: each for each in Constituency.objects.all()}
    added += load(Ward, DATA / "wards.csv", "code", lambda row: _ward(row, constituencies))
    added += load(Rank, DATA / "ranks.csv", "code", _as_is)
    added += load(SkillCategory, DATA / "skill_categories.csv", "code", _as_is)
    categories = {each.code: each.pk for each in SkillCategory.objects.all()}
    added += load(Skill, DATA / "skills.csv", "code", lambda row: _skill(row, categories))
    added += load(Qualification, DATA / "qualifications.csv", "code", _as_is)
    added += load(UnitClass, DATA / "unit_classes.csv", "code", _as_is)
    return added


def _county(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "label": row["abbr"],
        "region": row["region"],
        "tile_row": row["row"],
        "tile_column": row["col"],
    }


def _ward(row: dict[str, str], constituencies: dict[str, Constituency]) -> dict[str, Any]:
    constituency = constituencies[row["constituency_code"]]
    return {
        "code": row["code"],
        "name": row["name"],
        "constituency": constituency,
        "county_id": constituency.county_id,
    }


def _skill(row: dict[str, str], categories: dict[str, int]) -> dict[str, Any]:
    return {
        "category_id": categories[row["category"]],
        "code": row["code"],
        "name_en": row["name_en"],
        "name_sw": row["name_sw"],
        "levels": row["levels"],
        "validity_months": row["validity_months"] or None,
    }
