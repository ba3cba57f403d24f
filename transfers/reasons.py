"""The closed list of reasons for which a transfer outside a round is granted or refused, in the words the officer reads.

Reasons of rounds come from the computation (`transfers.explanations`). A code is never reused with another meaning: orders,
the public ledger and appeals all carry it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One entry: its code, what it says in both languages, the source it stands on, and which way it decides."""

    code: str
    en: str
    sw: str
    source: str
    grants: bool

    def text(self, language: str) -> str:
        """The words in a language; English where it is not known."""
        return self.sw if language == "sw" else self.en


_REGULATIONS = "Transfers and Deployments Regulations, LN 89/2015"
_STANDING_ORDERS = "Service Standing Orders, chapter 72"
_FAIR = "Fair Administrative Action Act 2015, s.4"
_TENURE = "Tenure policy of the service"

_ALL = [
    Reason("own-request", "Granted at the officer's own request.", "Imekubaliwa kwa ombi la afisa mwenyewe.",
           _REGULATIONS, True),
    Reason("family", "Granted for the sake of the family.", "Imekubaliwa kwa ajili ya familia.",
           "Constitution art. 45; Namu v NPSC [2023] KEELRC 1231", True),
    Reason("health", "Granted for health or disability, of the officer or a dependant.",
           "Imekubaliwa kwa sababu ya afya au ulemavu, wa afisa au mtegemezi.",
           "Persons with Disabilities Act 2025; Kariuki v AG [2024] KEELRC 13501", True),
    Reason("hardship-relief", "Granted after time served in a hardship area.",
           "Imekubaliwa baada ya kutumikia eneo la ugumu.", _TENURE, True),
    Reason("retirement-county", "Granted: choice of county near retirement.",
           "Imekubaliwa: chaguo la kaunti karibu na kustaafu.", _TENURE, True),
    Reason("exchange", "Mutual exchange agreed by all who take part.",
           "Mabadilishano yaliyokubaliwa na wote wanaohusika.", _REGULATIONS, True),
    Reason("rotation-due", "Rotation: longer at the station than the rule allows.",
           "Mzunguko: muda kituoni umepita kikomo cha kanuni.", _TENURE, True),
    Reason("service-need", "Need of the service, as written in the proposal.",
           "Mahitaji ya huduma, kama yalivyoandikwa katika pendekezo.", "NPS Act 2011, s.6 (deployment)", True),
    Reason("urgent-safety", "Urgent: safety of the public or of members of the service; reviewed afterwards.",
           "Ya dharura: usalama wa umma au wa maafisa; itapitiwa baadaye.",
           "Fair Administrative Action Act 2015, s.4(4)", True),
    Reason("within-command", "Deployment within the command; the time at the station goes on.",
           "Kupangiwa kazi ndani ya kamandi; muda wa kituoni unaendelea.", _STANDING_ORDERS, True),
    # What an order says where the ground is nobody else's business: it must read like any other posting.
    Reason("posted", "Posted in the interest of the service and of the officer.",
           "Amepangiwa kituo kwa manufaa ya huduma na ya afisa.", "NPS Act 2011, s.6 (deployment)", True),
    Reason("no-post", "No free post of the rank and skill at the places asked for.",
           "Hakuna nafasi ya cheo na ujuzi katika maeneo yaliyoombwa.", "Approved establishment in force", False),
    Reason("strength", "The unit would fall below the strength it must keep.",
           "Kituo kingebaki na maafisa wachache kuliko inavyotakiwa.", _REGULATIONS, False),
    Reason("skill-kept", "The officer's skill is needed where he or she serves and nobody else there holds it.",
           "Ujuzi wa afisa unahitajika alipo na hakuna mwingine hapo aliye nao.", "NPS Act 2011, s.6 (deployment)", False),
    Reason("too-soon", "Shorter at the station than the minimum, and no ground that overrides it.",
           "Muda kituoni ni mfupi kuliko kima cha chini, na hakuna sababu ya kuuvuka.",
           "Service Standing Orders, chapter 72, para 6(2)", False),
    Reason("ground-not-shown", "The ground named could not be confirmed from the papers.",
           "Sababu iliyotajwa haikuthibitishwa na nyaraka.", _FAIR, False),
    Reason("home-area", "The place lies in the officer's home area, and nothing makes it necessary.",
           "Eneo liko nyumbani kwa afisa, na hakuna ulazima.", "Posting policy: not in the home area unless necessary", False),
    Reason("discipline-first", "A discipline case is open; a transfer neither replaces nor escapes it.",
           "Kesi ya nidhamu haijaisha; uhamisho haiwi badala yake wala njia ya kuikwepa.",
           "Discipline Regulations 2015; Geoffrey v NPS (ELRC 2025)", False),
    Reason("family-outweighs", "What the move would do to the family outweighs the need for it.",
           "Athari kwa familia ni kubwa kuliko hitaji la uhamisho.", "Namu v NPSC [2023] KEELRC 1231", False),
    Reason("no-need", "The need of the service put forward was not shown.",
           "Hitaji la huduma lililotolewa halikuthibitishwa.", _FAIR, False),
    Reason("wait-for-round", "To be asked again in the next round, where it is weighed with all others.",
           "Liombwe tena katika awamu ijayo, litakapopimwa pamoja na mengine yote.", _FAIR, False),
]  # fmt: skip
REASONS: dict[str, Reason] = {each.code: each for each in _ALL}
NEUTRAL = "posted"  # of the order that carries out a protected request


def of(code: str) -> Reason | None:
    """The entry of a code, or None for one that is not on the list."""
    return REASONS.get(code)


def granting() -> list[Reason]:
    """The reasons for which a transfer may be granted, but the neutral one."""
    return [each for each in _ALL if each.grants and each.code != NEUTRAL]


def refusing() -> list[Reason]:
    """The reasons for which a transfer may be refused."""
    return [each for each in _ALL if not each.grants]
