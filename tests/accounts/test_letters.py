"""Letters with a one-time code: never through the person's own command, handed over against identity, used once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from accounts import actions, codes
from accounts.models import LetterState, SignInLetter, User, UserKind
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit
from tests.factories.accounts import CODE, LetterFactory, OutsideUserFactory, UserFactory, appoint
from tests.factories.notices import told
from tests.factories.organisation import UnitFactory
from tests.signing_in import client_of
from tests.world import World

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PASSWORD = "kahawa ndizi mlima"


def hr_at(unit: Unit) -> User:
    return appoint(UserFactory(full_name="Neema wa HR"), "hr-officer", unit)


def issue(world: World, by: User, user: User | None = None, unit: Unit | None = None, **fields: Any) -> Any:
    user = user or UserFactory(activated_at=None, full_name="Asha Mwende")
    return actions.issue_activation(user=user, unit=unit or world.station, by=by, at=AT, **fields)


def code_in(pdf: bytes) -> str:
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    lines = [line.replace(" ", "") for line in text.splitlines()]
    after = next(index for index, line in enumerate(lines) if "one-timecode" in line)
    return next(line for line in lines[after + 1 :] if len(line) == codes.LENGTH and line.isalnum())


class TestWhoMayIssue:
    def test_hr_of_the_whole_service_may(self, world: World) -> None:
        assert issue(world, hr_at(world.service)).letter.state == LetterState.ISSUED

    def test_hr_of_another_command_may(self, world: World) -> None:
        assert issue(world, hr_at(world.other_county)).letter.unit == world.station

    @pytest.mark.parametrize("where", ["station", "ward", "subcounty", "county", "region"])
    def test_hr_in_the_officers_own_line_may_not(self, world: World, where: str) -> None:
        hr = appoint(UserFactory(), "hr-officer", getattr(world, where))
        with pytest.raises(NotAllowed, match="own command"):
            issue(world, hr)
        assert not SignInLetter.objects.exists()

    def test_hr_of_the_service_who_also_commands_the_officer_may_not(self, world: World) -> None:
        hr = appoint(hr_at(world.service), "county-commander", world.county)
        with pytest.raises(NotAllowed, match="in command"):
            issue(world, hr)

    def test_the_line_is_that_of_the_day(self, world: World) -> None:
        """A station that moved to another county is no longer in the first county's line."""
        hr = hr_at(world.other_county)
        elsewhere = UnitFactory(under=world.other_county)
        with pytest.raises(NotAllowed):
            issue(world, hr, unit=elsewhere)
        assert issue(world, hr).letter

    @pytest.mark.parametrize("role", ["system-administrator", "county-commander", "inspector-general", "auditor"])
    def test_nobody_but_hr_may(self, world: World, role: str) -> None:
        with pytest.raises(NotAllowed, match="HR officers"):
            issue(world, world.people[role])

    def test_nobody_issues_to_oneself(self, world: World) -> None:
        hr = hr_at(world.service)
        with pytest.raises(NotAllowed, match="himself or herself"):
            issue(world, hr, user=hr, purpose="reset")

    def test_people_from_outside_are_enrolled_by_hr_of_the_whole_service_only(self, world: World) -> None:
        outside = OutsideUserFactory(activated_at=None)
        with pytest.raises(NotAllowed, match="whole service"):
            actions.issue_activation(user=outside, unit=None, by=hr_at(world.other_county), at=AT)
        assert actions.issue_activation(user=outside, unit=None, by=hr_at(world.service), at=AT).letter

    def test_an_officer_always_serves_somewhere(self, world: World) -> None:
        """Leaving the unit out must not be a way around the rule."""
        officer = UserFactory(activated_at=None)
        with pytest.raises(NotAllowed):
            actions.issue_activation(user=officer, unit=None, by=hr_at(world.service), at=AT)

    def test_the_same_rule_holds_for_handing_over_and_cancelling(self, world: World) -> None:
        letter = issue(world, hr_at(world.service)).letter
        county_hr = hr_at(world.county)
        with pytest.raises(NotAllowed):
            actions.hand_over(letter=letter, identity_document="national-id", by=county_hr, at=AT)
        with pytest.raises(NotAllowed):
            actions.cancel_letter(letter=letter, by=county_hr, at=AT, reason="no")
        letter.refresh_from_db()
        assert letter.state == LetterState.ISSUED


