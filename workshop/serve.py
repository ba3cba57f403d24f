"""Runs the web server and the worker side by side until Ctrl-C; when one of them ends, so does the other."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from types import FrameType

from workshop.stamps import ROOT

PATIENCE = 20  # seconds that a process may take to finish what it is doing


def serve(port: int, environment: dict[str, str]) -> int:
    """This function will run both processes; the value is 0 after Ctrl-C or a polite stop, 1 when one died by itself."""
    _refuse_taken_port(port)
    # Of what the standard library has to wait on, this queue alone may be filled from a signal handler.
    happened: queue.SimpleQueue[str] = queue.SimpleQueue()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        happened.put("asked to stop")

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    processes = [_start(command, environment, happened) for command in _commands(port)]
    was_asked = happened.get() == "asked to stop"
    if not was_asked:
        print("The server or the worker ended by itself; stopping the other.", flush=True)
    for process in processes:
        process.terminate()
    for process in processes:
        _wait(process)
    return 0 if was_asked else 1


def _commands(port: int) -> list[list[str]]:
    python = sys.executable
    server = [python, "-m", "gunicorn", "hcims.wsgi:application", "--bind", f"localhost:{port}", "--workers", "2",
              "--threads", "4", "--preload", "--graceful-timeout", "10", "--log-level", "warning"]  # fmt: skip
    return [server, [python, str(ROOT / "manage.py"), "work"]]


def _start(
    command: list[str], environment: dict[str, str], happened: queue.SimpleQueue[str]
) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process alone, which then ends both in order.
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)

    def watch() -> None:
        process.wait()
        happened.put("ended")

    threading.Thread(target=watch, daemon=True).start()
    return process


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken by another program. Stop it, or choose another: make demo PORT=8001")
