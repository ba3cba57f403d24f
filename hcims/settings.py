"""Settings, from the environment, safe by default. Every variable read here is listed in docs/running.md."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from hcims.production import dangers

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

ENVIRONMENT = env.str("HCIMS_ENV", default="production")  # production, demo, test
IS_TEST = ENVIRONMENT == "test"
IS_DEMO = ENVIRONMENT == "demo"
DEBUG = env.bool("HCIMS_DEBUG", default=False)
INSECURE_KEY = "not-secret: for the demo and the tests only, never for production"
SECRET_KEY = env.str("HCIMS_SECRET_KEY", default=INSECURE_KEY)
# Encrypted fields, their blind indexes, and audit checkpoints each have a key of their own.
FIELD_KEYS = env.list("HCIMS_FIELD_KEYS", default=[INSECURE_KEY])  # newest first; older ones still decrypt
BLIND_INDEX_KEY = env.str("HCIMS_BLIND_INDEX_KEY", default=INSECURE_KEY)
AUDIT_SIGNING_KEY = env.str("HCIMS_AUDIT_SIGNING_KEY", default=INSECURE_KEY)
ROUND_SIGNING_KEY = env.str("HCIMS_ROUND_SIGNING_KEY", default=INSECURE_KEY)
ALLOWED_HOSTS = env.list("HCIMS_ALLOWED_HOSTS", default=["localhost"])
CSRF_TRUSTED_ORIGINS = env.list("HCIMS_TRUSTED_ORIGINS", default=[])
ALLOW_SQLITE_IN_PRODUCTION = env.bool("HCIMS_ALLOW_SQLITE", default=False)
PUBLIC_URL = env.str("HCIMS_PUBLIC_URL", default="" if ENVIRONMENT == "production" else "http://localhost:8000")
VAR_DIR = Path(env.str("HCIMS_VAR_DIR", default=str(BASE_DIR / "var")))
# Fingerprints of custodians' keys (counselling): a file outside the database, so that who writes the one cannot write the other.
CUSTODIAN_PINS_FILE = Path(env.str("HCIMS_CUSTODIAN_PINS", default=str(VAR_DIR / "custodian-pins.txt")))
PROXY_COUNT = env.int("HCIMS_PROXY_COUNT", default=0)

# Second factor: compulsory for every role but officer and applicant. The demo relaxes it and says so on every page.
SECOND_FACTOR_COMPULSORY = env.bool("HCIMS_SECOND_FACTOR", default=not IS_DEMO)

INSTALLED_APPS = [
    "hcims.reference",  # before the admin, whose templates it replaces
    "hcims.reference.admin_config.ReferenceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "guardian",
    "simple_history",
    "import_export",
    "django_htmx",
    "template_partials",
    "django_tables2",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "hcims.ui",
    "hcims.access",
    "hcims.audit",
    "hcims.jobs",
    "hcims.notify",
    "hcims.letters",
    "hcims.imports",
    "hcims.status",
    "organisation",
    "accounts",
    "personnel",
    "deployment",
    "transfers",
    "counselling",
    "training",
    "desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.TrafficMiddleware",
    "hcims.compression.CompressionMiddleware",  # below the counter, which counts what is sent
    "csp.middleware.CSPMiddleware",
    "hcims.access.nameless.NamelessMiddleware",  # before sessions and languages, which read cookies
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "hcims.access.middleware.AccessMiddleware",
    "accounts.middleware.SittingMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Where nameless pages are: answered as to nobody, and nothing of a visit is kept (hcims.access.nameless).
NAMELESS_UNDER = ("/w/", "/training/say/", "/training/roll/")

ROOT_URLCONF = "hcims.urls"
WSGI_APPLICATION = "hcims.wsgi.application"
FORM_RENDERER = "hcims.ui.selects.HouseRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hcims.ui.context.page",
            ]
        },
    }
]

DATABASES = {"default": env.db_url("HCIMS_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hcims.sqlite3'}")}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    # WAL and IMMEDIATE, or two writers meet "database is locked". The wait exceeds the longest import's commit.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 180,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536;"
        ),
    }
else:
    # Compiling a statement takes longer than running it here: 1.4 s for an aggregate of 0.3 s at 107,000 officers. And the
    # indexes that hold all that a count reads are in memory: priced as if they lay on a turning disk, they go unused.
    # And trying the joins of a record with its twenty companions in every order took 240 ms for a reading of 2 ms.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c jit=off -c random_page_cost=1.1 -c join_collapse_limit=5"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sw", "Kiswahili")]
LOCALE_PATHS = [BASE_DIR / "hcims" / "locale"]
TIME_ZONE = "Africa/Nairobi"  # moments are stored in UTC (USE_TZ); days are Nairobi's
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
PRIVATE_FILES_ROOT = VAR_DIR / "files"  # served only through access, never by URL
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_FILES_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IS_TEST

# Long work (hcims.jobs). Each kind names its handler, so that nothing registers itself.
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_KINDS = {
    "send-messages": "hcims.notify.jobs.send_messages",
    "import-read": "hcims.imports.jobs.read",
    "import-apply": "hcims.imports.jobs.apply",
    "import-prune": "hcims.imports.jobs.prune",
    "apply-phone-changes": "accounts.jobs.apply_phone_changes",
    "sweep-files": "hcims.jobs.sweeping.sweep_files",
    "round-freeze": "transfers.jobs.freeze",
    "round-compute": "transfers.jobs.compute",
    "transfer-letters": "transfers.jobs.print_order_letters",
    "round-trial": "transfers.jobs.trial",
    "appeal-rerun": "transfers.jobs.appeal_rerun",
    "award-changes": "transfers.jobs.award_changes",
    "round-publish": "transfers.jobs.publish",
    "count-transfers": "transfers.jobs.count_figures",
    "receive-contacts": "counselling.jobs.receive",
    "end-openings": "counselling.jobs.end_openings",
    "forget-requests": "counselling.forgetting.forget",
    "training-letters": "training.jobs.print_letters",
}
JOB_DUE = {  # kinds that start by themselves: the question whether one is due
    "send-messages": "hcims.notify.queries.is_due",
    "import-prune": "hcims.imports.retention.some_are_due",
    "apply-phone-changes": "accounts.actions.some_are_due",
    "sweep-files": "hcims.jobs.sweeping.is_due",
    "transfer-letters": "transfers.jobs.letters_are_due",
    "count-transfers": "transfers.queries.openness.figures_due",
    "receive-contacts": "counselling.jobs.is_due",
    "end-openings": "counselling.jobs.cases_are_due",
    "forget-requests": "counselling.forgetting.is_due",
    "training-letters": "training.jobs.letters_are_due",
}

# Private keys of the worker that opens contacts of peer support. The web server needs no such file and should have none.
RECEIVING_KEY_FILE = env.str("HCIMS_RECEIVING_KEY_FILE", default=str(VAR_DIR / "receiving-key") if IS_DEMO else "")


# Who holds a permission at a unit: asked by modules that do not know `accounts`, to tell whose decision they wait for.
PERMISSION_HOLDERS = "accounts.queries.people.holders_of"

# Whom the trail's rows are about: from a service number to references. Named here, because the trail knows no module.
AUDIT_SUBJECTS = ["personnel.queries.trail.refs_about"]

# What ends when an officer leaves the service, in the same transaction: actions of modules that `deployment` does not know.
ON_LEAVING = ["transfers.actions.leaving.end_transfers"]

# Permissions that are granted person to record (django-guardian), and who answers `user.has_perm(permission, record)`.
RECORD_PERMISSIONS = {
    "counselling.own_contact": "counselling.grants.allows",
    "counselling.open_case": "counselling.grants.allows",
}

# Letters (hcims.letters). Each kind names where it is described.
LETTER_KINDS: dict[str, str] = {
    "sign-in": "accounts.letter_kinds.SIGN_IN",
    "own-record": "desk.own_record.LETTER",
    "transfer-order": "transfers.order_letter.ORDER",
    "transfer-signal": "transfers.signal_letter.SIGNAL",
    "transfer-receipt": "transfers.letter_kinds.RECEIPT",
    "joining-letter": "training.letter_kinds.JOINING",
    "training-certificate": "training.letter_kinds.CERTIFICATE",
    "training-slips": "training.slip_letter.SLIPS",
}

# Messages that say a notice waits (hcims.notify); never what it is about.
_no_gateway = "hcims.notify.backends.ConsoleSms" if IS_DEMO or IS_TEST else "hcims.notify.backends.NoSms"
SMS_BACKEND = env.str("HCIMS_SMS_BACKEND", default=_no_gateway)
vars().update(env.email_url("HCIMS_EMAIL_URL", default="consolemail://" if IS_DEMO else "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("HCIMS_EMAIL_FROM", default="hcims@localhost")
EMAIL_TIMEOUT = 20  # seconds

# Lists that can be imported (hcims.imports), in the order in which pages offer them.
IMPORT_KINDS = [
    "deployment.roll.kind.ROLL",
    "deployment.posting_history.HISTORY",
    "deployment.skills_list.SKILLS",
    "deployment.payroll.PAYROLL",
    "training.sheets.attendance.ATTENDANCE",
    "training.sheets.results.RESULTS",
]


# Cookies and headers
SECURE_COOKIES = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_FAILURE_VIEW = "hcims.access.views.stale_form"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Sign-in (accounts): django-allauth for passwords, second factors and sessions, django-axes for lock-out
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # staff number or e-mail address: both stand in User.login
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "accounts.adapters.displayed"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody signs up; an account is activated by a letter
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "reauthenticate": "accounts.forms.AgainForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "/signed-out/"
# Wrong codes are counted by person alone. Wrong passwords are axes' matter, by name and address together: a limit by
# address alone would lock out a station, one by name alone would let anybody lock out a commander.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.SetUpAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")  # http://localhost only
MFA_TOTP_ISSUER = "HCIMS"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.address_of"
AXES_FAILURE_LIMIT = "accounts.lockout.failures_allowed"
AXES_COOLOFF_TIME = "accounts.lockout.cool_off"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.page"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = (
    True  # sessions have a list of their own; a second register of who signs in when is not needed
)
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "password1", "password2", "credential", "new", "old"]
TRAFFIC_FLUSH_SECONDS = None if IS_TEST else 60  # how often a process writes down what it has sent to whom
# Counters of wrong codes are shared by all worker processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_sharedcache"},
}

# Errors go to the log with their reference, never by mail: AdminEmailHandler would send the POSTed data.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {
            "handlers": ["console"],
            "level": "WARNING" if not IS_TEST else "CRITICAL",
            "propagate": False,
        },
        "hcims": {"handlers": ["console"], "level": "INFO" if not IS_TEST else "CRITICAL", "propagate": False},
    },
}

# Guardian is the store of grants only; nothing asks its authentication backend.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

if ENVIRONMENT not in ("production", "demo", "test"):
    raise ImproperlyConfigured(f"HCIMS_ENV is {ENVIRONMENT!r}; it is production, demo or test.")
if ENVIRONMENT == "production" and (found := dangers(globals())):
    raise ImproperlyConfigured("HCIMS does not start in production:\n- " + "\n- ".join(found))
