"""Files of the demonstration city submitted by a process of their own, some ahead of their release.

Two persons do it in two processes, on two cores: the submitter reads and checks the next files
while the releaser takes the last one in. Everything happens in the order of the files all the
same: what is submitted asks nothing of what has been released.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import CreditError
from chengxin.site.errors import ProcessEnded
from chengxin.site.startup import setup_django

AHEAD: Final = 4
"""Files submitted and not yet released: few, so that a seeding killed leaves little undone."""
SUBMITTER: Final = Actor("demo-submitter", "演示报送", "", {"intake.submit": Scope.ALL})
TWICE: Final = "INTAKE-ALREADY-SUBMITTED"
_COMMAND: Final = "from chengxin.site.arrivals import submit_asked; submit_asked()"


@dataclass(frozen=True)
class Arrival:
    """A department's file of the synthetic city and the day it arrived."""

    path: Path
    item: str
    unit: str
    received_on: date


@dataclass(frozen=True)
class Submitted:
    """What became of a file: the number of its batch, or the code of the refusal.

    Both where it had been submitted before.
    """

    number: str
    refusal: str


def submitted(arrivals: Sequence[Arrival]) -> Iterator[tuple[Arrival, Submitted]]:
    """Submit the files in their order; each is told once it is in, `AHEAD` are on their way.

    The process that does it ends with the last file, and when this one is gone.
    Raises: `ProcessEnded` if it ends before.
    """
    with subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-c", _COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as clerk:
        asked, told = _pipes(clerk)
        waiting = iter(arrivals)
        for arrival in islice(waiting, AHEAD):
            _ask(asked, arrival)
        for arrival in arrivals:
            answer = told.readline()
            if not answer:
                raise ProcessEnded(name="seed", exit=clerk.wait())
            for following in islice(waiting, 1):
                _ask(asked, following)
            yield arrival, Submitted(**json.loads(answer))
        asked.close()


def submit_asked() -> None:
    """The process that submits: a line in for each file, a line out for what became of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks is told, and asks no more
    setup_django()
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    for line in sys.stdin:
        asked: dict[str, str] = json.loads(line)
        arrival = Arrival(
            Path(asked["path"]), asked["item"], asked["unit"], date.fromisoformat(asked["on"])
        )
        sys.stdout.write(json.dumps(vars(_submit(arrival, book))) + "\n")
        sys.stdout.flush()


def _submit(arrival: Arrival, book: Any) -> Submitted:
    from chengxin.intake.services import submit

    try:
        batch = submit(
            data=arrival.path.read_bytes(),
            filename=arrival.path.name,
            item=arrival.item,
            unit=arrival.unit,
            by=SUBMITTER,
            on=arrival.received_on,
            book=book,
        )
    except CreditError as refusal:
        earlier = refusal.facts["number"] if refusal.code == TWICE else ""
        return Submitted(str(earlier), refusal.code)
    return Submitted(batch.number, "")


def _pipes(clerk: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    if clerk.stdin is None or clerk.stdout is None:
        raise ValueError(clerk.args)
    return clerk.stdin, clerk.stdout


def _ask(asked: IO[str], arrival: Arrival) -> None:
    on = arrival.received_on.isoformat()
    line = {"path": str(arrival.path), "item": arrival.item, "unit": arrival.unit, "on": on}
    asked.write(json.dumps(line) + "\n")
    asked.flush()
