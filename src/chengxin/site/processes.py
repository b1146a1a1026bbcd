"""The child processes of `chengxin serve`: the web server and the job worker."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from chengxin.site.environment import Environment
from chengxin.site.errors import ProcessEnded

WEB_WORKERS = 2
_STOP_SECONDS = 15
_LOOK_EVERY_SECONDS = 0.5
_STDERR = 2
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass
class Children:
    """Processes that live and end with this one."""

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one; it stops by itself should this process be killed."""
        self.running[name] = subprocess.Popen(  # noqa: S603  our own programs, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=_STDERR,  # what this process prints itself may be read by a program
            # Ctrl-C reaches this process only, which then stops the others in order.
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  this process has one thread
        )

    def ended(self) -> ProcessEnded | None:
        """Say which one ended by itself, if any."""
        for name, process in self.running.items():
            if process.poll() is not None:
                return ProcessEnded(name=name, exit=process.returncode)
        return None

    def watch(self) -> None:
        """Return never; raise `ProcessEnded` when one ends by itself."""
        while (end := self.ended()) is None:
            time.sleep(_LOOK_EVERY_SECONDS)
        raise end

    def stop(self) -> None:
        """Ask all to stop, wait, and insist if need be."""
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                _kill_group(process)
        self.running.clear()


def web_command(environment: Environment) -> list[str]:
    """Return the command of the web server: two processes, one page at a time each."""
    options = {
        "--interface": "wsgi",
        "--host": environment.host,
        "--port": str(environment.port),
        "--workers": str(WEB_WORKERS),
        "--blocking-threads": "1",
        "--log-level": "warning",
        # A worker told to stop while it was still starting may never have heard it.
        "--workers-kill-timeout": "5",
    }
    given = [part for pair in options.items() for part in pair]
    return [sys.executable, "-m", "granian", *given, "--no-ws", "chengxin.site.wsgi:application"]


def worker_command() -> list[str]:
    """Return the command of the job worker."""
    return [sys.executable, "-m", "chengxin.site.cli", "worker"]


def _end_with_parent() -> None:
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # its own session, so its own group
    process.wait()
