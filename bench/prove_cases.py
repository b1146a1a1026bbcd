"""Throw events at the case machines in random order: no illegal state is ever reached.

The rules alone take a million events: after each one the case is asked whether it still keeps
every promise. A smaller number goes as raw SQL into the real database, beside the rules, and the
two must agree each time: what one refuses the other refuses.

    python bench/prove_cases.py --events 1000000 --stored 2000
"""

# ruff: noqa: ANN001, ANN201, PLR2004 – a bench is read, not imported
import argparse
import atexit
import os
import random
import shutil
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from chengxin.casework.rules.machines import (
    BARRED,
    BY_SUBJECT,
    BY_SYSTEM,
    MACHINES,
    ONCE,
    OPEN,
    REASONED,
    next_state,
)
from chengxin.casework.values import Course, Kind, Move, Past, State, Step
from chengxin.kernel.errors import CreditError

PEOPLE = ("agent", "centre", "handler", "handler2", "head", "head2", "", "system")
FIRST = date(2026, 11, 24)
EVERY_STATE = 500_000  # so many events reach every state there is


def throw(dice, course):
    """A step nobody thought about: any move, by anyone, on any day near, with or without reason."""
    outcome = dice.choice((None, *State))
    day = course.last_on + timedelta(days=dice.choice((-1, 0, 0, 0, 1, 12, 40)))
    return Step(
        dice.choice(list(Move)), day, dice.choice(PEOPLE), dice.choice(("", "理由")), outcome
    )


def likely(dice, course):
    """A step the table knows, so that cases get somewhere."""
    known = [
        (move, after) for (was, move), after in MACHINES[course.kind].items() if was is course.state
    ]
    if not known:
        return throw(dice, course)
    move, after = dice.choice(known)
    day = course.last_on + timedelta(days=dice.choice((0, 0, 1, 12)))
    return Step(move, day, dice.choice(PEOPLE[:6]), "理由", dice.choice(after))


def moved(course, step, after, dice):
    """The course after a step that was allowed."""
    due = (
        step.on + timedelta(days=dice.choice((3, 10)))
        if after in OPEN or dice.random() < 0.5
        else None
    )
    past = (*course.past, Past(step.move, step.login, step.on))
    return replace(course, state=after, last_on=step.on, due_on=due, past=past)


def keeps_its_promises(before, step, course):
    """What may never be, told without the code that is on trial."""
    table = MACHINES[course.kind]
    assert course.state in table[before.state, step.move]
    assert course.state is not State.NEW
    assert step.on >= before.last_on
    assert step.login not in ("", "system") or step.move in BY_SYSTEM
    assert step.reason or step.move not in REASONED
    for move in ONCE:
        assert sum(one.move is move for one in course.past) <= 1
    for one in before.past:
        assert one.login != step.login or one.move not in BARRED.get(step.move, ())
    decided = [one.login for one in course.past if one.move is Move.DECIDE]
    proposed = {one.login for one in course.past if one.move is Move.PROPOSE}
    assert step.move is not Move.DECIDE or step.login not in proposed
    assert len(decided) == len(set(decided))
    if before.state not in OPEN and before.state is not State.NEW:
        assert step.move in BY_SUBJECT | {Move.NOTIFY_FALSE}


def prove_rules(events, seed):
    """Events through the rules alone. Returns: how many were taken, how many refused."""
    dice, taken, refused, reached = random.Random(seed), 0, 0, set()
    course = None
    for _ in range(events):
        if course is None or dice.random() < 0.03:
            course = Course(dice.choice(list(Kind)), State.NEW, FIRST, entered_by="head2")
        step = likely(dice, course) if dice.random() < 0.6 else throw(dice, course)
        try:
            after = next_state(course, step)
        except CreditError:
            refused += 1
            continue
        was, course = course, moved(course, step, after, dice)
        keeps_its_promises(was, step, course)
        taken += 1
        reached.add((course.kind, course.state))
    every = {
        (kind, one) for kind, table in MACHINES.items() for after in table.values() for one in after
    }
    assert every == reached or events < EVERY_STATE, f"never reached: {every - reached}"
    return taken, refused


def prove_database(events, seed):
    """The same orders as raw SQL, whoever writes. Returns: how many were let in, how many not."""
    from uuid import uuid4

    from django.db import DatabaseError, transaction

    from chengxin.casework.models import Case, CaseEvent
    from chengxin.kernel.clock import now
    from chengxin.policy.queries import current_rulebook
    from chengxin.web.tests.samples import PORT, append_fact, import_city

    firm = import_city()[PORT]
    record = append_fact(firm, "penalty")
    dice, taken, refused, course, case = random.Random(seed), 0, 0, None, None
    edition = current_rulebook().edition
    for number in range(events):
        if course is None or dice.random() < 0.05:
            kind = dice.choice(list(Kind))
            course = Course(kind, State.NEW, FIRST, entered_by="head2")
            case = Case(
                id=uuid4(), number=f"{number}", kind=kind.value, record_id=record,
                subject_id=firm.id, unit="lyg-scjg", field=f"f{number}", basis="测试",
                edition=edition, entered_by="head2", filed_on=FIRST, filed_at=now(), state="new",
                open=True, turn="nobody", last_on=FIRST,
            )  # fmt: skip
            case.save(force_insert=True)
        step = replace(likely(dice, course) if dice.random() < 0.6 else throw(dice, course))
        course = replace(course, due_on=None)
        try:
            after = next_state(course, step)
        except CreditError:
            after = None
        becomes = after or step.outcome or dice.choice(list(State))
        try:
            with transaction.atomic():
                CaseEvent.objects.create(
                    case=case, move=step.move.value, state=becomes.value, turn="nobody",
                    effective_on=step.on, known_at=now(), login=step.login, unit="",
                    reason=step.reason, basis="测试", edition=edition,
                )  # fmt: skip
            let_in = True
        except DatabaseError:
            let_in = False
        assert let_in is (after is not None), (course.state, step, let_in)
        if after is None:
            refused += 1
            continue
        course = replace(moved(course, step, after, dice), due_on=None)
        taken += 1
        case.refresh_from_db()
        assert case.state == course.state.value
    return taken, refused


def with_database(events, seed):
    """A PostgreSQL of its own, in a folder that is removed at the very end."""
    home = Path(tempfile.mkdtemp(prefix="chengxin-cases-"))
    folders = [home]
    atexit.register(lambda: [shutil.rmtree(one, ignore_errors=True) for one in folders])
    os.environ["CHENGXIN_HOME"] = str(home)
    from chengxin.site.embedded import Hold
    from chengxin.site.startup import setup_django

    folders.append(Hold(home, {"fsync": "off", "synchronous_commit": "off"}).place.base)
    setup_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return prove_database(events, seed)


def main():
    """Prove, and say what it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--stored", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=20261124)
    given = asked.parse_args()
    began = time.process_time()
    taken, refused = prove_rules(given.events, given.seed)
    spent = time.process_time() - began
    print(f"rules: {taken:,} taken, {refused:,} refused, no illegal state; {spent:.1f} s CPU")
    if given.stored:
        began = time.process_time()
        taken, refused = with_database(given.stored, given.seed)
        spent = time.process_time() - began
        print(f"database: {taken:,} let in, {refused:,} refused, as the rules; {spent:.1f} s CPU")


if __name__ == "__main__":
    main()
