"""Prove the detector of snooping on a generated log: recall >= 95 %, false alarms <= 1 %.

The log is made, not taken: officers of many units at their ordinary business, in which many looks
are followed by an act, some by none (a question on the telephone, a wrong file opened), some fall
on evenings and weekends with business, some officers work through long lists with business. Into
it snooping of four kinds is sown: an acquaintance looked at again and again, a list browsed in
bulk, looks at night, sealed fields of other units' records. Careful snoopers, who look once, by
day, at their own unit's open records, are not in it: no rule over looks tells them from a wrong
file, and this proof does not claim so.

`python bench/prove_snooping.py [looks] [seed]`; default 200,000 looks.
"""

import random
import sys
import time
from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from chengxin.kernel.zone import SHANGHAI
from chengxin.policy.queries import current_rulebook
from chengxin.rights.rules.snooping import Limits, Seen, flagged

OFFICERS, UNITS, DAYS = 400, 46, 60
WITH_ACT, LATE = 0.86, 0.03
SEALED, FOREIGN, DONE = 0.05, 0.03, 0.9  # shares of sealed looks, of others' records, of acts
RECALL, FALSE = 0.95, 0.01
FIRST = date(2026, 9, 1)


class Log:
    """A log of looks and acts in the making; `sown` holds the ids of the snooping looks."""

    def __init__(self, dice: random.Random, working: list[date]) -> None:
        self.dice, self.working = dice, working
        self.looks: list[Seen] = []
        self.acts: dict[tuple[str, UUID], list[datetime]] = defaultdict(list)
        self.sown: dict[UUID, str] = {}

    def uuid(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128))

    def at(self, day: date, first: float, last: float) -> datetime:
        start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        return start + timedelta(hours=self.dice.uniform(first, last))

    def look(self, officer: int, at: datetime, subject: UUID, **more: object) -> Seen:
        unit = f"u{officer % UNITS}"
        facts: dict[str, object] = {"record": self.uuid(), "sensitive": False, "owner": unit}
        one = Seen(self.uuid(), at, f"o{officer}", unit, subject, **{**facts, **more})  # type: ignore[arg-type]
        self.looks.append(one)
        return one

    def act(self, look: Seen) -> None:
        later = look.at + timedelta(minutes=self.dice.uniform(-600, 2000))
        self.acts[look.login, look.record or look.subject].append(later)

    def business(self, count: int) -> None:
        """Ordinary work: mostly by day, mostly followed by an act; long lists with business."""
        subjects = [self.uuid() for _ in range(count // 4)]
        for _ in range(count):
            officer = self.dice.randrange(OFFICERS)
            late = self.dice.random() < LATE
            day = self.dice.choice(self.working)
            at = self.at(day, 18, 23.9) if late else self.at(day, 8.3, 18)
            sensitive = self.dice.random() < SEALED
            foreign = self.dice.random() < FOREIGN
            owner = f"u{self.dice.randrange(UNITS)}" if foreign else f"u{officer % UNITS}"
            subject = self.dice.choice(subjects)
            one = self.look(officer, at, subject, sensitive=sensitive, owner=owner)
            if self.dice.random() < WITH_ACT or ((late or foreign) and self.dice.random() < DONE):
                self.act(one)

    def lists(self, count: int) -> None:
        """An officer works through sixty subjects in an hour, as is her task: each has an act."""
        for _ in range(count):
            officer, day = self.dice.randrange(OFFICERS), self.dice.choice(self.working)
            begin = self.dice.uniform(8.5, 16)
            for _ in range(60):
                one = self.look(officer, self.at(day, begin, begin + 1), self.uuid())
                if self.dice.random() < DONE:
                    self.act(one)

    def snoop(self, count: int) -> None:
        """Four kinds, `count` times each."""
        for _ in range(count):
            officer, subject = self.dice.randrange(OFFICERS), self.uuid()
            for day in self.dice.sample(self.working[10:30], 5):  # an acquaintance
                self.sow("acquaintance", self.look(officer, self.at(day, 8.5, 17.5), subject))
            day, begin = self.dice.choice(self.working), self.dice.uniform(8.5, 16)
            for _ in range(30):  # in bulk
                at = self.at(day, begin, begin + 0.9)
                self.sow("bulk", self.look(officer, at, self.uuid()))
            for _ in range(3):  # at night
                at = self.at(self.dice.choice(self.working), 22.1, 29.5)
                self.sow("night", self.look(officer, at, self.uuid()))
            for _ in range(3):  # sealed fields of another unit's record
                at = self.at(self.dice.choice(self.working), 8.5, 17.5)
                owner = f"u{(officer + 1) % UNITS}"
                one = self.look(officer, at, self.uuid(), sensitive=True, owner=owner)
                self.sow("sealed", one)

    def sow(self, kind: str, look: Seen) -> None:
        self.sown[look.id] = kind


def main(count: int = 200_000, seed: int = 1) -> int:
    """Make the log, judge it, count; 1 if a promise is broken."""
    book = current_rulebook()
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    log = Log(random.Random(seed), [one for one in days if book.calendar.is_working_day(one)])
    log.business(count)
    log.lists(count // 2000)
    log.snoop(max(10, count // 2500))
    for moments in log.acts.values():
        moments.sort()
    names = Limits.__dataclass_fields__
    limits = Limits(**{name: int(book.on(FIRST, f"snooping.{name}").value) for name in names})
    began = time.process_time()
    found = flagged(
        log.looks, log.acts, limits, rests=lambda day: not book.calendar.is_working_day(day)
    )
    hit = {look.id for look, _ in found}
    spent = time.process_time() - began
    honest = len(log.looks) - len(log.sown)
    false = len(hit - log.sown.keys()) / honest
    recall = len(hit & log.sown.keys()) / len(log.sown)
    print(f"looks {len(log.looks):,}, of them sown {len(log.sown):,}; CPU {spent:.2f} s")
    for kind in sorted(set(log.sown.values())):
        mine = {one for one, what in log.sown.items() if what == kind}
        print(f"  {kind:<13} {len(mine & hit):>6} of {len(mine):>6}")
    print(f"recall {recall:.2%} (>= {RECALL:.0%}), false alarms {false:.3%} (<= {FALSE:.0%})")
    return int(recall < RECALL or false > FALSE)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
