"""The sample of accuracy 准确率抽查: drawn by the system, compared by the centre, row by row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Item
from chengxin.intake.ledger.models import Sample, SampledRow, SampleVerdict
from chengxin.intake.models import Batch
from chengxin.intake.refusals import UnknownUnit
from chengxin.intake.rules.parties import personal_fields
from chengxin.intake.rules.sampling import digest_of, drawn, seed_of
from chengxin.intake.services.measuring import received_between
from chengxin.intake.services.originals import received_lines
from chengxin.intake.slips import NothingToSample, UnknownSample, VerdictFaulty
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI, now
from chengxin.kernel.dates import add_months
from chengxin.policy.values import Rulebook
from chengxin.register.services import counting as register
from chengxin.register.services.counting import Arrived

__all__ = [
    "Sample",
    "SampledRow",
    "compared_fields",
    "draw_sample",
    "judge_row",
    "rows_of",
    "sampled",
    "verdict_of",
]


def draw_sample(
    *, unit: str, item: str, month: date, by: Actor, on: date, book: Rulebook
) -> Sample:
    """Draw the sample of a unit's records of one item received in a month that is over.

    Which rows is nobody's choice: see `rules.sampling`. Natural persons are left out, so that
    nobody's record is opened for statistics (charter 4). What each line of the original file said
    is kept beside it, without personal fields.

    Raises: `NotPermitted`, `UnknownUnit`, `UnknownItem`, `NothingToSample`.
    """
    by.require("intake.sample", unit=unit)
    if unit not in book.units:
        raise UnknownUnit(unit=unit)
    defined = catalogue.item(book, item)
    until = add_months(month, 1)
    if until > on:
        raise NothingToSample
    batches = [one.id for one in received_between(month, until, units=(unit,), items=(item,))]
    since = datetime.combine(month, time(), SHANGHAI)
    population = [
        one
        for one in register.arrived(batches, items=(item,), recorded_since=since)
        if not one.names_person
    ]
    if not population:
        raise NothingToSample
    size = int(book.on(month, "quality.sample_size").value)
    try:
        return _draw(unit, defined, month, population, size, by=by, on=on, book=book)
    except IntegrityError:
        raise NothingToSample from None


@transaction.atomic
def _draw(
    unit: str,
    item: Item,
    month: date,
    population: Sequence[Arrived],
    size: int,
    *,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Sample:
    ids = [one.id for one in population]
    digest = digest_of(ids)
    sample = Sample(
        unit=unit,
        item=item.code,
        month=month,
        seed=seed_of(unit, item.code, f"{month:%Y-%m}", digest),
        population=len(ids),
        population_digest=digest,
        size=min(size, len(ids)),
        drawn_by=by.login,
        drawn_on=on,
        drawn_at=now(),
        edition=book.edition,
    )
    sample.save(force_insert=True)
    chosen = drawn(ids, sample.seed, size)
    by_id = {one.id: one for one in population}
    rows = _rows(sample, item, [by_id[one] for one in chosen])
    SampledRow.objects.bulk_create(rows)
    audit.note(
        by=by,
        verb="intake.draw_sample",
        target=f"sample:{sample.id}",
        unit=unit,
        basis=str(book.on(month, "quality.sample_size").basis),
        facts={
            "item": item.code,
            "month": f"{month:%Y-%m}",
            "population": sample.population,
            "population_digest": digest,
            "size": sample.size,
        },
    )
    return sample


def _rows(sample: Sample, item: Item, chosen: Sequence[Arrived]) -> list[SampledRow]:
    facts = register.open_facts([one.id for one in chosen])
    lines = _originals(chosen)
    rows = []
    for position, one in enumerate(chosen, start=1):
        held, received = facts.get(one.id, {}), lines.get((one.batch, one.line), {})
        personal = personal_fields(item, held, received)
        rows.append(
            SampledRow(
                sample=sample,
                position=position,
                record=one.id,
                batch=one.batch,
                line=one.line,
                held=_open(held, personal),
                received=_open(received, personal),
            )
        )
    return rows


def _open(texts: Mapping[str, str], personal: Collection[str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text and name not in personal}


def _originals(chosen: Iterable[Arrived]) -> dict[tuple[UUID, int], Mapping[str, str]]:
    """(batch, line) → field → text as the file has it; each file is opened once."""
    wanted: dict[UUID, set[int]] = {}
    for one in chosen:
        wanted.setdefault(one.batch, set()).add(one.line)
    found: dict[tuple[UUID, int], Mapping[str, str]] = {}
    for batch in Batch.objects.filter(id__in=wanted):
        lines = received_lines(batch, wanted[batch.id])
        found |= {(batch.id, line): texts for line, texts in lines.items()}
    return found


def compared_fields(row: SampledRow) -> tuple[str, ...]:
    """The fields of a sampled row an auditor compares: all that either side has."""
    return tuple(dict.fromkeys((*row.received, *row.held)))


def sampled(sample_id: UUID, *, by: Actor) -> Sample:
    """A sample, if the actor may see that unit's quality.

    Raises: `UnknownSample`, `NotPermitted`.
    """
    found = Sample.objects.filter(id=sample_id).first()
    if found is None:
        raise UnknownSample
    by.require("oversight.read", unit=found.unit)
    return found


def rows_of(sample: Sample) -> list[SampledRow]:
    """The rows of a sample in order, with their verdicts."""
    rows = SampledRow.objects.filter(sample=sample).order_by("position")
    return list(rows.prefetch_related("verdicts"))


def verdict_of(row: SampledRow) -> SampleVerdict | None:
    """The verdict that counts: the last; None while nobody has looked."""
    return max(row.verdicts.all(), key=lambda one: one.id, default=None)


@transaction.atomic
def judge_row(
    *, sample_id: UUID, position: int, wrong: Sequence[str], note: str, by: Actor, on: date
) -> SampleVerdict:
    """Say which fields of a sampled row are wrong, or () if all are right.

    Raises: `UnknownSample`, `NotPermitted`, `VerdictFaulty`.
    """
    rows = SampledRow.objects.select_for_update().select_related("sample")
    row = rows.filter(sample=sample_id, position=position).first()
    if row is None:
        raise UnknownSample
    by.require("intake.sample", unit=row.sample.unit)
    known = compared_fields(row)
    if not set(wrong) <= set(known) or (wrong and not note.strip()):
        raise VerdictFaulty
    verdict = SampleVerdict(
        row=row,
        wrong=[name for name in known if name in wrong],
        note=note.strip(),
        judged_by=by.login,
        judged_at=now(),
    )
    verdict.save(force_insert=True)
    audit.note(
        by=by,
        verb="intake.judge_row",
        target=f"sample:{row.sample_id}",
        unit=row.sample.unit,
        facts={"position": position, "wrong": verdict.wrong, "on": on.isoformat()},
    )
    return verdict
