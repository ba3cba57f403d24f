"""The second person of a large import: told, shown it on the start page, and let in to say the word and no other."""

import pytest
from django.urls import reverse

from deployment.models import DeploymentRule, RuleCode
from hcims import clock
from hcims.imports.models import ImportBatch
from hcims.notify.models import PersonalNotice
from tests.factories.accounts import UserFactory, appoint
from tests.factories.roll_rows import row
from tests.imports.test_pages import page_of, post, upload
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(world, tmp_path):
    """A large import that the HR officer confirmed."""
    DeploymentRule.objects.filter(code=RuleCode.IMPORT_SECOND_PERSON).update(value=1)
    hr = client_of(world.people["hr-officer"])
    upload(hr, tmp_path, [row(1), row(2), row(3, unit="PS-NOWHERE")])
    batch = ImportBatch.objects.get()
    post(hr, "confirm", batch)
    assert batch.state == "second"
    return batch


def told(kind="import-to-confirm"):
    return set(PersonalNotice.objects.filter(kind=kind).values_list("user", flat=True))


def test_those_who_may_are_told_and_nobody_else(world, tmp_path):
    DeploymentRule.objects.filter(code=RuleCode.IMPORT_SECOND_PERSON).update(value=1)
    other = appoint(UserFactory(), "hr-officer", world.service)
    mine = appoint(UserFactory(), "hr-officer", world.county)
    theirs = appoint(UserFactory(), "hr-officer", world.other_county)
    commissioner = appoint(UserFactory(), "npsc-commissioner", world.service)
    client = client_of(mine)
    upload(client, tmp_path, [row(1), row(2)], area="C-KILIFI")
    batch = ImportBatch.objects.get()
    post(client, "confirm", batch)
    assert told() >= {other.pk, commissioner.pk, world.people["hr-officer"].pk}
    assert not told() & {mine.pk, theirs.pk}
    assert PersonalNotice.objects.filter(user=other).get().link == f"/imports/{batch.ref}/"


def test_the_start_page_counts_what_its_link_lists(waiting, world):
    other = client_of(appoint(UserFactory(), "hr-officer", world.service))
    first = client_of(world.people["hr-officer"])
    address = reverse("imports:imports") + "?show=second"
    assert address in other.get("/").content.decode()
    assert waiting.ref in other.get(address).content.decode()
    assert waiting.ref not in first.get(address).content.decode()


def test_a_commissioner_may_say_the_word_and_nothing_else(waiting, world):
    commissioner = client_of(appoint(UserFactory(), "npsc-commissioner", world.service))
    page = page_of(commissioner, waiting)
    assert "Confirm and apply 2 rows" in page
    assert "rejected.xlsx" not in page
    assert commissioner.get(reverse("imports:rejects", args=[waiting.ref])).status_code == 404
    assert commissioner.get(reverse("imports:upload", args=["roll"])).status_code == 404
    assert post(commissioner, "withdraw", waiting).status_code == 404
    post(commissioner, "second", waiting)
    assert waiting.state == "applied"
    assert post(commissioner, "undo", waiting).status_code == 404


def test_a_commissioner_sees_no_list_that_nobody_confirmed(world, tmp_path):
    upload(client_of(world.people["hr-officer"]), tmp_path, [row(1)])
    batch = ImportBatch.objects.get()
    commissioner = client_of(appoint(UserFactory(), "npsc-commissioner", world.service))
    assert commissioner.get(reverse("imports:batch", args=[batch.ref])).status_code == 404


def test_sent_back_the_first_is_told_why(waiting, world):
    other = client_of(appoint(UserFactory(full_name="Zainab Mfano"), "hr-officer", world.service))
    post(other, "second", waiting, decision="back", note="Row 2 looks wrong")
    assert told("import-sent-back") == {world.people["hr-officer"].pk}
    assert "Zainab Mfano sent it back: Row 2 looks wrong" in page_of(client_of(world.people["hr-officer"]), waiting)


def test_whoever_began_it_is_told_that_it_is_over(world, tmp_path):
    hr = client_of(world.people["hr-officer"])
    upload(hr, tmp_path, [row(1)])
    assert told("import-over") == set()
    post(hr, "confirm", ImportBatch.objects.get())
    assert told("import-over") == {world.people["hr-officer"].pk}
    assert ImportBatch.objects.get().applied_at <= clock.now()


def test_after_sending_back_a_commissioner_comes_to_a_page_that_opens(waiting, world):
    commissioner = client_of(appoint(UserFactory(), "npsc-commissioner", world.service))
    assert post(commissioner, "second", waiting, decision="back", note="")["Location"].endswith(f"{waiting.ref}/")
    assert (waiting.state, waiting.notes) == ("second", [])
    answer = post(commissioner, "second", waiting, decision="back", note="Row 2 looks wrong")
    page = commissioner.get(answer["Location"])
    assert (waiting.state, page.status_code) == ("ready", 200)
    assert "was sent back with what you wrote" in page.content.decode()


def test_a_second_word_upon_the_same_list_says_what_became_of_it(waiting, world):
    first, other = (
        client_of(world.people["hr-officer"]),
        client_of(appoint(UserFactory(), "hr-officer", world.service)),
    )
    assert "Waiting for a second person” by now" in post(first, "confirm", waiting).content.decode()
    post(other, "second", waiting)
    answer = post(other, "second", waiting)
    assert (answer.status_code, waiting.state) == (409, "applied")
    assert "Applied” by now" in answer.content.decode()
