"""Every role there is, in plain English. An appointment gives one of them to a person, at a unit, for a period.

A role reaches down the command tree from the unit of the appointment (`reach="tree"`), or stops at it ("unit").
Every officer also reads his or her own record: that is a rule about oneself, not a role.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hcims.access.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    """A name, a sentence that a commissioner can approve, and what it permits."""

    code: str
    name: str
    description: str
    permissions: frozenset[P] = field(default_factory=frozenset)
    reach: Literal["tree", "unit"] = "tree"
    second_factor: bool = True
    by_virtue_of_post: bool = False  # held with a post, and ends with the posting


COMMAND = frozenset(
    {
        P.SEE_UNITS, P.SEE_OVERVIEW, P.SEE_OFFICERS, P.SEE_FILE, P.SEE_POSTINGS,
        P.RECORD_RETURNS, P.CONFIRM_STATION,
    }
)  # fmt: skip
SENIOR_COMMAND = COMMAND | {P.SEE_DISCIPLINE, P.EXPORT}
NATIONAL = SENIOR_COMMAND | {P.APPROVE_ESTABLISHMENT, P.SEE_BALANCE, P.APPROVE_APPOINTMENT}


def _commander(code: str, name: str, area: str, permissions: frozenset[P] = COMMAND) -> Role:
    return Role(
        code,
        name,
        f"Commands {area}: sees its strength, vacancies and officers, confirms its list, records who left and who came.",
        permissions,
        by_virtue_of_post=True,
    )


ROLES: dict[str, Role] = {
    role.code: role
    for role in [
        Role("officer", "Officer", "Reads and asks to correct his or her own record. Nothing else.", second_factor=False),
        _commander("station-commander", "Officer Commanding Station", "a police station and its posts"),
        _commander("ward-commander", "Ward Police Commander", "a ward"),
        _commander("subcounty-commander", "Sub-County Police Commander", "a sub-county"),
        _commander("county-commander", "County Police Commander", "a county", SENIOR_COMMAND),
        _commander("regional-commander", "Regional Police Commander", "a region", SENIOR_COMMAND),
        _commander("formation-commander", "Formation commander", "a formation", SENIOR_COMMAND),
        _commander("commandant", "Commandant", "a training institution", SENIOR_COMMAND),
        Role(
            "hr-officer",
            "HR officer",
            "Keeps the records of the officers of an area: imports the roll, changes records on paper, prepares orders.",
            SENIOR_COMMAND
            | {
                P.SEE_IDENTITY, P.SEE_FAMILY, P.EDIT_OFFICERS, P.EDIT_DISCIPLINE, P.DECIDE_CORRECTIONS,
                P.VERIFY_SKILLS, P.RECORD_POSTINGS, P.PROPOSE_ESTABLISHMENT, P.EDIT_UNITS, P.EDIT_REFERENCE,
                P.IMPORT_ROLL, P.CONFIRM_LARGE_IMPORT, P.COMPARE_PAYROLL, P.PROPOSE_APPOINTMENT, P.ISSUE_ACTIVATION,
            },
        ),
        Role(
            "inspector-general",
            "Inspector General",
            "Commands the whole service: the bird's-eye page, every unit and every officer's file; approves "
            "establishment and appointments.",
            NATIONAL,
            by_virtue_of_post=True,
        ),
        Role(
            "inspector-general-office",
            "Office of the Inspector General",
            "Prepares papers for the Inspector General: the same pages, without approving anything.",
            SENIOR_COMMAND | {P.SEE_BALANCE},
        ),
        Role(
            "deputy-inspector-general",
            "Deputy Inspector General",
            "Commands the Kenya Police Service or the Administration Police Service under the Inspector General.",
            NATIONAL,
            by_virtue_of_post=True,
        ),
        Role(
            "deputy-inspector-general-office",
            "Office of a Deputy Inspector General",
            "Prepares papers for a Deputy Inspector General: the same pages, without approving anything.",
            SENIOR_COMMAND,
        ),
        Role(
            "director-dci",
            "Director of Criminal Investigations",
            "Commands the Directorate of Criminal Investigations.",
            NATIONAL,
            by_virtue_of_post=True,
        ),
        Role(
            "director-dci-office",
            "Office of the Director of Criminal Investigations",
            "Prepares papers for the Director: the same pages, without approving anything.",
            SENIOR_COMMAND,
        ),
        Role(
            "npsc-commissioner",
            "NPSC commissioner",
            "Oversees human capital on behalf of the National Police Service Commission: numbers, files and reports; "
            "approves establishment and appointments.",
            frozenset(
                {
                    P.SEE_UNITS, P.SEE_OVERVIEW, P.SEE_OFFICERS, P.SEE_FILE, P.SEE_POSTINGS, P.SEE_DISCIPLINE,
                    P.SEE_BALANCE, P.EXPORT, P.APPROVE_ESTABLISHMENT, P.APPROVE_APPOINTMENT, P.CONFIRM_LARGE_IMPORT,
                }
            ),
        ),
        Role("board-member", "Board member", "Sits on a promotion, transfer or appeal board; sees what that board is given.",
             frozenset({P.SEE_UNITS})),
        Role("panel-member", "Recruitment panel member", "Sits at a recruitment centre; sees what that centre is given.",
             frozenset({P.SEE_UNITS})),
        Role("training-officer", "Training officer", "Keeps courses and attendance of a training institution.",
             frozenset({P.SEE_UNITS}), reach="unit"),
        Role("peer-supporter", "Peer supporter", "A trained colleague. Sees no personnel records by this role.",
             frozenset()),
        Role("counsellor", "Counsellor", "Counsels officers. Sees no personnel records by this role.", frozenset()),
        Role("wellbeing-lead", "Wellbeing lead", "Coordinates counselling and peer support. Sees no personnel records by "
             "this role.", frozenset()),
        Role("custodian", "Custodian", "Holds one of the keys by which counsellors' public keys are signed. Sees nothing "
             "else.", frozenset()),
        Role(
            "auditor",
            "Auditor",
            "Searches the audit trail and answers officers who ask who opened their file. Changes nothing but the record of "
            "a lawful delay.",
            frozenset({P.SEE_AUDIT, P.DELAY_DISCLOSURE, P.SEE_UNITS}),
        ),
        Role(
            "system-administrator",
            "System administrator",
            "Manages accounts and settings. Sees no personnel content of any kind.",
            frozenset({P.MANAGE_ACCOUNTS, P.MANAGE_SETTINGS, P.PROPOSE_APPOINTMENT}),
        ),
    ]
}  # fmt: skip


def role(code: str) -> Role:
    """The role of that code. Errors: KeyError for an unknown one."""
    return ROLES[code]


def roles_with(permission: P) -> list[str]:
    """Codes of the roles that carry a permission."""
    return [each.code for each in ROLES.values() if permission in each.permissions]
