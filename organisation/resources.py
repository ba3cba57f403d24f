"""Ranks, skills, qualifications and unit classes as files."""

from import_export import fields
from import_export.widgets import ForeignKeyWidget

from hcims.reference.resources import ReferenceResource
from organisation.models import Qualification, Rank, Skill, SkillCategory, UnitClass


class RankResource(ReferenceResource):
    """Only the names of ranks are the product's to change; order and cadre are the law's."""

    class Meta(ReferenceResource.Meta):
        model = Rank
        fields = ("code", "order", "name_en", "name_sw", "cadre")


class SkillCategoryResource(ReferenceResource):
    class Meta(ReferenceResource.Meta):
        model = SkillCategory
        fields = ("code", "order", "name_en", "name_sw")


class SkillResource(ReferenceResource):
    category = fields.Field("category", "category", ForeignKeyWidget(SkillCategory, "code"))

    class Meta(ReferenceResource.Meta):
        model = Skill
        fields = ("code", "category", "name_en", "name_sw", "levels", "validity_months", "in_use")


class QualificationResource(ReferenceResource):
    class Meta(ReferenceResource.Meta):
        model = Qualification
        fields = ("code", "order", "name_en", "name_sw")


class UnitClassResource(ReferenceResource):
    class Meta(ReferenceResource.Meta):
        model = UnitClass
        fields = ("code", "scheme", "order", "name_en", "name_sw")
