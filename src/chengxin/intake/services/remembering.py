"""Remembering how a unit's columns map 记住列对应, and forgetting it again."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F

from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.intake.errors import BadMapping
from chengxin.intake.models import Batch, RememberedMapping
from chengxin.intake.refusals import NothingRemembered
from chengxin.intake.rules.mapping import signature_of
from chengxin.intake.rules.returning import mended_batch
from chengxin.intake.services.looking import Recall
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook


@transaction.atomic
def remember_mapping(
    *,
    unit: str,
    item: str,
    headers: Sequence[str],
    mapping: Mapping[str, str | None],
    by: Actor,
    book: Rulebook,
) -> RememberedMapping:
    """Keep what was decided about the columns `headers` of a unit's file, for its next file.

    The same decision once more only counts; another one takes its place.
    Raises: `NotPermitted`, `UnknownItem`, `BadMapping`.
    """
    by.require("intake.submit", unit=unit)
    fields = {field.name for field in catalogue.item(book, item).fields}
    decided = {header: mapping.get(header) or None for header in headers if header in mapping}
    unknown = sorted(name for name in decided.values() if name and name not in fields)
    if unknown:
        raise BadMapping(what="；".join(f"没有字段“{name}”" for name in unknown))
    kept, made = RememberedMapping.objects.select_for_update().get_or_create(
        unit=unit,
        item=item,
        signature=signature_of(headers),
        defaults={
            "headers": list(headers),
            "mapping": decided,
            "decided_by": by.login,
            "decided_at": now(),
            "times_used": 1,
        },
    )
    if not made and kept.mapping == decided:
        kept.times_used += 1
        kept.save(update_fields=["times_used"])
        return kept
    if not made:
        kept.mapping, kept.decided_by, kept.decided_at = decided, by.login, now()
        kept.times_used = 1
        kept.save(update_fields=["mapping", "decided_by", "decided_at", "times_used"])
    audit.note(
        by=by,
        verb="intake.remember_mapping",
        target=f"mapping:{kept.id}",
        unit=unit,
        facts={
            "item": item,
            "columns": len(headers),
            "fields": sorted(filter(None, decided.values())),
        },
    )
    return kept


def count_use(*, unit: str, item: str, headers: Sequence[str]) -> None:
    """A batch was submitted with the mapping as remembered; called by `submit`, inside it."""
    RememberedMapping.objects.filter(unit=unit, item=item, signature=signature_of(headers)).update(
        times_used=F("times_used") + 1
    )


@transaction.atomic
def forget_mapping(*, mapping_id: int, by: Actor) -> None:
    """Forget what was decided; the next file is proposed a mapping from scratch.

    Raises: `NothingRemembered`, `NotPermitted`.
    """
    kept = RememberedMapping.objects.select_for_update().filter(id=mapping_id).first()
    if kept is None:
        raise NothingRemembered(asked=mapping_id)
    by.require("intake.submit", unit=kept.unit)
    kept.delete()
    audit.note(
        by=by,
        verb="intake.forget_mapping",
        target=f"mapping:{mapping_id}",
        unit=kept.unit,
        facts={"item": kept.item, "times_used": kept.times_used},
    )


def remembered_mappings(*, unit: str, by: Actor) -> list[RememberedMapping]:
    """What is remembered for a unit, latest first. Raises: `NotPermitted`."""
    by.require("intake.preview", unit=unit)
    return list(RememberedMapping.objects.filter(unit=unit).order_by("-decided_at"))


def recall_for(unit: str) -> Recall:
    """What `look` asks for a file of that unit; a file of mended rows is read as its batch was."""

    def recall(item: str, headers: Sequence[str]) -> Mapping[str, str | None] | None:
        found = RememberedMapping.objects.filter(
            unit=unit, item=item, signature=signature_of(headers)
        ).first()
        return found.mapping if found is not None else _as_before(unit, item, headers)

    return recall


def _as_before(unit: str, item: str, headers: Sequence[str]) -> Mapping[str, str | None] | None:
    mended = mended_batch(headers)
    batch = Batch.objects.filter(number=mended[0], unit=unit, item=item).first() if mended else None
    if batch is None:
        return None
    fields = {column["header"]: column["field"] for column in batch.layout["columns"]}
    return {header: fields.get(header) for header in headers}
