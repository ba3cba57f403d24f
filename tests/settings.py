"""Settings of the tests: the product's own, with an environment of their own and nothing kept afterwards."""

import atexit
import os
import shutil
import tempfile

os.environ["HCIMS_ENV"] = "test"
# The browser's driver keeps an event loop in the test's thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
if "HCIMS_TEST_FOLDER" not in os.environ:
    os.environ["HCIMS_TEST_FOLDER"] = tempfile.mkdtemp(prefix="hcims-tests-")
    atexit.register(shutil.rmtree, os.environ["HCIMS_TEST_FOLDER"], ignore_errors=True)
os.environ["HCIMS_VAR_DIR"] = os.environ["HCIMS_TEST_FOLDER"]

from hcims.settings import *  # noqa: F403
from hcims.settings import DATABASES, IS_SQLITE, STATIC_ROOT, VAR_DIR

STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if IS_SQLITE:
    # A file, not memory: the server of the browser journeys and the tests of two writers need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
elif "HCIMS_TEST_TEMPLATE" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["HCIMS_TEST_TEMPLATE"]}

# The live server finds static files by itself; WhiteNoise would look through all of them for each new test client.
WHITENOISE_USE_FINDERS = False