class TestTheLetter:
    def test_the_code_is_on_the_paper_and_nowhere_else(self, world: World) -> None:
        issued = issue(world, hr_at(world.service))
        code = code_in(issued.pdf)
        assert codes.fits(code, issued.letter.code_digest)
        stored = " ".join(str(value) for row in SignInLetter.objects.values() for value in row.values())
        trail = " ".join(AuditEvent.objects.values_list("details", flat=True))
        assert code.lower() not in (stored + trail).lower()

    def test_it_is_written_in_the_persons_language_and_numbered(self, world: World) -> None:
        issued = issue(world, hr_at(world.service))
        text = PdfReader(BytesIO(issued.pdf)).pages[0].extract_text()
        assert issued.letter.number in text
        assert issued.letter.user.login in text
        assert "/activate/" in text

    def test_it_expires_by_the_dated_rule(self, world: World) -> None:
        assert issue(world, hr_at(world.service)).letter.expires_at == AT + timedelta(days=30)
        user = UserFactory()
        assert issue(world, hr_at(world.service), user=user, purpose="reset").letter.expires_at == AT + timedelta(
            days=7
        )

    def test_a_second_letter_cancels_the_first(self, world: World) -> None:
        hr = hr_at(world.service)
        first = issue(world, hr).letter
        second = issue(world, hr, user=first.user).letter
        first.refresh_from_db()
        assert (first.state, second.state) == (LetterState.CANCELLED, LetterState.ISSUED)

    def test_the_database_allows_one_open_letter(self, world: World) -> None:
        letter = LetterFactory(unit=world.station)
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterFactory(unit=world.station, user=letter.user)

    def test_an_activated_account_gets_a_reset_letter_and_no_other(self, world: World) -> None:
        hr = hr_at(world.service)
        with pytest.raises(RuleBroken, match="activated already"):
            issue(world, hr, user=UserFactory())
        with pytest.raises(RuleBroken, match="never activated"):
            issue(world, hr, purpose="reset")


def use(letter: SignInLetter, code: str = CODE, password: str = PASSWORD, at: datetime = AT) -> User:
    return actions.activate(login=letter.user.login, code=code, password=password, at=at)


