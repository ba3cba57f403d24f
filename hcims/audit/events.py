"""What the audit trail can say. One word per kind of deed; the row says who, at what, why and on what paper."""

from enum import StrEnum


class Event(StrEnum):
    # Machinery
    STATE_MOVED = "state-moved"
    IMPORT_APPLIED = "import-applied"
    IMPORT_UNDONE = "import-undone"
    IMPORT_ROWS_REMOVED = "import-rows-removed"
    EXPORTED = "exported"
    LETTER_ISSUED = "letter-issued"
    CHECKPOINT_EXPORTED = "checkpoint-exported"
    JOB_CANCELLED = "job-cancelled"
    REFERENCE_CHANGED = "reference-changed"
    VIEW_KEPT = "view-kept"  # a person's own saved view of a list: kept, renamed, made the default
    VIEW_DROPPED = "view-dropped"
    # Accounts
    ACCOUNT_OPENED = "account-opened"
    ACCOUNT_CHANGED = "account-changed"
    ACCOUNT_CLOSED = "account-closed"
    ACTIVATION_ISSUED = "activation-issued"
    ACCOUNT_ACTIVATED = "account-activated"
    SIGN_IN_RESET = "sign-in-reset"
    PHONE_CHANGE_ASKED = "phone-change-asked"
    PHONE_CHANGED = "phone-changed"
    APPOINTMENT_PROPOSED = "appointment-proposed"
    APPOINTMENT_APPROVED = "appointment-approved"
    APPOINTMENT_REFUSED = "appointment-refused"
    APPOINTMENT_ENDED = "appointment-ended"
    # Organisation
    UNIT_OPENED = "unit-opened"
    UNIT_CHANGED = "unit-changed"
    UNIT_MOVED = "unit-moved"
    UNIT_CLOSED = "unit-closed"
    UNIT_CLASSED = "unit-classed"
    ESTABLISHMENT_DRAFTED = "establishment-drafted"
    ESTABLISHMENT_IN_FORCE = "establishment-in-force"
    # Personnel
    OFFICER_ENTERED = "officer-entered"
    OFFICER_CHANGED = "officer-changed"
    OFFICER_VOIDED = "officer-voided"
    RANK_RECORDED = "rank-recorded"
    SKILL_RECORDED = "skill-recorded"
    SKILL_VERIFIED = "skill-verified"
    DISCIPLINE_RECORDED = "discipline-recorded"
    COMMENDATION_RECORDED = "commendation-recorded"
    CORRECTION_ASKED = "correction-asked"
    CORRECTION_DECIDED = "correction-decided"
    EXIT_RECORDED = "exit-recorded"
    FILE_OPENED = "file-opened"  # a personal file read by another person
    OWN_RECORD_TAKEN = "own-record-taken"
    # Deployment
    ORDER_ISSUED = "order-issued"
    ORDER_CANCELLED = "order-cancelled"
    POSTING_RECORDED = "posting-recorded"
    POSTING_ENDED = "posting-ended"
    POSTING_VOIDED = "posting-voided"
    RETURN_RECORDED = "return-recorded"
    STATION_CONFIRMED = "station-confirmed"
    OVERSTRENGTH_AUTHORISED = "overstrength-authorised"
    PAYROLL_COMPARED = "payroll-compared"
    # Oversight
    DISCLOSURE_DELAYED = "disclosure-delayed"
    DELAY_REFUSED = "delay-refused"
    DELAY_ENDED = "delay-ended"
    TRAIL_SEARCHED = "trail-searched"  # an auditor searched it for a person
    READER_NAMED = "reader-named"  # an auditor looked up the name behind a file opening
