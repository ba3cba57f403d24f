"""On a phone: a questionnaire that is scored there, the directory searched there, a request sealed there."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest

from counselling import envelopes
from counselling.models import CallRequest
from tests.factories.supporters import supporter_at
from tests.signing_in import sign_in
from tests.world import World

PHONE = {"width": 360, "height": 780}


@pytest.mark.django_db(transaction=True)
def test_a_questionnaire_is_scored_on_the_phone_and_kept_nowhere(page: Any, world: World) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/w/check/?lang=en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-check=phq9] summary").click()
    for number in range(1, 10):
        points = "1" if number == 9 else "2"
        page.locator(f"input[name=phq9-{number}][value='{points}']").check()
    mood = page.locator("[data-check=phq9]")
    assert mood.locator("[data-score]").inner_text() == "17"
    assert mood.locator("[data-lowest]:visible h2").all_inner_texts() == ["15–19: Moderately severe"]
    assert mood.get_by_role("link", name="What to do now, and whom to call").is_visible()
    kept = page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, location.search]")
    assert (asked, kept) == ([], [[], [], "", "?lang=en"])
    page.evaluate("window.hcimsLook().then(window.hcimsFound)")  # axe, with the sum and its meaning in sight
    mood.get_by_role("button", name="Clear my answers").click()
    assert page.locator("input:checked").count() == 0
    page.locator("input[name=phq9-1][value='0']").check()
    page.get_by_role("link", name="Danger now").first.click()
    page.go_back()
    assert page.locator("input:checked").count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_directory_is_searched_on_the_phone_and_a_request_sealed_there(page: Any, world: World) -> None:
    key = envelopes.new_private_key()
    point = base64.b64encode(envelopes.point_of(key)).decode()
    supporter_at(world.station, is_listed=True, shown_name="Zawadi", sex="F", languages=["sw", "luo"], call_key=point)
    supporter_at(world.other_station, is_listed=True, shown_name="Baraka", sex="M", telephone="0700000001")
    page.set_viewport_size(PHONE)
    page.goto("/w/people/?lang=en")
    names = page.locator("[data-list] h2")
    page.get_by_text("2 people").wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Woman or man").select_option("F")
    assert names.all_inner_texts() == ["Zawadi"]
    page.get_by_label("Woman or man").select_option("")
    page.get_by_label("Outside my own command").select_option("PS-BAMBA")
    assert names.all_inner_texts() == ["Baraka"]
    page.get_by_label("Outside my own command").select_option("")
    page.locator("#language").select_option("luo")
    assert (names.all_inner_texts(), asked) == (["Zawadi"], [])
    page.get_by_role("button", name="Ask to be called back").click()
    page.get_by_label("Number to call").fill("0712 345 678")
    page.get_by_label("What to call you").fill("Rafiki")
    page.get_by_role("button", name="Seal and send").click()
    page.get_by_role("alert").get_by_text("Sent.").wait_for()
    sealed = bytes(CallRequest.objects.get().sealed)
    told = json.loads(envelopes.open_sealed(sealed, key=key, info=b"hcims callback v1"))
    assert told == {"v": 1, "name": "Rafiki", "number": "0712 345 678", "when": "At any time"}


@pytest.mark.django_db(transaction=True)
def test_a_supporter_opens_what_waits_with_the_pin_of_the_phone(page: Any, world: World) -> None:
    thing = supporter_at(world.station, is_listed=True, user=world.people["peer-supporter"])
    sign_in(page, thing.user)
    page.set_viewport_size(PHONE)
    page.goto("/w/enrol/?lang=en")
    page.locator("[name=pin]").fill("474747")
    page.locator("[name=again]").fill("474747")
    page.locator("[data-enrol] button").click()
    page.wait_for_url("**/w/?lang=en")
    page.goto("/w/calls/?lang=en")
    page.get_by_label("PIN").fill("474747")
    page.get_by_role("button", name="Receive requests on this phone").click()
    page.get_by_role("button", name="Take no more requests; delete what waits").wait_for()
    thing.refresh_from_db()
    content = json.dumps({"v": 1, "name": "Rafiki", "number": "0712 345 678", "when": "Evenings"}).encode().ljust(256)
    sealed = envelopes.seal(content, to=base64.b64decode(thing.call_key), info=b"hcims callback v1")
    CallRequest.objects.create(supporter=thing, sealed=sealed, expires_on=date(2126, 1, 1))
    page.goto("/w/calls/?lang=en")
    assert "0712" not in page.content()
    page.get_by_label("PIN").fill("474747")
    page.get_by_role("button", name="Open").click()
    page.get_by_text("Rafiki · 0712 345 678 · Evenings").wait_for()
    assert page.get_by_role("link", name="Call").get_attribute("href") == "tel:0712345678"
    page.get_by_role("button", name="Answered: delete it").click()
    page.get_by_text("0 requests wait.").wait_for()
    assert not CallRequest.objects.exists()
