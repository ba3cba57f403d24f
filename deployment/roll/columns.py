"""The 25 columns of the nominal roll, and the headings under which ministries keep them."""

from django.utils.translation import gettext_lazy as _

from hcims.imports.columns import Column, Plain

# What such a cell holds once it is tidied: whole columns are read by it at once, and each odd cell by itself (readers.py).
NATIONAL_ID, KRA_PIN, ACCOUNT = "[0-9]{5,9}", "[AP][0-9]{9}[A-Z]", "[0-9]{5,20}"
# Narrower than what is accepted cell by cell: only addresses that cannot be read in two ways.
EMAIL = r"(?=[^\n]{6,120}(?![^\n]))[A-Za-z0-9._%+\-]++@(?:[A-Za-z0-9\-]++\.)++[A-Za-z]{2,}+"
COLUMNS = (
    Column(
        "service_number", _("Service number"), _("The officer's number. Text: leading zeros are kept."),
        ("svc no", "service no", "svc number", "force no", "force number", "f no", "p no", "pf no", "pf number",
         "personal no", "personal number", "staff number", "staff no", "employee number", "namba ya huduma"),
        "089231", required=True, numbered=True, clearable=False, plain=Plain("[0-9]{2,20}"),
    ),
    Column("surname", _("Surname"), _("Family name."), ("family name", "last name", "sur name", "jina la ukoo"),
           "Otieno", needed_when_new=True, clearable=False),
    Column("other_names", _("Other names"), _("First and middle names."),
           ("first names", "given names", "first name", "other name", "first and middle names", "majina mengine"),
           "Grace Achieng", needed_when_new=True, clearable=False),
    Column("sex", _("Sex"), _("F or M."), ("gender", "f m", "m f", "sex f m", "jinsia"), "F", needed_when_new=True,
           clearable=False, choices="sex"),
    Column("born_on", _("Date of birth"), _("Day of birth."), ("dob", "d o b", "birth date", "born", "tarehe ya kuzaliwa"),
           "1988-04-17", dated=True),
    Column("national_id", _("National ID"), _("Number of the national identity card. Kept encrypted."),
           ("id no", "id number", "id", "national id no", "national id number", "identity card", "kitambulisho"),
           "23456789", sealed=True, plain=Plain(NATIONAL_ID)),
    Column("kra_pin", _("KRA PIN"), _("Taxpayer's number, such as A001234567B. Kept encrypted."),
           ("pin", "pin no", "kra pin no", "pin number", "tax pin"), "A001234567B", sealed=True,
           plain=Plain(KRA_PIN)),
    Column("service", _("Service"), _("KPS, APS or DCI: the officer's own, wherever posted."),
           ("kps aps dci", "service kps aps dci", "police service", "huduma"), "KPS", choices="service"),
    Column("rank", _("Rank"), _("Substantive rank: abbreviation or name. Civilian for a civilian member."),
           ("present rank", "current rank", "substantive rank", "cheo"), "CPL", needed_when_new=True, clearable=False,
           choices="members"),
    Column("rank_on", _("Date of rank"), _("Day of promotion to this rank. Leave blank if unknown."),
           ("rank date", "date of present rank", "date of promotion", "date of last promotion", "last promotion",
            "date promoted"), "2019-03-01", dated=True, clearable=False),
    Column("enlisted_on", _("Date of enlistment"), _("Day of joining the service."),
           ("doe", "enlistment date", "date of first appointment", "dofa", "date of appointment", "enlisted",
            "date of joining", "date joined", "tarehe ya kuajiriwa"), "2010-01-04", dated=True),
    Column("home_county", _("Home county"), _("County of origin: name or number."),
           ("county of origin", "county of birth", "origin county", "county", "kaunti"), "Siaya", choices="counties"),
    Column("unit", _("Unit"), _("Code or full name of the unit where the officer is posted."),
           ("unit code", "station", "present station", "current station", "duty station", "work station", "station code",
            "unit name", "station name", "kituo"), "PS-BAMBA", needed_when_new=True, clearable=False, choices="units"),
    Column("duty", _("Duty"), _("General, crime, traffic, driver and so on. Blank for new officers: general duty."),
           ("duties", "present duty", "deployment", "assignment", "section", "kazi"), "general", clearable=False,
           choices="duties"),
    Column("post_rank", _("Rank of the post"), _("Rank of the post that the officer fills, where it is not his or her own."),
           ("post rank", "rank of post", "established rank"), "CPL", clearable=False, choices="ranks"),
    Column("post_skill", _("Skill of the post"), _("Skill that the post asks for, if any."),
           ("post skill", "skill of post", "specialised post"), "driving-b", choices="skills"),
    Column("arrived_on", _("Date of arrival"), _("Day of arrival at the unit. Leave blank if unknown: it is then listed so."),
           ("arrival date", "date reported", "date posted", "date of posting", "date posted to station",
            "date of reporting", "reporting date", "posted on", "date arrived"), "2021-05-12", dated=True,
           clearable=False),
    Column("phone", _("Telephone"), _("Mobile number. Kept encrypted."),
           ("phone", "phone no", "phone number", "mobile", "mobile no", "mobile number", "tel", "tel no", "cell",
            "cell phone", "telephone no", "simu"), "0712345678", sealed=True,
           plain=Plain("0[17][0-9]{8}", lambda digits: "+254" + digits[1:])),
    Column("personal_email", _("E-mail"), _("Personal e-mail address. Kept encrypted."),
           ("email", "email address", "e mail address", "personal email", "barua pepe"), "grace@example.org",
           sealed=True, plain=Plain(EMAIL, str.lower)),
    Column("bank_name", _("Bank"), _("Name of the bank."), ("bank name", "name of bank", "benki"), "KCB"),
    Column("bank_branch", _("Bank branch"), _("Branch of the bank."), ("branch", "branch name", "bank branch name", "tawi"),
           "Kilifi"),
    Column("bank_account", _("Bank account"), _("Account number. Text: leading zeros are kept. Kept encrypted."),
           ("account no", "account number", "a c no", "acc no", "bank account no", "bank account number"), "0123456789",
           sealed=True, numbered=True, plain=Plain(ACCOUNT)),
    Column("education", _("Education"), _("Highest qualification: code or name."),
           ("highest qualification", "education level", "level of education", "academic qualification",
            "qualification", "elimu"), "diploma", clearable=False, choices="qualifications"),
    Column("languages", _("Languages"), _("Languages spoken besides English and Kiswahili, separated by semicolons."),
           ("language", "languages spoken", "spoken languages", "lugha"), "somali; arabic", clearable=False),
    Column("house_allowance_place", _("House allowance place"), _("Place by which house allowance is paid."),
           ("hse allowance place", "house allowance station", "house allowance cluster"), "Kilifi"),
)  # fmt: skip
# Many ministries keep one column of whole names. It is no column of the template, and its order is asked.
FULL_NAME = Column(
    "full_name", _("Whole name"), _("Surname and other names in one cell; which comes first is asked."),
    ("name", "names", "full name", "full names", "name in full", "officer name", "name of officer", "officers name",
     "employee name", "surname and other names", "surname other names", "jina", "jina kamili", "majina"),
    clearable=False, splits=("surname", "other_names"),
)  # fmt: skip
NAMES = {column.name: column for column in COLUMNS}
SEALED = tuple(column.name for column in COLUMNS if column.sealed)
INDEXED = ("national_id", "kra_pin")  # sealed, unique, found by a blind index
PERSONAL = (
    "surname", "other_names", "sex", "born_on", "national_id", "kra_pin", "service", "enlisted_on", "home_county", "phone",
    "personal_email", "bank_name", "bank_branch", "bank_account", "house_allowance_place",
)  # fmt: skip
POSTING = ("unit", "duty", "post_rank", "post_skill", "arrived_on")
RANK = ("rank", "rank_on")
ADDED = ("languages", "education")  # added to what is held, never taken away
DAYS = ("born_on", "enlisted_on")
