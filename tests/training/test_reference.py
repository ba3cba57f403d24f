"""What training starts with: the courses, the seven parts of Muamko Mpya, who may enter; loaded once, changed never."""

from __future__ import annotations

import pytest

from training.models import Course, CurriculumVersion, EntryCondition
from training.reference import load_reference

pytestmark = pytest.mark.django_db


def test_muamko_mpya_comes_as_a_draft_with_the_parts_the_service_named() -> None:
    version = CurriculumVersion.objects.get(programme__code="muamko-mpya")
    assert (version.state, version.number, version.drafted_by) == ("draft", 1, None)
    assert [each.code for each in version.parts.all()] == [
        "stress-and-trauma", "identity", "relationships", "security", "resilience", "healing", "transformation",
    ]  # fmt: skip
    assert all(each.name_sw for each in version.parts.all())


def test_the_catalogue_names_every_kind_of_course_and_conditions_their_source() -> None:
    assert set(Course.objects.values_list("kind", flat=True)) == {
        "recruit", "corporal", "sergeant", "inspectorate", "senior", "technical", "refresher", "leaders", "peers",
    }  # fmt: skip
    conditions = list(EntryCondition.objects.all())
    assert conditions
    for each in conditions:
        assert getattr(each, EntryCondition.NEEDS[each.kind]) is not None, f"{each.course} {each.kind}"
        assert each.legal_basis
        assert not each.is_confirmed


def test_what_is_there_is_never_loaded_again() -> None:
    assert load_reference() == 0
    EntryCondition.objects.filter(course__code="corporals", kind="paper").update(ends_on="2025-01-01")
    Course.objects.filter(code="traffic").update(name_en="Traffic")
    assert load_reference() == 0
    assert Course.objects.get(code="traffic").name_en == "Traffic"
