"""What decides about transfers, in the admin: dated rules, terms, grounds, the chain of approval, exemptions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin

from hcims.access.roles import ROLES
from hcims.errors import RuleBroken
from hcims.reference.actions import check_dated
from hcims.reference.admins import DatedRuleAdmin, ReferenceAdmin
from organisation.policies.catalogue import check_code
from transfers.models import ApprovalStep, Ground, SchoolTerm, TenureExemption, TransferRule

admin.site.register(TransferRule, DatedRuleAdmin)


@admin.register(SchoolTerm)
class SchoolTermAdmin(ReferenceAdmin):
    list_display = ("name", "starts_on", "ends_on", "is_confirmed")
    # `source` on this form is the paper of the change; the term's own source is set with it.
    fields = ("name", "starts_on", "ends_on", "is_confirmed", "source")
    fixed = ()
    checks = (check_dated,)


@admin.register(Ground)
class GroundAdmin(ReferenceAdmin):
    list_display = ("order", "code", "name_en", "name_sw", "is_personal", "is_protected", "needs_evidence")
    list_display_links = ("code",)
    fields = (
        "code", "name_en", "name_sw", "is_personal", "is_protected", "needs_evidence", "legal_basis", "order", "source",
    )  # fmt: skip
    checks = (check_code,)


def check_step(before: Any, after: Any, today: date) -> None:
    """This function will refuse a step whose role does not exist, or whose ranks are the wrong way round."""
    if after.role not in ROLES:
        raise RuleBroken(f"There is no role {after.role!r}. The roles are: {', '.join(ROLES)}.")
    if after.highest_rank.order > after.lowest_rank.order:
        raise RuleBroken(f"{after.highest_rank} stands below {after.lowest_rank}: put the higher rank first.")


@admin.register(ApprovalStep)
class ApprovalStepAdmin(ReferenceAdmin):
    list_display = ("code", "kind", "stage", "sequence", "role", "at_type", "starts_on", "ends_on", "is_frozen")
    list_filter = ("kind", "stage", "is_frozen")
    fields = (
        "code", "kind", "stage", "sequence", "highest_rank", "lowest_rank", "role", "at_type", "side", "authority",
        "legal_basis", "starts_on", "ends_on", "is_frozen", "frozen_why", "source",
    )  # fmt: skip
    checks = (check_code, check_dated, check_step)


@admin.register(TenureExemption)
class TenureExemptionAdmin(ReferenceAdmin):
    list_display = ("code", "reason", "starts_on", "ends_on", "legal_basis")
    fields = ("code", "skill", "duty", "unit", "unit_type", "reason", "legal_basis", "starts_on", "ends_on", "source")
    checks = (check_code, check_dated)
