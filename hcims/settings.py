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
ALLOWED_HOSTS = env.list("HCIMS_ALLOWED_HOSTS", default=["localhost"])
CSRF_TRUSTED_ORIGINS = env.list("HCIMS_TRUSTED_ORIGINS", default=[])
ALLOW_SQLITE_IN_PRODUCTION = env.bool("HCIMS_ALLOW_SQLITE", default=False)
PUBLIC_URL = env.str("HCIMS_PUBLIC_URL", default="http://localhost:8000")
VAR_DIR = Path(env.str("HCIMS_VAR_DIR", default=str(BASE_DIR / "var")))
PROXY_COUNT = env.int("HCIMS_PROXY_COUNT", default=0)

# Second factor: compulsory for every role but officer and applicant. The demo relaxes it and says so on every page.
SECOND_FACTOR_COMPULSORY = env.bool("HCIMS_SECOND_FACTOR", default=not IS_DEMO)

INSTALLED_APPS = [
    "django.contrib.admin",
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
    "organisation",
    "accounts",
    "personnel",
    "deployment",
    "desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
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
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hcims.urls"
WSGI_APPLICATION = "hcims.wsgi.application"
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
}
JOB_DUE = {  # kinds that start by themselves: the question whether one is due
    "send-messages": "hcims.notify.queries.is_due",
}

# Letters (hcims.letters). Each kind names where it is described.
LETTER_KINDS: dict[str, str] = {}

# Messages that say a notice waits (hcims.notify); never what it is about.
_no_gateway = "hcims.notify.backends.ConsoleSms" if IS_DEMO or IS_TEST else "hcims.notify.backends.NoSms"
SMS_BACKEND = env.str("HCIMS_SMS_BACKEND", default=_no_gateway)
vars().update(env.email_url("HCIMS_EMAIL_URL", default="consolemail://" if IS_DEMO else "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("HCIMS_EMAIL_FROM", default="hcims@localhost")
EMAIL_TIMEOUT = 20  # seconds

# Lists that can be imported (hcims.imports), in the order in which pages offer them.
IMPORT_KINDS = [
    "deployment.roll.kind.ROLL",
]


# Cookies and headers
SECURE_COOKIES = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
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

# Sign-in
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

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
