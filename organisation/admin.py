"""The organisation's reference data in the admin: ranks, skills, qualifications, unit classes; units as files."""

from django.contrib import admin

from hcims.reference.admins import FileAdmin
from organisation import resources
from organisation.models import Qualification, Rank, Skill, SkillCategory, Unit, UnitClass
from organisation.policies import catalogue as policies
from organisation.unit_resource import UnitResource


@admin.register(Rank)
class RankAdmin(FileAdmin):
    list_display = ("order", "code", "name_en", "name_sw", "cadre")
    list_display_links = ("code",)
    fields = ("order", "code", "cadre", "name_en", "name_sw", "source")
    fixed = ("order", "code", "cadre")
    may_add = False
    checks = (policies.check_rank,)
    resource_classes = (resources.RankResource,)


@admin.register(SkillCategory)
class SkillCategoryAdmin(FileAdmin):
    list_display = ("code", "name_en", "name_sw", "order")
    fields = ("code", "name_en", "name_sw", "order", "source")
    checks = (policies.check_code,)
    resource_classes = (resources.SkillCategoryResource,)


@admin.register(Skill)
class SkillAdmin(FileAdmin):
    list_display = ("code", "name_en", "name_sw", "category", "levels", "validity_months", "in_use")
    list_filter = ("category", "in_use")
    list_select_related = ("category",)
    search_fields = ("code", "name_en", "name_sw")
    fields = ("code", "category", "name_en", "name_sw", "levels", "validity_months", "in_use", "source")
    checks = (policies.check_code, policies.check_levels)
    resource_classes = (resources.SkillResource,)


@admin.register(Qualification)
class QualificationAdmin(FileAdmin):
    list_display = ("order", "code", "name_en", "name_sw")
    list_display_links = ("code",)
    fields = ("code", "name_en", "name_sw", "order", "source")
    checks = (policies.check_code,)
    resource_classes = (resources.QualificationResource,)


@admin.register(UnitClass)
class UnitClassAdmin(FileAdmin):
    list_display = ("code", "scheme", "name_en", "name_sw", "order")
    list_filter = ("scheme",)
    fields = ("code", "scheme", "name_en", "name_sw", "order", "source")
    fixed = ("code", "scheme")
    checks = (policies.check_code, policies.check_scheme)
    resource_classes = (resources.UnitClassResource,)


@admin.register(Unit)
class UnitAdmin(FileAdmin):
    """Units are opened and changed on their own pages; here they come and go as files."""

    list_display = ("code", "name", "type", "line", "county", "opened_on", "closed_on")
    list_filter = ("type", "line", "county")
    list_select_related = ("county",)
    search_fields = ("code", "name")
    fields = ("code", "name", "type", "line", "service", "county", "ward", "gazette_notice", "opened_on", "closed_on")
    may_add = False
    may_change = False
    resource_classes = (UnitResource,)
