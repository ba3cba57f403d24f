"""The server and the worker live and die together."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.rules.source import ROOT

# One write a line: the two programs share the pipe.
UP = "import os, signal; os.write(1, b'up\\n'); "
LASTING = UP + "signal.pause()"
STUBBORN = "import signal; signal.signal(15, lambda *_: (os.write(1, b'finished what it did\\n'), exit(0))); " + LASTING
ENDING = UP
RUN = """
import sys, os
from workshop import serve
serve._commands = lambda port: [[sys.executable, "-c", each] for each in sys.argv[2:]]
sys.exit(serve.serve(int(sys.argv[1]), dict(os.environ)))
"""


@contextmanager
def serving(*programs: str, port: int = 0) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", RUN, str(port), *programs]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as running:  # type: ignore[call-overload]
        try:
            yield running
        finally:
            running.terminate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_both_in_order(number: signal.Signals) -> None:
    with serving(STUBBORN, STUBBORN) as running:
        assert running.stdout
        assert [running.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]
        running.send_signal(number)
        rest = running.stdout.read()
        assert running.wait() == 0
    assert rest.count("finished what it did") == 2


def test_when_one_ends_by_itself_the_other_is_stopped() -> None:
    with serving(ENDING, STUBBORN) as running:
        assert running.stdout
        assert "ended by itself" in running.stdout.read()
        assert running.wait() == 1


def test_a_taken_port_is_said_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with serving(LASTING, port=taken.getsockname()[1]) as refused:
            _, complaint = refused.communicate()
            assert "is taken by another program" in complaint
            assert refused.returncode == 1
