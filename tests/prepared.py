"""Spares each test process the migrations: the database they make is kept and copied.

On SQLite a file in `.pytest_cache` carries the digest of everything it was made from; on PostgreSQL `python -m tests` makes a
template database once a run. The migrations are still asked for on top, so a copy can only be too old, never wrong.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "prepared"
MADE_FROM = (
    "*/migrations/*.py",
    "*/data/*.csv",
    "*/reference.py",
    "hcims/audit/triggers.py",
    "hcims/append_only.py",
    "hcims/database_rules.py",
)
KEPT = 3
TEMPLATE = "HCIMS_TEST_TEMPLATE"


def sqlite_copy() -> Path:
    """Where the prepared file is, or is to be."""
    total = hashlib.sha256((ROOT / "requirements-dev.lock").read_bytes())
    for pattern in MADE_FROM:
        for path in sorted([*ROOT.glob(pattern), *ROOT.glob(f"hcims/{pattern}")]):
            total.update(path.read_bytes())
    return FOLDER / f"{total.hexdigest()[:20]}.sqlite3"


def take_sqlite_copy(target: Path) -> bool:
    """This function will put the prepared database at `target`, and say whether there was one."""
    source = sqlite_copy()
    if not source.exists():
        return False
    shutil.copyfile(source, target)
    return True


def leave_sqlite_copy(connection: Any) -> None:
    """This function will keep a copy of the migrated test database for the next process, and drop all but the newest."""
    target = sqlite_copy()
    if target.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    unfinished.rename(target)
    for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def make_template(url: str) -> dict[str, str]:
    """This function will migrate one database of the cluster; the value is the environment in which tests copy it."""
    name = "hcims"
    own = {**os.environ, "HCIMS_DATABASE_URL": url.removesuffix("postgres") + name}
    create = "import sys, psycopg; psycopg.connect(sys.argv[1], autocommit=True).execute('CREATE DATABASE hcims')"
    folder = url.removeprefix("postgres://hcims@/").removesuffix("/postgres")
    subprocess.run([sys.executable, "-c", create, f"host={folder} user=hcims dbname=postgres"], check=True)
    own["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    for command in (["migrate", "--no-input", "-v", "0"], ["load_reference"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=own, check=True, stdout=subprocess.DEVNULL
        )
    return {"HCIMS_DATABASE_URL": own["HCIMS_DATABASE_URL"], TEMPLATE: name}
