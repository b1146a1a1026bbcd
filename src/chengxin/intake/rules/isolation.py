"""Read an old workbook in a process of its own, with limits of time and memory.

A damaged `.xls` can send its parser round in circles for ever or make it ask for all memory;
neither can be stopped from inside. A child process can.
"""

import os
import pickle
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from chengxin.intake.errors import Corrupt
from chengxin.intake.rules.formats import Format
from chengxin.intake.rules.workbooks import read_workbook
from chengxin.intake.values import Reading
from chengxin.kernel.errors import CreditError

SECONDS = 20
MEMORY = 2 << 30
_CHILD = "from chengxin.intake.rules.isolation import answer; answer()"


def ask_child(code: str, question: Any, *, seconds: int) -> Any:
    """What a child process running `code` answers to a pickled question; None if it fell or hung.

    The child sets its own limits of memory and processor time before it touches the file.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and text, nothing of the file's
            [sys.executable, "-c", code],
            input=pickle.dumps(question),
            capture_output=True,
            timeout=seconds * 3,
            env=environment,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return pickle.loads(done.stdout)  # noqa: S301  written by our child


def read_apart(source: Path, filename: str, kind: Format, *, seconds: int = SECONDS) -> Reading:
    """`read_workbook` in a child process. Raises: `Encrypted`, `Corrupt` (also when it hangs)."""
    made = ask_child(_CHILD, (source, filename, kind, seconds), seconds=seconds)
    if made is None:
        raise Corrupt(filename=filename, kind=kind)
    if isinstance(made, Reading):
        return made
    refusal, facts = made
    raise refusal(**facts)


def answer() -> None:
    """The child: read what the parent sends, write what was made of it."""
    source, filename, kind, seconds = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  our parent
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    made: Reading | tuple[type[CreditError], dict[str, object]]
    try:
        made = read_workbook(source, filename, kind)
    except CreditError as error:
        made = type(error), error.facts
    sys.stdout.buffer.write(pickle.dumps(made))
