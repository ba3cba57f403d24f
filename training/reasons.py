"""Why a name is refused, does not come, or leaves a list: a closed list, each with its basis and where to turn. Pure."""

from __future__ import annotations

from dataclasses import dataclass

_FAIR = "Fair Administrative Action Act 2015, s.4"
_ORDER = "Published order of seats"
_CONDITIONS = "Entry conditions of the course"


@dataclass(frozen=True)
class Reason:
    """One entry: what it says, the basis it stands on, and where the officer turns, in both languages."""

    code: str
    en: str
    sw: str
    basis: str
    turn_en: str
    turn_sw: str

    def text(self, language: str) -> str:
        """The words in a language; English where it is not known."""
        return self.sw if language == "sw" else self.en

    def turn(self, language: str) -> str:
        """Where to turn, in a language."""
        return self.turn_sw if language == "sw" else self.turn_en


_NEXT = "Ask again for the next running of the course; the time you waited counts."
_NEXT_SW = "Omba tena kwa awamu ijayo ya kozi; muda uliosubiri unahesabiwa."
_ABOVE = "The commander above who refused: ask in writing for the refusal to be looked at again."
_ABOVE_SW = "Kamanda aliye juu ya aliyekataa: omba kwa maandishi uamuzi uangaliwe tena."
_HR = "The HR desk, or “My record”, if the record is wrong: ask for it to be corrected, then ask again."
_HR_SW = "Dawati la rasilimali watu, au “Rekodi yangu”, ikiwa rekodi ina kosa: omba isahihishwe, kisha omba tena."
_DIRECTOR = "The Director of training: ask in writing for the refusal to be looked at again."
_DIRECTOR_SW = "Mkurugenzi wa mafunzo: omba kwa maandishi uamuzi uangaliwe tena."

# What a commander may say to an officer who asks.
BY_COMMANDER = [
    Reason("needed", "Too few would be left at the unit in these days.",
           "Wachache mno wangebaki kituoni katika siku hizo.", _FAIR, _NEXT, _NEXT_SW),
    Reason("others-first", "Others of the unit who have waited longer are put forward this time.",
           "Wengine wa kituo waliosubiri zaidi wanapendekezwa safari hii.", _FAIR, _NEXT, _NEXT_SW),
    Reason("other-course", "Another course is planned for the officer.",
           "Kozi nyingine imepangwa kwa afisa.", _FAIR, _ABOVE, _ABOVE_SW),
    Reason("not-the-duty", "The course is not for the duty that the officer does or is to do.",
           "Kozi si ya kazi anayofanya au atakayofanya afisa.", _FAIR, _ABOVE, _ABOVE_SW),
]  # fmt: skip
# What the institution may say.
BY_INSTITUTION = [
    Reason("no-seat", "All seats were given in the published order before the name's turn came.",
           "Nafasi zote zilitolewa kwa utaratibu uliotangazwa kabla ya zamu ya jina hili.", _ORDER, _NEXT, _NEXT_SW),
    Reason("paper-not-shown", "A condition could not be confirmed: its paper was not shown.",
           "Sharti halikuthibitishwa: hati yake haikuonyeshwa.", _CONDITIONS, _HR, _HR_SW),
    Reason("not-eligible", "A condition of entry no longer holds.",
           "Sharti la kujiunga halitimizwi tena.", _CONDITIONS, _HR, _HR_SW),
    Reason("cancelled", "The course does not take place in these days.",
           "Kozi haitafanyika katika siku hizo.", _FAIR, _NEXT, _NEXT_SW),
    Reason("wrong-course", "Another course is the right one for what is asked.",
           "Kozi nyingine ndiyo inayofaa kwa kinachoombwa.", _FAIR, _DIRECTOR, _DIRECTOR_SW),
]  # fmt: skip
# How a seat was given, or a name left the list, without a refusal.
IN_ORDER, OUT_OF_ORDER, MOVED_UP, ON_LIST, CALLED_BY_PLAN = "in-order", "out-of-order", "moved-up", "waits", "plan"
OWN_WISH, UNIT_NEED, TIME_OUT = "own-wish", "unit-need", "time-out"
GIVEN = [
    Reason(IN_ORDER, "Given in the published order.", "Imetolewa kwa utaratibu uliotangazwa.", _ORDER, "", ""),
    Reason(OUT_OF_ORDER, "Given out of the published order, with the reason on record.",
           "Imetolewa nje ya utaratibu uliotangazwa, sababu ikiwa kwenye kumbukumbu.", _FAIR, _DIRECTOR, _DIRECTOR_SW),
    Reason(MOVED_UP, "Moved up when a seat fell free.", "Amepanda nafasi ilipoachwa wazi.", _ORDER, "", ""),
    Reason(ON_LIST, "Waits: the seats went to those before in the published order.",
           "Anasubiri: nafasi zilienda kwa waliotangulia katika utaratibu uliotangazwa.", _ORDER, _NEXT, _NEXT_SW),
    Reason(CALLED_BY_PLAN, "Called by the plan of the roll-out.", "Ameitwa na mpango wa uenezaji.",
           "Published order of the roll-out", _DIRECTOR, _DIRECTOR_SW),
    Reason(OWN_WISH, "Withdrawn at the officer's own wish.", "Imeondolewa kwa ombi la afisa mwenyewe.", _FAIR, _NEXT, _NEXT_SW),
    Reason(UNIT_NEED, "Withdrawn by the commander, with the reason on record.",
           "Imeondolewa na kamanda, sababu ikiwa kwenye kumbukumbu.", _FAIR, _ABOVE, _ABOVE_SW),
    Reason(TIME_OUT, "The course began before the commander answered.",
           "Kozi ilianza kabla ya kamanda kujibu.", _FAIR, _ABOVE, _ABOVE_SW),
]  # fmt: skip
REASONS = {each.code: each for each in (*BY_COMMANDER, *BY_INSTITUTION, *GIVEN)}
# What to do about a finding of the record that does not hold.
TURN_ON_RECORD = Reason("record", "", "", _CONDITIONS, _HR, _HR_SW)


def of(code: str) -> Reason | None:
    """The entry of a code, or None for one that is not on the list."""
    return REASONS.get(code)
