"""What an officer sees beside a row whose subject is in doubt."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from chengxin.desk.rules import compared
from chengxin.desk.values import Candidate, MatchChoice
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.text import normalise_name
from chengxin.subjects import queries as subjects
from chengxin.subjects.values import SubjectView

PERSON = "natural_person"
NAMED = 5


class DoubtfulRow(Protocol):
    """As much of a row of intake as a choice needs."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The open fields, as understood."""
        ...

    @property
    def evidence(self) -> Mapping[str, Any]:
        """The judgement stored with the row."""
        ...


def match_choice(row: DoubtfulRow) -> MatchChoice:
    """The row's party, the candidates beside it, and whether a new subject can be opened.

    Of a natural person neither name nor candidates are shown: such a row is never linked by
    choice (charter 3).
    """
    personal = row.values.get("subject_kind") == PERSON or "subject_name" not in row.values
    if personal:
        return MatchChoice("", "", personal=True, candidates=(), can_open=False)
    name, code = row.values["subject_name"], row.values.get("uscc", "")
    ids = [UUID(one) for one in row.evidence.get("candidates", [])]
    held = subjects.by_code(code) if code else None
    views = [held, *map(subjects.by_id, ids), *_named(name)]
    found = {view.id: view for view in views if view is not None}
    codes = subjects.full_codes(found)
    return MatchChoice(
        name=name,
        code=code,
        personal=False,
        candidates=tuple(
            _candidate(view, codes.get(one, ""), name, code) for one, view in found.items()
        ),
        can_open=held is None and check(code, IdKind.USCC).verdict is Verdict.VALID,
    )


def _named(name: str) -> list[SubjectView | None]:
    """Organisations that bear or bore that name, also those opened since the row was judged."""
    return [subjects.by_public_id(hit.public_id) for hit in subjects.search(name, limit=NAMED)]


def _candidate(view: SubjectView, full_code: str, name: str, code: str) -> Candidate:
    wanted = normalise_name(name)
    former = {normalise_name(one) for one in view.former_names}
    return Candidate(
        subject=view,
        code=compared(full_code, code),
        same_name=normalise_name(view.name) == wanted,
        former_name=wanted in former,
    )
