"""Every permission there is. A permission says what may be done; an appointment says where and until when.

Naming: the deed, then the thing. Adding one is a decision about people: say here, in one line, what it opens.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """A code, and in words what it opens."""

    meaning: Promise

    def __new__(cls, code: str, meaning: Promise) -> Permission:
        """One member: the code is its value, the words travel with it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    # Organisation
    SEE_UNITS = "see-units", _("unit pages: tree, establishment, strength, vacancies; numbers, no names")
    EDIT_UNITS = "edit-units", _("open, rename, move and close units; hardship and operation classes")
    EDIT_REFERENCE = "edit-reference", _("ranks, skills, qualifications, retirement rules in the admin")
    PROPOSE_ESTABLISHMENT = "propose-establishment", _("draft and submit a version of authorised posts")
    APPROVE_ESTABLISHMENT = "approve-establishment", _("make a submitted version law")
    # Accounts
    MANAGE_ACCOUNTS = "manage-accounts", _("open, lock and close accounts; see who has signed in")
    ISSUE_ACTIVATION = "issue-activation", _("letters with a one-time code, handed over against identity")
    PROPOSE_APPOINTMENT = "propose-appointment", _("first of the two people an appointment needs")
    APPROVE_APPOINTMENT = "approve-appointment", _("second of the two")
    # Personnel
    SEE_OFFICERS = "see-officers", _("the list: name, number, rank, unit, tenure, skills")
    SEE_FILE = "see-file", _("an officer's file: service, ranks, postings, skills, qualifications, courses")
    SEE_IDENTITY = "see-identity", _("national ID, PIN, bank and contact details")
    SEE_FAMILY = "see-family", _("next of kin, spouse, children at school, dependants")
    SEE_COMMENDATIONS = "see-commendations", _("commendations")
    SEE_DISCIPLINE = "see-discipline", _("discipline records")
    EDIT_OFFICERS = "edit-officers", _("change a record, with the paper it rests on")
    EDIT_DISCIPLINE = "edit-discipline", _("enter and close discipline records and commendations")
    DECIDE_CORRECTIONS = "decide-corrections", _("answer an officer's request to correct the record")
    VERIFY_SKILLS = "verify-skills", _("check the evidence behind a skill")
    SEE_BALANCE = "see-balance", _("Parliament's yearly balance report (aggregates, small cells hidden)")
    # Deployment
    SEE_OVERVIEW = "see-overview", _("the bird's-eye page of the area")
    SEE_POSTINGS = "see-postings", _("the postings ledger")
    RECORD_POSTINGS = "record-postings", _("orders, postings, overlapping duties")
    RECORD_RETURNS = "record-returns", _("casualty returns on departure and arrival")
    CONFIRM_STATION = "confirm-station", _("the monthly station return")
    IMPORT_ROLL = "import-roll", _("upload and confirm the nominal roll and its companions")
    CONFIRM_LARGE_IMPORT = "confirm-large-import", _("second person for a large import or its undo")
    COMPARE_PAYROLL = "compare-payroll", _("upload and read the payroll comparison")
    EXPORT = "export", _("take lists away as a file")
    # Transfers
    ADVISE_TRANSFERS = (
        "advise-transfers",
        _("advise on requests from the area; grounds shown as verified, never the papers"),
    )
    PROCESS_TRANSFERS = "process-transfers", _("the queue: paper requests, checks, orders, letters")
    DECIDE_TRANSFERS = "decide-transfers", _("decide where the rule in force gives the decision to the role")
    LIFT_STOPS = "lift-stops", _("lift a stop, with reasons that are counted publicly")
    DECIDE_PROTECTED = "decide-protected", _("requests about safety, harassment and retaliation, unseen by the line")
    MANAGE_ROUNDS = "manage-rounds", _("rule books, rounds, freezing, computing, trying out")
    SIT_ON_TRANSFER_BOARD = (
        "sit-on-transfer-board",
        _("see a computed round; accept it or vary single awards with reasons"),
    )
    SIGN_ROUNDS = "sign-rounds", _("publish a rule book or an accepted round")
    NAME_APPEAL_PANEL = "name-appeal-panel", _("name who hears an appeal")
    HEAR_APPEALS = "hear-appeals", _("appeals one has been named for")
    SEE_TRANSFER_PATTERNS = (
        "see-transfer-patterns",
        _("patterns that need a question, and the sealed tier of a certificate"),
    )
    # Training
    SEE_TRAINING = "see-training", _("courses, cohorts, the integration matrix and the cover of the area")
    RUN_TRAINING = (
        "run-training",
        _("an institution's or command's courses: seats, calls, rolls, results, marks of the matrix"),
    )
    COMMAND_TRAINING = "command-training", _("confirm what is taught; answer for what is behind")
    NOMINATE_TRAINEES = "nominate-trainees", _("put officers of the area forward for a course")
    NOMINATE_ON_PAPER = (
        "nominate-on-paper",
        _("enter names for a course that a commander of the area signed, from the paper"),
    )
    DRAFT_CURRICULA = (
        "draft-curricula",
        _("draft and submit versions of curricula and courses, entry conditions, surveys"),
    )
    APPROVE_CURRICULA = "approve-curricula", _("approve what another person drafted")
    LEAD_ROLLOUT = "lead-rollout", _("plan whom to call so that training reaches every ward")
    # Wellbeing
    LOG_CONTACTS = "log-contacts", _("log nameless contacts of peer support; see one's own")
    COUNSEL = "counsel", _("keep cases one has been granted, sealed in the browser")
    LEAD_WELLBEING = (
        "lead-wellbeing",
        _("offices, supporters, cover, closed months as counts, who read which case; never a case"),
    )
    KEEP_KEYS = "keep-keys", _("sign counsellors' keys; open one case together with another custodian")
    REQUEST_OPENING = "request-opening", _("ask two custodians to open one case, for risk to life or a court's order")
    RECORD_WELFARE = "record-welfare", _("room, protected hours and practices of the area; critical incidents")
    # Oversight and machinery
    SEE_AUDIT = "see-audit", _("search the audit trail")
    DELAY_DISCLOSURE = "delay-disclosure", _('hold back "who opened my file" under a lawful investigation')
    MANAGE_SETTINGS = "manage-settings", _("jobs, notices, status; no personnel content")
