"""The admin: reference data only, for whoever may edit it, each save an audited action; files in and out."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile

from deployment.models import DeploymentRule
from hcims.audit.models import AuditEvent
from organisation.models import Rank, Skill, SkillCategory, Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import small_service
from tests.signing_in import client_of, sign_in

pytestmark = pytest.mark.django_db
PAPER = "NPSC/HR/12 of 3 March 2026"
TABLES = {
    "counselling.WellbeingRule",
    "organisation.Rank", "organisation.SkillCategory", "organisation.Skill", "organisation.Qualification",
    "organisation.UnitClass", "organisation.Unit", "personnel.RetirementRule", "deployment.Duty", "deployment.DeploymentRule",
    "letters.LetterSeries", "accounts.SignInRule", "transfers.ApprovalStep", "transfers.Ground", "transfers.SchoolTerm",
    "transfers.TenureExemption", "transfers.TransferRule", "training.TrainingRule",
}  # fmt: skip


@pytest.fixture
def service() -> dict[str, Unit]:
    return small_service()


@pytest.fixture
def editor(service: dict[str, Unit]) -> Any:
    return client_of(appoint(UserFactory(), "hr-officer", service["service"]))


def test_it_holds_reference_data_only():
    assert {model._meta.label for model in admin.site._registry} == TABLES


def test_it_is_not_there_for_others(service):
    for role in ("inspector-general", "county-commander", "system-administrator", "auditor"):
        client = client_of(appoint(UserFactory(), role, service["service"]))
        assert client.get("/admin/").status_code == 404
        assert client.post("/admin/organisation/skill/add/", {}).status_code == 404


def test_a_new_skill_is_kept_on_a_paper(editor):
    category = SkillCategory.objects.get(code="technical")
    given = {"code": "drone-pilot", "category": category.pk, "name_en": "Drone pilot", "name_sw": "Rubani wa droni", "levels": 2,
             "validity_months": 24, "in_use": "on"}  # fmt: skip
    assert "source" in editor.post("/admin/organisation/skill/add/", given).context["adminform"].form.errors
    assert editor.post("/admin/organisation/skill/add/", given | {"source": PAPER}).status_code == 302
    skill = Skill.objects.get(code="drone-pilot")
    event = AuditEvent.objects.get(event="reference-changed")
    assert (event.target_kind, event.target_ref, event.source) == ("organisation.skill", str(skill.pk), PAPER)
    page = editor.get(f"/admin/organisation/skill/{skill.pk}/history/")
    assert "Rubani wa droni" in page.content.decode()


def test_a_rank_changes_its_names_and_nothing_else(editor):
    rank = Rank.objects.get(code="PC")
    address = f"/admin/organisation/rank/{rank.pk}/change/"
    done = editor.post(address, {"name_en": "Police Constable", "name_sw": "Konstebo", "order": 1, "source": PAPER})
    assert done.status_code == 302
    rank.refresh_from_db()
    assert (rank.name_en, rank.order) == ("Police Constable", 14)
    assert editor.get("/admin/organisation/rank/add/").status_code == 403
    assert editor.post(f"/admin/organisation/rank/{rank.pk}/delete/", {"post": "yes"}).status_code == 404


def test_a_rule_that_was_in_force_is_ended_and_not_rewritten(editor):
    rule = DeploymentRule.objects.get(code="tenure-maximum-months")
    address = f"/admin/deployment/deploymentrule/{rule.pk}/change/"
    given = {"code": rule.code, "value": 48, "starts_on": rule.starts_on, "legal_basis": rule.legal_basis, "is_confirmed": "on",
             "source": PAPER}  # fmt: skip
    refused = editor.post(address, given)
    assert refused.status_code == 409
    assert "Give it an end" in refused.content.decode()
    today = date.today()
    assert editor.post(address, given | {"value": 36, "ends_on": today.isoformat()}).status_code == 302
    rule.refresh_from_db()
    assert (rule.value, rule.ends_on) == (36, today)


def workbook(rows: list[list[Any]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("list.xlsx", out.getvalue())


def brought(client: Any, table: str, rows: list[list[Any]]) -> Any:
    """Upload, see the preview, confirm."""
    start = client.post(
        f"/admin/organisation/{table}/import/", {"import_file": workbook(rows), "format": "0", "source": PAPER}
    )
    assert start.status_code == 200
    assert "result" in start.context, start.context["form"].errors
    result = start.context["result"]
    if result.has_errors() or result.has_validation_errors():
        return result, None
    confirm = start.context["confirm_form"].initial
    return result, client.post(f"/admin/organisation/{table}/process_import/", confirm)


def test_skills_come_as_a_file_by_the_same_action(editor):
    before = AuditEvent.objects.count()
    result, done = brought(
        editor,
        "skill",
        [
            ["code", "category", "name_en", "name_sw", "levels", "validity_months", "in_use"],
            ["driving-b", "driving", "Driving class B", "Udereva daraja B", 1, 36, 1],
            ["driving-c", "driving", "Driving class C (lorries)", "Udereva daraja C (malori)", 1, 36, 1],
            ["drone-pilot", "technical", "Drone pilot", "Rubani", 1, None, 1],
        ],
    )
    assert [row.import_type for row in result.rows] == ["update", "skip", "new"]
    assert done.status_code == 302
    assert Skill.objects.get(code="driving-b").name_en == "Driving class B"
    assert Skill.objects.get(code="drone-pilot").validity_months is None
    assert AuditEvent.objects.count() == before + 2


def test_a_preview_keeps_nothing_and_rules_hold_in_files(editor):
    before = AuditEvent.objects.count()
    result, done = brought(
        editor, "rank", [["code", "order", "name_en", "name_sw", "cadre"], ["XX", 15, "Extra", "", "nco"]]
    )
    assert done is None
    assert "fourteen ranks" in str(result.row_errors()[0][1][0].error)
    assert AuditEvent.objects.count() == before
    assert Rank.objects.count() == 14


def test_units_come_as_a_file_and_keep_their_history(editor, service):
    result, done = brought(
        editor,
        "unit",
        [
            ["code", "name", "type", "line", "parent", "county", "opened_on", "changed_on"],
            ["ST-MPYA", "Mpya Police Station", "station", "territorial", "SC-KALOLENI", "003", "2026-01-01", None],
            [
                "ST-UPEPO",
                "Upepo Police Station",
                "station",
                "territorial",
                "SC-KALOLENI",
                "003",
                "2020-01-01",
                "2026-01-01",
            ],
            ["PP-KISIMA", "Kisima Post", "post", "territorial", "ST-MWANGAZA", "003", "2020-01-01", "2026-01-01"],
            ["PB-MTONI", "Mtoni Patrol Base", "patrol-base", "territorial", "", "003", "2020-01-01", None],
        ],
    )
    assert [row.import_type for row in result.rows] == ["new", "update", "update", "skip"]
    assert done.status_code == 302
    events = set(AuditEvent.objects.filter(source=PAPER).values_list("event", flat=True))
    assert events == {"unit-opened", "unit-moved", "unit-changed"}
    assert service["post"].namings.count() == 2
    assert service["other_station"].parent_links.get(ends_on=None).parent.code == "SC-KALOLENI"


def test_a_file_that_is_no_workbook_is_refused(editor):
    upload = SimpleUploadedFile("list.xlsx", b"not a workbook at all")
    answer = editor.post("/admin/organisation/skill/import/", {"import_file": upload, "format": "0", "source": PAPER})
    assert answer.context["form"].errors["import_file"]


def test_lists_are_taken_away_audited(editor):
    answer = editor.get("/admin/organisation/skill/export/?category__id__exact=1&format=csv")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.startswith("code,category,name_en")
    assert AuditEvent.objects.filter(event="exported").count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_keeps_the_content_policy(page, context, service):
    """In a page of its own: axe, which looks at the fixture's, breaks the policy itself."""
    said: list[str] = []
    sign_in(page, appoint(UserFactory(), "hr-officer", service["service"]))
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    skill = Skill.objects.get(code="driving-b").pk
    for address in ("", "organisation/skill/", f"organisation/skill/{skill}/change/", "organisation/skill/import/",
                    "personnel/retirementrule/add/", f"organisation/skill/{skill}/history/", "organisation/unit/"):  # fmt: skip
        assert page.goto(f"/admin/{address}").status == 200
    assert not said
