"""Who is to be evaluated when: a list of work, rewritten whenever somebody was evaluated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from chengxin.evaluation.models import Turn
from chengxin.evaluation.queries.gathering import Gathered
from chengxin.evaluation.rules.ending import next_turn
from chengxin.policy.values.models import Model

AT_ONCE = 5_000


def plan_turns(model: Model, gathered: Gathered, *, on: date) -> None:
    """After the whole register was evaluated by a model: when each is to be looked at again.

    Who is due already stays so: something may have happened while the register was read.
    """
    Turn.objects.filter(model=model.code, on__gt=on).delete()
    ahead = _ahead(model, gathered, gathered.businesses, on)
    rows = [Turn(model=model.code, subject=UUID(one), on=day) for one, day in ahead.items()]
    Turn.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def move_turns(model: Model, gathered: Gathered, turns: Sequence[Turn], *, on: date) -> None:
    """After some were evaluated: move the turns that brought them up, and drop the last ones."""
    ahead = _ahead(model, gathered, (str(one.subject) for one in turns), on)
    moved = [one for one in turns if str(one.subject) in ahead]
    for one in moved:
        one.on = ahead[str(one.subject)]
    Turn.objects.bulk_update(moved, ["on"], batch_size=AT_ONCE)
    over = [one.id for one in turns if str(one.subject) not in ahead]
    Turn.objects.filter(id__in=over).delete()


def bring_up(pairs: Iterable[tuple[str, UUID]], *, on: date) -> None:
    """Something happened to these, each with the code of a model: they are due on `on`."""
    rows = [
        Turn(model=model, subject=subject, on=on)
        for subject, model in sorted({(b, a) for a, b in pairs})
    ]
    Turn.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["subject", "model"],
        update_fields=["on"],
    )


def _ahead(
    model: Model, gathered: Gathered, subjects: Iterable[str], on: date
) -> Mapping[str, date]:
    found = {}
    for one in subjects:
        business = gathered.businesses.get(one)
        if business is not None:
            day = next_turn(model, business, gathered.facts.get(one, ()), on)
            if day is not None:
                found[one] = day
    return found
