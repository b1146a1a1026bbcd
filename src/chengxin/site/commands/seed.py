"""`chengxin seed`: the demonstration city, loaded by the same verbs its users have."""

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import click

from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import CreditError
from chengxin.site.arrivals import Arrival, submitted
from chengxin.site.commands.subjects import read_list
from chengxin.site.startup import setup_django

PASSWORD: Final = "demonstration"  # noqa: S105 – told to everyone; production refuses it
ACCOUNTS: Final = (
    ("clerk", "演示经办人", "lyg-scjg", "data_officer"),
    ("reviewer", "演示审核人", "lyg-scjg", "reviewer"),
    ("lister", "演示名单经办人", "lyg-scjg", "list_officer"),
    ("head", "演示单位负责人", "lyg-scjg", "unit_head"),
    ("finance", "演示措施执行人", "lyg-czj", "list_officer"),
    ("auditor", "演示中心审核员", "lyg-xyzx", "centre_auditor"),
    ("window", "演示窗口人员", "lyg-xyzx", "window_clerk"),
    ("operator", "演示运维", "lyg-xyzx", "operator"),
    ("rules", "演示规则管理员", "lyg-xyzx", "rule_editor"),
    ("releaser", "演示规则发布人", "lyg-xyzx", "rule_releaser"),
    ("overseer", "演示伤害预算监督人", "lyg-fgw", "harm_overseer"),
    ("logs", "演示审计员", "lyg-xyzx", "log_auditor"),
)
LOADED: Final = "demonstration-loaded"  # `serve` loads the city only where this is missing
SIGN_INS: Final = "demonstration-sign-ins.txt"
# So that the reviewer of the tour finds something to do, her unit's last files stay unreleased.
LEFT_FOR_REVIEW: Final = ("lyg-scjg", 2)
# Two persons, as everywhere: who submits the demonstration's files does not release them.
RELEASER: Final = Actor(
    "demo-releaser", "演示审核", "", {"intake.release": Scope.ALL, "intake.read": Scope.ALL}
)


@click.command()
@click.option("--organisations", default=2000, show_default=True, type=click.IntRange(10))
@click.option("--records", default=20000, show_default=True, type=click.IntRange(10))
@click.option("--seed", "number", default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def seed(organisations: int, records: int, number: int, *, as_json: bool) -> int:
    """载入演示城市 Make the synthetic city and take it in, file by file, through intake.

    Safe to run again: what is in already is not doubled. Refused in production.
    """
    environment = setup_django()
    from chengxin.site.editions import keep_current_edition
    from chengxin.site.environment import Mode
    from chengxin.site.errors import DemonstrationOnly

    if environment.mode is not Mode.DEMONSTRATION:
        raise DemonstrationOnly
    keep_current_edition()
    open_accounts(environment.home)
    folder = environment.home / "city"
    _make_city(folder, organisations, records, number)
    _import_organisations(folder)
    outcome = _take_in(list(_arrivals(folder)))
    _let_subjects_in(environment.home)
    if as_json:
        click.echo(json.dumps(dict(sorted(outcome.items()))))
    else:
        _tell(outcome)
    (environment.home / LOADED).touch()
    return 0


def open_accounts(home: Path) -> None:
    """One account per role, with the password everyone is told; kept if they are there."""
    from chengxin.access.errors import LoginTaken
    from chengxin.access.services import register_officer
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    by = Actor.system("access.manage")
    lines = []
    for login, name, unit, role in ACCOUNTS:
        with suppress(LoginTaken):
            register_officer(
                login=login,
                name=name,
                unit=unit,
                roles=[role],
                password=PASSWORD,
                by=by,
                known_roles=book.roles,
                known_units=book.units,
                is_demonstration=True,
            )
        label = book.roles[role]
        lines.append(
            f"{login:<10} {PASSWORD}   {label.label} {label.label_en}（{book.units[unit].name}）"
        )
    file = home / SIGN_INS
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _let_subjects_in(home: Path) -> None:
    """Sign-ins of a firm and a person beside the officers', once there are records of them."""
    from chengxin.policy.queries import current_rulebook
    from chengxin.site.demonstration_subjects import open_sign_ins

    lines = open_sign_ins(home / "city", PASSWORD, current_rulebook())
    with (home / SIGN_INS).open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))


def _make_city(folder: Path, organisations: int, records: int, number: int) -> None:
    from chengxin.city.services import make_city

    if (folder / "manifest.json").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    click.echo("合成演示城市 Making the synthetic city …", err=True)
    make_city(seed=number, organisations=organisations, records=records, out=folder)


def _import_organisations(folder: Path) -> None:
    from chengxin.kernel.clock import today
    from chengxin.subjects.services import import_organisations

    result = import_organisations(
        rows=read_list(folder / "organisations.csv"),
        by=Actor.system("subjects.import"),
        on=today(),
    )
    added, held = result.added, result.held
    click.echo(f"组织 Organisations: +{added}（校验位存疑 held {held}）", err=True)


def _arrivals(folder: Path) -> Iterator[Arrival]:
    import csv

    with (folder / "truth" / "files.csv").open(encoding="utf-8", newline="") as file:
        for line in sorted(csv.DictReader(file), key=lambda one: (one["received_on"], one["file"])):
            yield Arrival(
                path=folder / line["file"],
                item=line["item"],
                unit=line["unit"],
                received_on=date.fromisoformat(line["received_on"]),
            )


def _take_in(arrivals: list[Arrival]) -> Counter[str]:
    """Submit and release every file; files that are refused are counted by the reason's code."""
    from chengxin.intake import queries as intake
    from chengxin.intake.services import release
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    outcome: Counter[str] = Counter()
    unit, count = LEFT_FOR_REVIEW
    waiting = {one.path for one in [a for a in arrivals if a.unit == unit][-count:]}
    with click.progressbar(
        submitted(arrivals),
        length=len(arrivals),
        label="报送文件 Taking in files",
        show_pos=True,
        file=sys.stderr,
    ) as bar:
        for arrival, one in bar:
            outcome["files"] += 1
            _say_where(outcome["files"], len(arrivals))
            batch = intake.batch(one.number, by=RELEASER) if one.number else None
            # A seeding cut off between the two is taken up where it was.
            left = batch and (batch.filename, batch.state) == (arrival.path.name, "submitted")
            if batch is None or (one.refusal and not left):
                outcome[f"refused {one.refusal}"] += 1
                continue
            try:
                if arrival.path not in waiting:
                    batch = release(
                        number=batch.number, by=RELEASER, on=arrival.received_on, book=book
                    )
            except CreditError as refusal:
                outcome[f"refused {refusal.code}"] += 1
                continue
            outcome.update(intake.counts(batch))
    return outcome


def _say_where(done: int, of: int) -> None:
    """Where there is no terminal to draw a bar on, a line for every tenth part."""
    if not sys.stderr.isatty() and done * 10 // of > (done - 1) * 10 // of:
        click.echo(f"  {done}/{of}", err=True)


def _tell(outcome: Counter[str]) -> None:
    click.echo("结果 Outcome: " + "，".join(f"{name} {n}" for name, n in sorted(outcome.items())))
