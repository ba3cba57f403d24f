"""`make demo` and `make run`: everything between an installed environment and a page in the browser.

.venv/bin/python -m workshop.demo [--officers N] [--port N]     the demo: invented data, kept between starts
.venv/bin/python -m workshop.demo --no-data                     the same server on whatever the environment names
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from pathlib import Path

from workshop import frontend, messages
from workshop.serve import serve
from workshop.stamps import ROOT, digest, is_done, mark

NOT_SERVED = {"benchmarks", "tests"}
PREPARED_FROM = {".py", ".csv", ".css", ".js", ".svg"}


def main() -> int:
    """Prepare, print the sign-ins, serve."""
    options = _options()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("HCIMS_ENV", "demo")
    os.environ.setdefault("HCIMS_PUBLIC_URL", f"http://localhost:{options.port}")
    frontend.main()
    messages.main()
    stamp, content = ROOT / "var" / "stamps" / "prepared", _made_from(options)
    if content and is_done(stamp, content):
        _print_sign_ins(options)
    else:
        _prepare(options)
        mark(stamp, _made_from(options))
    print(f"\nHCIMS is at http://localhost:{options.port} (Ctrl-C ends it)\n", flush=True)
    return serve(options.port, dict(os.environ))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officers", type=int, default=None)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-data", action="store_true")
    return parser.parse_args()


def _made_from(options: argparse.Namespace) -> str:
    """What database and static files rest on; empty where it cannot be told by looking at files.

    Starting Django only to learn that there is nothing to do would cost a second or two each time.
    """
    database = ROOT / "var" / "hcims.sqlite3"
    if {"HCIMS_DATABASE_URL", "HCIMS_VAR_DIR"} & set(os.environ) or not database.exists():
        return ""
    folders = [each.parent for each in ROOT.glob("*/__init__.py") if each.parent.name not in NOT_SERVED]
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in PREPARED_FROM]
    ours = [path for path in paths if "node_modules" not in path.parts]
    # The file's number: a database put in its place is another one, however much it looks like it.
    return digest([*ours, *ROOT.glob("requirements*.lock")], str(database.stat().st_ino), str(options.no_data))


def _print_sign_ins(options: argparse.Namespace) -> None:
    from desk.demo import plan

    kept = ROOT / "var" / "demo-sign-ins.json"
    if not options.no_data and kept.exists():
        print(plan.sign_ins(json.loads(kept.read_text())))


def _prepare(options: argparse.Namespace) -> None:
    """In one process, because each start of Django costs a second or two."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcims.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    _collect_static(settings.STATIC_ROOT)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    if not options.no_data:
        call_command("make_demo", **({"officers": options.officers} if options.officers else {}))


def _collect_static(target: Path) -> None:
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    content = "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(files))
    stamp, content = target.parent / "stamps" / "static", digest([], content)
    if not (target.exists() and is_done(stamp, content)):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark(stamp, content)


if __name__ == "__main__":
    sys.exit(main())
