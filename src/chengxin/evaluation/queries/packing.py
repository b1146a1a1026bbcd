"""The offline recompute kit 复算包 of an evaluation, from what was stored when it was made."""

import io
import zipfile
from datetime import UTC
from typing import Any, Final

from chengxin.evaluation.models import Definition, Evaluation
from chengxin.evaluation.rules.kits import kit_files

MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: the same kit has the same bytes whenever it is packed."""


def head_of(row: Evaluation) -> dict[str, Any]:
    """What names an evaluation."""
    return {
        "subject": str(row.subject_id),
        "model": row.model,
        "edition": row.edition,
        "on": row.on.isoformat(),
        "known": row.known_at.astimezone(UTC).isoformat(),
    }


def kit(row: Evaluation) -> bytes:
    """The kit as a zip; the same bytes each time."""
    definition = Definition.objects.get(model=row.model, edition=row.edition)
    files = kit_files(
        head_of(row), row.inputs, definition.content, definition.codelists, row.factors
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()
