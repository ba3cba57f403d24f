"""`make demo` and `make run`: everything between an installed environment and a page in the browser.

.venv/bin/python -m workshop.demo [--officers N] [--port N]     the demo: invented data, kept between starts
.venv/bin/python -m workshop.demo --no-data                     the same server on whatever the environment names
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path

from workshop import frontend, messages
from workshop.serve import serve
from workshop.stamps import ROOT, digest, is_done, mark


def main() -> int:
    """Prepare, print the sign-ins, serve."""
    options = _options()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("HCIMS_ENV", "demo")
    os.environ.setdefault("HCIMS_PUBLIC_URL", f"http://localhost:{options.port}")
    frontend.main()
    messages.main()
    _prepare(options)
    print(f"\nHCIMS is at http://localhost:{options.port} (Ctrl-C ends it)\n", flush=True)
    return serve(options.port, dict(os.environ))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officers", type=int, default=None)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-data", action="store_true")
    return parser.parse_args()


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
