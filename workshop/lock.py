"""Writes the three lock files from pyproject.toml, with hashes, for every Python from 3.11 on."""

import subprocess
import sys
from pathlib import Path

COMMON = [
    "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "--no-annotate",
    "--no-emit-index-url", "--quiet", "--custom-compile-command", "make lock", "pyproject.toml",
]  # fmt: skip


def main() -> None:
    """The runtime's lock first; the developers' repeats its versions and adds to them, that of the benchmarks' peers likewise."""
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, *COMMON, "--extra", "build", "-o", "requirements.lock"], check=True)
    more = ["--extra", "build", "--extra", "dev", "--constraint", "requirements.lock", "-o", "requirements-dev.lock"]
    subprocess.run([uv, *COMMON, *more], check=True)
    everything = ["--all-extras", "--constraint", "requirements-dev.lock", "-o", "requirements-bench.lock"]
    subprocess.run([uv, *COMMON, *everything], check=True)


if __name__ == "__main__":
    main()
