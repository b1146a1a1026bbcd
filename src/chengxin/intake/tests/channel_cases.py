"""Channels and what they bring, made for the tests; every name and number is invented."""

from datetime import date

from chengxin.access.models import Officer
from chengxin.intake.rules.declarations import declaration
from chengxin.intake.services.channels.declaring import confirm_channel, declare_channel, digest_of
from chengxin.intake.tests.sheets import HEADERS, as_csv, row
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now
from chengxin.policy.queries import current_rulebook

UNIT, ON, BOOK = "lyg-scjg", date(2026, 11, 20), current_rulebook()
VERBS = [f"intake.{verb}_channel" for verb in ("declare", "confirm", "run", "pause", "close")]
DECLARER = Actor("wang", "王", "", dict.fromkeys(VERBS, Scope.ALL))
CONFIRMER = Actor("li", "李", "", dict.fromkeys(VERBS, Scope.ALL))
CLERK = Actor(
    "clerk", "经办", UNIT, {"intake.submit": Scope.OWN_UNIT, "intake.read": Scope.OWN_UNIT}
)


def answers():
    """The officer of the unit who answers for the channel."""
    return Officer.objects.get_or_create(
        login="answers",
        defaults={
            "name": "责任人",
            "unit": UNIT,
            "roles": ["data_officer"],
            "registered_at": now(),
        },
    )[0].login


def folder_given(code="penalties", **changes):
    return {
        "code": code, "label": "行政处罚收件夹", "unit": UNIT, "item": "penalty", "kind": "folder",
        "where": {"folder": code}, "schedule": "1m", "answers": "answers", **changes,
    }  # fmt: skip


def table_given(kind, where, code="table", **changes):
    return {
        "code": code, "label": "行政处罚表", "unit": UNIT, "item": "penalty", "kind": kind,
        "where": where, "query": "SELECT * FROM penalties", "cursor": "changed",
        "mapping": {"changed": None}, "schedule": "5m", "answers": "answers", **changes,
    }  # fmt: skip


def declared(given, by=DECLARER):
    answers()
    return declare_channel(declaration=declaration(given), by=by, on=ON, book=BOOK)


def running(given):
    """A channel declared by one person and confirmed by another, if it needs to be."""
    channel = declared(given)
    if channel.state == "proposed":
        confirm_channel(code=channel.code, digest=digest_of(channel), by=CONFIRMER, on=ON)
        channel.refresh_from_db()
    return channel


def penalties(first=1, count=3, **changes):
    """A CSV of so many penalties."""
    return as_csv([HEADERS, *(row(at, **changes) for at in range(first, first + count))])
