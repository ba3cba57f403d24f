"""Runs one benchmark in this process, against the database that the environment names; figures go out as JSON lines."""

from __future__ import annotations

import importlib
import json
import os
import sys


def main() -> None:
    """`python -m benchmarks.one NAME SCALE`"""
    name, scale = sys.argv[1], int(sys.argv[2])
    os.environ["DJANGO_SETTINGS_MODULE"] = "hcims.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_reference", stdout=nowhere)
    for figure in importlib.import_module(f"benchmarks.{name}").run(scale):
        print("figure", json.dumps(figure.as_json()), flush=True)


if __name__ == "__main__":
    main()
