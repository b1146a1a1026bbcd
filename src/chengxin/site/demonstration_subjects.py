"""Sign-ins of a demonstration's firm and person 演示登录, so that a newcomer can try their side.

A firm's legal representative, its agent, and a person of whom a record is held: all fictional,
with the password everybody is told. Production refuses to start while one exists.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now, today
from chengxin.kernel.dates import add_months
from chengxin.kernel.ids import IDNumber
from chengxin.policy.values import Rulebook
from chengxin.visitors.values import Identity, Terms

ISSUER: Final = "demonstration"
MONTHS: Final = 11
LOOKED_THROUGH: Final = 200
# Like every number of the synthetic city: of a region no county has, so nobody's.
BOSS: Final = ("演示法定代表人", "320799197505050019")
AGENT: Final = ("演示企业经办人", "320799199009090029")


def open_sign_ins(city: Path, password: str, book: Rulebook) -> list[str]:
    """Open the three sign-ins where they are missing; a line about each for the newcomer."""
    return [*_firm(password, book), *_person(city, password)]


def _firm(password: str, book: Rulebook) -> Iterator[str]:
    """The firm penalised last, so that there is something to see."""
    from chengxin.register.queries import latest
    from chengxin.subjects.queries import called, full_codes
    from chengxin.visitors.services import arrive, authorise

    on = today()
    facts = latest("penalty", on=on, known=now(), limit=LOOKED_THROUGH)
    found = [one.subject for one in facts if one.subject and one.subject_kind == "legal_person"]
    codes = full_codes(found)
    firm = next((one for one in found if one in codes), None)
    if firm is None:
        return
    name = called([firm])[firm][1]
    boss = _identity("boss", *BOSS, codes[firm])
    _register(boss, password)
    arrive(identity=boss, provider=ISSUER, on=on)
    speaker = Actor("demo-boss", boss.name, "", {"visitors.authorise": Scope.OWN_SUBJECT}, firm)
    agent = _identity("agent", *AGENT)
    authorise(
        subject=firm,
        agent=agent,
        terms=Terms("agent", on, add_months(on, MONTHS), "演示授权书"),
        by=speaker,
        on=on,
        book=book,
    )
    _register(agent, password)
    yield _line("boss", password, f"法定代表人 Legal representative（{name}）")
    yield _line("agent", password, f"企业经办人 Agent（{name}）")


def _person(city: Path, password: str) -> Iterator[str]:
    from chengxin.register.queries import linked_to
    from chengxin.subjects.queries import person_with

    with (city / "persons.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            held = None if line["minor"] == "1" else person_with(line["id_number"])
            if held is not None and linked_to(held):
                _register(_identity("person", line["name"], line["id_number"]), password)
                yield _line("person", password, "自然人 A person of whom a record is held")
                return


def _identity(sub: str, name: str, number: str, uscc: str = "") -> Identity:
    return Identity(ISSUER, sub, name, IDNumber.parse(number), uscc, represents=bool(uscc))


def _register(identity: Identity, password: str) -> None:
    from chengxin.visitors.services import register_demonstration

    by = Actor.system("access.manage")
    register_demonstration(identity=identity, login=identity.sub, password=password, by=by)


def _line(login: str, password: str, what: str) -> str:
    return f"{login:<10} {password}   {what} → /my/"
