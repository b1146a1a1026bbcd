"""Evaluation follows the facts 随变随评: whoever something happened to is evaluated anew.

The log of acts tells what happened, in the order it became true and without gaps; no act has to
remember to tell. The calendar tells the rest: each evaluation says when it may turn out otherwise.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.audit.services import read_on
from chengxin.audit.values import Act
from chengxin.evaluation.models import Turn
from chengxin.evaluation.queries.gathering import for_model, gather_some
from chengxin.evaluation.rules.judging import judge
from chengxin.evaluation.rules.statements import fields_read
from chengxin.evaluation.services.snapshots import RUN, When, write
from chengxin.evaluation.services.turns import bring_up, move_turns
from chengxin.evaluation.values import Followed
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.notices import queries as notices
from chengxin.policy.values import Rulebook
from chengxin.policy.values.models import Model
from chengxin.register.queries.reaching import reached_by, reached_by_batch
from chengxin.subjects import queries as subjects

READER: Final = "evaluation"
ACTS_AT_ONCE: Final = 200
SUBJECTS_AT_ONCE: Final = 500

BATCHES: Final = frozenset({"intake.release", "intake.decide_match"})
RECORDS: Final = frozenset(
    {
        "register.corrected",
        "register.revoked",
        "register.publication_ended",
        "register.open_case",
        "register.decide_case",
        "register.link",
        "register.unlink",
        "measures.entry_served",
    }
)
BODIES: Final = frozenset({"subjects.confirm_merge", "subjects.split"})
TOLD: Final = "notices.acknowledge"
ACTS: Final = BATCHES | RECORDS | BODIES | {TOLD}
"""The acts after which an evaluation may turn out otherwise."""


def follow(*, by: Actor, on: date, book: Rulebook) -> Followed:
    """Evaluate anew all whom the log or the calendar brings up by `on`.

    In pieces, each a transaction of its own: cut off between two of them, the rest is done when
    this runs next. Better grades take effect at once, worse ones wait for notice.
    Raises: `NotPermitted`.
    """
    by.require(RUN, unit="")
    acts = 0
    while found := _hear(on, book):
        acts += found
    looked = written = proposed = 0
    while piece := _take_up(by, on, book):
        looked, written, proposed = (
            looked + piece.evaluated,
            written + piece.written,
            proposed + piece.proposed,
        )
    return Followed(acts, looked, written, proposed)


@transaction.atomic
def _hear(on: date, book: Rulebook) -> int:
    """Bring up whom the next acts of the log concern. Returns: how many acts were read."""
    acts = read_on(reader=READER, verbs=ACTS, limit=ACTS_AT_ONCE)
    models = [one for one in book.models.values() if one.in_force(on)]
    bring_up((pair for act in acts for pair in _concerned(act, models)), on=on)
    return len(acts)


def _concerned(act: Act, models: list[Model]) -> Iterator[tuple[str, UUID]]:
    """Model and organisation, for each that an act may have changed something for."""
    if act.verb in BODIES:
        for name in ("kept", "absorbed"):
            found = subjects.by_public_id(str(act.facts[name]))
            if found is not None:
                yield from ((model.code, found.id) for model in models)
        return
    reached = list(_reached(act))
    leads = subjects.mains({subject for subject, _ in reached})
    for subject, item in reached:
        yield from ((one.code, leads[subject]) for one in models if item in one.items)


def _reached(act: Act) -> Iterator[tuple[UUID, str]]:
    kind, _, identity = act.target.partition(":")
    if act.verb in BATCHES and kind == "batch":
        yield from reached_by_batch(UUID(identity), row=act.facts.get("row"))
    elif act.verb == TOLD:
        about = notices.about(UUID(identity))
        yield from reached_by([about] if about else [])
    elif act.verb in RECORDS:
        yield from reached_by([UUID(str(act.facts.get("record", identity)))])


@transaction.atomic
def _take_up(by: Actor, on: date, book: Rulebook) -> Followed | None:
    """Evaluate some of those who are due, by every model they are due for; None if nobody is."""
    due = Turn.objects.filter(on__lte=on)
    some = list(due.order_by("on", "subject").values_list("subject", flat=True)[:SUBJECTS_AT_ONCE])
    turns = list(due.filter(subject__in=some).select_for_update().order_by("subject", "model"))
    if not turns:
        return None
    known = now()
    codes = sorted({one.model for one in turns})
    models = {one: book.models[one] for one in codes if one in book.models}
    models = {one: model for one, model in models.items() if model.in_force(on)}
    items = sorted({item for model in models.values() for item in model.items})
    whole = gather_some(items, set(some), on=on, known=known, book=book, fields=fields_read(models))
    written = proposed = 0
    for code in codes:
        mine = [one for one in turns if one.model == code]
        if code not in models:
            Turn.objects.filter(id__in=[one.id for one in mine]).delete()
            continue
        model = models[code]
        read = for_model(
            whole, model, fields_read({code: model}), {str(one.subject) for one in mine}
        )
        judged = {
            one: outcome
            for one, business in read.businesses.items()
            if (outcome := judge(model, business, read.facts.get(one, ()), on)) is not None
        }
        made = write(model, read, judged, When(on, known, following=True), by, book)
        written, proposed = written + made.written, proposed + made.proposed
        move_turns(model, read, mine, on=on)
    return Followed(0, len(turns), written, proposed)
