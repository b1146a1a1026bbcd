"""Which subjects are one body 同一主体: whose file shows under whose, now or as known then."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from chengxin.kernel.clock import now
from chengxin.subjects.errors import UnknownMerge
from chengxin.subjects.models import Merge, MergeState


def family(subject: UUID, *, known: datetime | None = None) -> frozenset[UUID]:
    """A subject and all that show under it, as known at a moment; one query when it is alone."""
    found, newest = {subject}, [subject]
    while newest:
        rows = _standing(known).filter(kept__in=newest).values_list("absorbed_id", flat=True)
        newest = [one for one in rows if one not in found]
        found.update(newest)
    return frozenset(found)


def members(leads: Iterable[UUID], *, known: datetime | None = None) -> dict[UUID, UUID]:
    """Every entry of many bodies, with the main entry it shows under: `family` for many."""
    answer = {one: one for one in leads}
    newest = dict(answer)
    while newest:
        rows = _standing(known).filter(kept__in=newest).values_list("absorbed_id", "kept_id")
        newest = {one: answer[kept] for one, kept in rows if one not in answer}
        answer |= newest
    return answer


def mains(subjects: Iterable[UUID], *, known: datetime | None = None) -> dict[UUID, UUID]:
    """For each subject the one under which it shows: itself, if it was not merged away."""
    answer = {one: one for one in subjects}
    asked = set(answer)
    while asked:
        rows = _standing(known).filter(absorbed__in=asked).values_list("absorbed_id", "kept_id")
        moved = dict(rows)
        answer = {one: moved.get(main, main) for one, main in answer.items()}
        asked = set(moved.values())
    return answer


def standing_mains(known: datetime | None = None) -> dict[UUID, UUID]:
    """Every subject that is merged into another, now or as known then, and its main entry."""
    kept = dict(_standing(known).values_list("absorbed_id", "kept_id"))

    def main(one: UUID) -> UUID:
        while one in kept:
            one = kept[one]
        return one

    return {one: main(one) for one in kept}


def body(subject: UUID, *, known: datetime | None = None) -> tuple[UUID, frozenset[UUID]]:
    """The main entry of a subject's body, and all entries of it; one query when it is alone."""
    if not _standing(known).filter(Q(kept=subject) | Q(absorbed=subject)).exists():
        return subject, frozenset({subject})
    main = mains([subject], known=known)[subject]
    return main, family(main, known=known)


def merge(merge_id: UUID) -> Merge:
    """One merge with both bodies. Raises: `UnknownMerge`."""
    found = Merge.objects.select_related("kept", "absorbed").filter(id=merge_id).first()
    if found is None:
        raise UnknownMerge(asked=str(merge_id))
    return found


def merges(*, states: Sequence[str] = ()) -> QuerySet[Merge]:
    """Merges with both bodies, newest first; only of these states, if any are named."""
    rows = Merge.objects.select_related("kept", "absorbed").order_by("-proposed_at", "id")
    return rows.filter(state__in=states) if states else rows


def merges_of(subject: UUID) -> list[Merge]:
    """Every merge a subject had a part in, oldest first."""
    rows = Merge.objects.select_related("kept", "absorbed")
    return list(rows.filter(Q(kept=subject) | Q(absorbed=subject)).order_by("proposed_at", "id"))


def _standing(known: datetime | None) -> QuerySet[Merge]:
    if known is None:
        return Merge.objects.filter(state=MergeState.CONFIRMED)
    moment = min(known, now())
    made = Merge.objects.filter(
        state__in=(MergeState.CONFIRMED, MergeState.SPLIT), decided_at__lte=moment
    )
    return made.filter(Q(split_at=None) | Q(split_at__gt=moment))
