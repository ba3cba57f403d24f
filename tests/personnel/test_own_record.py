"""One's own record: read without any office, changed by others only; and the photograph that is kept of one."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hcims import clock
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed
from organisation.models import Skill
from personnel import actions, files
from personnel.forms.entries import PhotoForm
from personnel.models import Officer
from personnel.queries import own_record_or_none
from tests.factories.personnel import CorrectionFactory
from tests.rules.source import MODULES, ROOT, python_files
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def hr(world: World) -> Any:
    """HR of the whole service, whose own record the officer's is."""
    hr = world.people["hr-officer"]
    Officer.objects.filter(pk=world.officer.pk).update(user=hr)
    world.officer.refresh_from_db()
    return hr


def test_hr_checks_no_claim_and_answers_no_request_about_itself(world: World, hr: Any) -> None:
    held = actions.submit_skill(
        officer=world.officer, skill=Skill.objects.first(), source="Certificate 9", by=hr, at=AT
    )
    with pytest.raises(NotAllowed, match="own record"):
        actions.verify_skill(held=held, by=hr, at=AT)
    request = CorrectionFactory(officer=world.officer, asked_by=world.other_officer.user)
    with pytest.raises(NotAllowed, match="own record"):
        actions.decide_correction(request=request, made=True, answer="Done as asked", by=hr, at=AT)


def test_hr_is_offered_no_change_on_the_own_file_but_on_others(world: World, hr: Any) -> None:
    client = client_of(hr)
    for officer, offered in ((world.officer, False), (world.other_officer, True)):
        file = client.get(f"/officers/{officer.service_number}/").context["file"]
        assert (file.may_edit, file.may_edit_conduct) == (offered, offered)


def test_one_takes_back_one_s_own_request_only(world: World) -> None:
    request = CorrectionFactory(officer=world.officer, asked_by=world.officer.user)
    with pytest.raises(NotAllowed):
        actions.withdraw_correction(request=request, by=world.other_officer.user, at=AT)


def test_a_record_entered_in_error_is_nobody_s_own(world: World) -> None:
    assert own_record_or_none(world.officer.user) == world.officer
    Officer.objects.filter(pk=world.officer.pk).update(exited_on=date(2026, 6, 1), exit_reason="entered-in-error")
    assert own_record_or_none(world.officer.user) is None


def photo_form(picture: SimpleUploadedFile, officer: Officer) -> PhotoForm:
    return PhotoForm({"paper": "Kilifi, 3 May 2026"}, {"picture": picture}, officer=officer, on=AT.date())


def test_a_photograph_is_drawn_anew_small_and_without_what_it_carried(world: World) -> None:
    out, carried = io.BytesIO(), Image.Exif()
    carried[0x010E] = "where it was taken"
    Image.new("RGB", (1200, 900), "teal").save(out, "JPEG", exif=carried)
    form = photo_form(SimpleUploadedFile("photo.jpg", out.getvalue()), world.officer)
    assert form.is_valid(), form.errors
    kept = form.cleaned_data["picture"].read()
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (480, 360)
        assert not drawn.getexif()
    assert b"where it was taken" not in kept


def test_a_photograph_over_five_megabytes_is_refused(world: World) -> None:
    out = io.BytesIO()
    Image.new("1", (40, 40)).save(out, "PNG")
    whole = SimpleUploadedFile("photo.png", out.getvalue() + b"\0" * files.MAX_PHOTO)  # a picture all the same
    assert "larger than 5 MB" in str(photo_form(whole, world.officer).errors)


def test_seeing_a_photograph_is_on_record(world: World, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    by: Any = world.people["hr-officer"]
    actions.set_photo(officer=world.officer, picture=ContentFile(b"x"), paper="HR/1", by=by, at=clock.now())
    for user, openings in ((world.officer.user, 0), (by, 1)):
        assert client_of(user).get(f"/officers/{world.officer.service_number}/photo/").status_code == 200
        assert AuditEvent.objects.filter(event="file-opened").count() == openings


def test_what_was_said_of_ethnicity_and_disability_is_read_by_the_balance_report_and_its_owner_alone() -> None:
    reading = {
        path.relative_to(ROOT).as_posix()
        for path in python_files(of=MODULES)
        if re.search(r"OfficerBackground|background__|officer\.background\b", path.read_text(encoding="utf-8"))
    }
    assert {each for each in reading if not each.startswith("desk/demo/")} == {
        "personnel/models/__init__.py", "personnel/models/members.py",  # what it is
        "personnel/queries/balance.py",  # Parliament's report
        "personnel/actions/members.py", "personnel/queries/members.py", "desk/own_record.py",  # the owner
    }  # fmt: skip
