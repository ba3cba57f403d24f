"""Every permission there is. A permission says what may be done; an appointment says where and until when.

Naming: the deed, then the thing. Adding one is a decision about people: say here, in one line, what it opens.
"""

from enum import StrEnum


class Permission(StrEnum):
    # Organisation
    SEE_UNITS = "see-units"  # unit pages: tree, establishment, strength, vacancies; numbers, no names
    EDIT_UNITS = "edit-units"  # open, rename, move and close units; hardship and operation classes
    EDIT_REFERENCE = "edit-reference"  # ranks, skills, qualifications, retirement rules in the admin
    PROPOSE_ESTABLISHMENT = "propose-establishment"  # draft and submit a version of authorised posts
    APPROVE_ESTABLISHMENT = "approve-establishment"  # make a submitted version law
    # Accounts
    MANAGE_ACCOUNTS = "manage-accounts"  # open, lock and close accounts; see who has signed in
    ISSUE_ACTIVATION = "issue-activation"  # letters with a one-time code, handed over against identity
    PROPOSE_APPOINTMENT = "propose-appointment"  # first of the two people an appointment needs
    APPROVE_APPOINTMENT = "approve-appointment"  # second of the two
    # Personnel
    SEE_OFFICERS = "see-officers"  # the list: name, number, rank, unit, tenure, skills
    SEE_FILE = "see-file"  # an officer's file: service, ranks, postings, skills, qualifications, courses
    SEE_IDENTITY = "see-identity"  # national ID, PIN, bank and contact details
    SEE_FAMILY = "see-family"  # next of kin, spouse, children at school, dependants
    SEE_DISCIPLINE = "see-discipline"  # discipline records
    EDIT_OFFICERS = "edit-officers"  # change a record, with the paper it rests on
    EDIT_DISCIPLINE = "edit-discipline"  # enter and close discipline records and commendations
    DECIDE_CORRECTIONS = "decide-corrections"  # answer an officer's request to correct the record
    VERIFY_SKILLS = "verify-skills"  # check the evidence behind a skill
    SEE_BALANCE = "see-balance"  # Parliament's yearly balance report (aggregates, small cells hidden)
    # Deployment
    SEE_OVERVIEW = "see-overview"  # the bird's-eye page of the area
    SEE_POSTINGS = "see-postings"  # the postings ledger
    RECORD_POSTINGS = "record-postings"  # orders, postings, overlapping duties
    RECORD_RETURNS = "record-returns"  # casualty returns on departure and arrival
    CONFIRM_STATION = "confirm-station"  # the monthly station return
    IMPORT_ROLL = "import-roll"  # upload and confirm the nominal roll and its companions
    CONFIRM_LARGE_IMPORT = "confirm-large-import"  # second person for a large import or its undo
    COMPARE_PAYROLL = "compare-payroll"  # upload and read the payroll comparison
    EXPORT = "export"  # take lists away as a file
    # Oversight and machinery
    SEE_AUDIT = "see-audit"  # search the audit trail
    DELAY_DISCLOSURE = "delay-disclosure"  # hold back "who opened my file" under a lawful investigation
    MANAGE_SETTINGS = "manage-settings"  # jobs, notices, status; no personnel content
