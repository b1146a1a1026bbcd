"""What is to be mended in a batch 待改情况, kind by kind, and what has been mended already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from chengxin.engine.rules.wording import shown
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.queries import effective_texts, received_texts

TO_MEND: Final = (RowState.FAULTY, RowState.QUARANTINED)
_FIRST: Final = 5
_SAMPLES: Final = 3


@dataclass(frozen=True)
class Change:
    """A cell before and after: proposed, or accepted `by` somebody `at` a moment.

    Texts of a person are masked; a blank cell is "".
    """

    line: int
    field: str
    before: str
    after: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Kind:
    """All faults of one kind in the rows to mend: how many, the first lines, what is proposed.

    `proposals` counts those that can be accepted; `message_zh` and `message_en` are of the first.
    """

    field: str
    code: str
    severity: str
    count: int
    lines: tuple[int, ...]
    proposals: int
    column: str = ""
    message_zh: str = ""
    message_en: str = ""
    samples: tuple[Change, ...] = ()


def to_mend(batch: Batch) -> list[Kind]:
    """The errors and warnings of the rows to mend as they stand now, gravest and most first.

    A note is not among them: what it proposes has been applied already.
    """
    answer = f"""
        SELECT fault->>'field', fault->>'code', fault->>'severity', count(*),
            (array_agg(number ORDER BY number))[1:{_FIRST}],
            count(*) FILTER (WHERE open),
            coalesce((array_agg(number ORDER BY number) FILTER (WHERE open))[1:{_SAMPLES}], '{{}}')
        FROM (
            SELECT number, fault, state = %s AND fault->>'proposal' IS NOT NULL AS open
            FROM intake_row, jsonb_array_elements(faults) AS fault
            WHERE batch_id = %s AND state = ANY(%s)
        ) AS one
        WHERE fault->>'severity' <> 'note'
        GROUP BY 1, 2, 3 ORDER BY 3, 4 DESC, 2, 1
    """  # noqa: S608 – nothing but names and numbers of our own
    with connection.cursor() as cursor:
        states = [state.value for state in TO_MEND]
        cursor.execute(answer, [RowState.FAULTY.value, batch.id, states])
        found = cursor.fetchall()
    wanted = {number for *_, lines, _, samples in found for number in (lines[0], *samples)}
    rows = {row.number: row for row in Row.objects.filter(batch=batch, number__in=wanted)}
    return [_kind(entry, rows) for entry in found]


def _kind(entry: tuple[Any, ...], rows: Mapping[int, Row]) -> Kind:
    field, code, severity, count, lines, proposals, samples = entry
    first = _fault(rows[lines[0]], field, code)
    changes = (_proposed(rows[line], _fault(rows[line], field, code)) for line in samples)
    return Kind(
        field=field,
        code=code,
        severity=severity,
        count=count,
        lines=tuple(lines),
        proposals=proposals,
        column=first["column"],
        message_zh=first["message_zh"],
        message_en=first["message_en"],
        samples=tuple(changes),
    )


def _fault(row: Row, field: str, code: str) -> Mapping[str, Any]:
    told: list[Mapping[str, Any]] = [
        one for one in row.faults if (one["field"], one["code"]) == (field, code)
    ]
    return next((one for one in told if one["proposal"] is not None), told[0])


def _proposed(row: Row, fault: Mapping[str, Any]) -> Change:
    field = fault["field"]
    text = effective_texts(row).get(field, "")
    return Change(row.number, field, _masked(row, field, text), fault["proposal"])


def changes_of(row: Row) -> Iterator[Change]:
    """What was accepted in a row, for whoever reviews it: from what was received, to what."""
    if not row.amended:
        return
    received, effective = received_texts(row), effective_texts(row)
    for one in row.amended:
        field = one["field"]
        before, after = (texts.get(field, "") for texts in (received, effective))
        hidden = "to" not in one
        yield Change(
            row.number,
            field,
            shown(before, hidden=hidden) if before else "",
            shown(after, hidden=hidden),
            one["by"],
            datetime.fromisoformat(one["at"]),
        )


def _masked(row: Row, field: str, text: str) -> str:
    """The text as it may be named: a cell that is sealed is a person's."""
    opened = field in row.received or any(
        one["field"] == field and "to" in one for one in row.amended
    )
    return shown(text, hidden=not opened) if text else ""


def mended_by(batch: Batch) -> list[Batch]:
    """The batches that mend rows of this one and were not returned, oldest first."""
    found = Batch.objects.filter(corrects=batch.number, unit=batch.unit)
    return list(found.exclude(state="returned").order_by("submitted_at"))


def sheets_sent(*, unit: str, sha256: str) -> dict[str, str]:
    """Which tables of a file a unit has sent: sheet → number of the batch."""
    found = Batch.objects.filter(unit=unit, file_sha256=sha256).exclude(state="returned")
    return dict(found.values_list("sheet", "number"))