class TestUsingIt:
    def test_the_whole_way(self, world: World) -> None:
        hr = hr_at(world.service)
        issued = issue(world, hr)
        code = code_in(issued.pdf)
        with pytest.raises(actions.WrongCode):  # not handed over yet: a letter that went astray opens nothing
            use(issued.letter, code)
        actions.hand_over(letter=issued.letter, identity_document="national-id", by=hr, at=AT)
        user = use(issued.letter, code.lower())
        assert user.check_password(PASSWORD)
        assert user.activated_at == AT
        seen = AuditEvent.objects.filter(event="activation-issued", details__contains="national-id").get()
        assert seen.by_ref == hr.ref
        with pytest.raises(actions.WrongCode):  # once
            use(issued.letter, code)

    def test_every_way_of_being_wrong_says_the_same(self, world: World) -> None:
        good = LetterFactory(unit=world.station)
        waiting = LetterFactory(
            unit=world.station, state="issued", handed_over_at=None, handed_over_by=None, identity_document=""
        )
        expired = LetterFactory(unit=world.station, expires_at=AT)
        used = LetterFactory(unit=world.station, state="used", used_at=AT)
        closed = LetterFactory(unit=world.station, user__is_active=False, user__closed_at=AT)
        tried = LetterFactory(unit=world.station, tries=50)
        tries = [(good.user.login, "wrong"), ("nobody", CODE)]
        tries += [(letter.user.login, CODE) for letter in (waiting, expired, used, closed, tried)]
        said = set()
        for login, code in tries:
            with pytest.raises(actions.WrongCode) as refusal:
                actions.activate(login=login, code=code, password=PASSWORD, at=AT)
            said.add(refusal.value.message)
        assert len(said) == 1

    def test_a_weak_password_leaves_the_code_good(self, world: World) -> None:
        letter = LetterFactory(unit=world.station)
        with pytest.raises(RuleBroken, match="Too short"):
            use(letter, password="short")
        assert use(letter)

    def test_a_reset_takes_the_second_factor_off_and_ends_every_session(self, world: World) -> None:
        user = UserFactory()
        Authenticator.objects.create(user=user, type="totp", data={})
        client = client_of(user)
        assert client.get("/account/").status_code == 200
        UserSession.objects.create(user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent="x")
        use(LetterFactory(unit=world.station, user=user, purpose="reset"))
        assert not Authenticator.objects.filter(user=user).exists()
        assert client.get("/account/").status_code == 302
        assert told(user) == [("sign-in-reset", "/account/")]

    def test_the_page_signs_in_and_leads_on(self, world: World) -> None:
        letter = LetterFactory(unit=world.station, user=UserFactory(activated_at=None, login="007123"))
        client = client_of(None)
        answer = client.post("/activate/", {"login": " 007 123", "code": CODE.upper(), "password": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, "/account/")
        assert client.get("/account/").status_code == 200
        letter.refresh_from_db()
        assert letter.state == LetterState.USED

    def test_somebody_with_a_role_is_led_to_the_second_factor_first(self, world: World) -> None:
        user = appoint(UserFactory(activated_at=None, login="007123"), "counsellor", world.county)
        LetterFactory(unit=world.station, user=user)
        client = client_of(None)
        answer = client.post("/activate/", {"login": "007123", "code": CODE, "password": PASSWORD})
        assert answer["Location"] == "/account/second-factor/"
        assert client.get("/account/")["Location"] == "/account/second-factor/"

    def test_wrong_codes_are_counted_and_lead_to_a_lock_out(self, world: World) -> None:
        letter = LetterFactory(unit=world.station, user=UserFactory(activated_at=None, login="007123"))
        client = client_of(None)
        answers = [
            client.post("/activate/", {"login": "007123", "code": "wrong", "password": PASSWORD}).status_code
            for _ in range(7)
        ]
        assert answers == [422] * 5 + [429, 429]
        letter.refresh_from_db()
        assert letter.tries == 6
        again = client.post("/activate/", {"login": "007 123", "code": CODE, "password": PASSWORD})
        assert again.status_code == 429  # the right code too, until the time is over


class TestOpeningAccounts:
    def test_an_officers_account_is_opened_without_a_password(self, world: World) -> None:
        user = actions.open_account(
            login="007 124", kind=UserKind.OFFICER, full_name="Juma Otieno", by=hr_at(world.county), at=AT
        )
        assert (user.login, user.has_usable_password(), user.activated_at) == ("007124", False, None)

    def test_a_taken_name_is_refused_in_words(self, world: World) -> None:
        UserFactory(login="007125")
        with pytest.raises(RuleBroken, match="already"):
            actions.open_account(login="007 125", kind="officer", full_name="X", by=hr_at(world.service), at=AT)

    @pytest.mark.parametrize(("kind", "login"), [("outside", "007126"), ("civilian", "a@example.org"), ("officer", "")])
    def test_staff_have_numbers_and_others_addresses(self, world: World, kind: str, login: str) -> None:
        with pytest.raises(RuleBroken):
            actions.open_account(login=login, kind=kind, full_name="X", by=hr_at(world.service), at=AT)

    def test_the_system_administrator_opens_no_officers(self, world: World) -> None:
        administrator = world.people["system-administrator"]
        with pytest.raises(NotAllowed, match="officer's record"):
            actions.open_account(login="007127", kind="officer", full_name="X", by=administrator, at=AT)
        made = actions.open_account(login="Z@Example.org", kind="outside", full_name="Zawadi", by=administrator, at=AT)
        assert (made.login, made.email) == ("z@example.org", "z@example.org")

    def test_a_closed_account_loses_password_letter_and_sessions(self, world: World) -> None:
        user = UserFactory()
        letter = LetterFactory(unit=world.station, user=user, purpose="reset")
        administrator = world.people["system-administrator"]
        actions.close_account(user=user, by=administrator, at=AT, reason="left")
        user.refresh_from_db()
        letter.refresh_from_db()
        assert (user.is_active, user.has_usable_password(), letter.state) == (False, False, "cancelled")
        actions.reopen_account(user=user, by=administrator, at=AT, reason="came back")
        user.refresh_from_db()
        assert user.is_active
        assert not user.has_usable_password()

    def test_nobody_closes_his_or_her_own(self, world: World) -> None:
        administrator = world.people["system-administrator"]
        with pytest.raises(NotAllowed, match="own account"):
            actions.close_account(user=administrator, by=administrator, at=AT, reason="tired")
