"""Questions about subjects. None of them finds a natural person by name."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from chengxin.kernel.text import mask_id, normalise_name
from chengxin.subjects.models import Identifier, Subject, SubjectName
from chengxin.subjects.values import SubjectHit, SubjectKind, SubjectView

MINIMUM_QUERY = 2
COUNT_CAP = 1000


def search(text: str, *, limit: int = 20, offset: int = 0) -> list[SubjectHit]:
    """Organisations whose name, former name or code holds `text`, best first.

    Two characters at least; fewer give nothing. A code must be whole. Natural persons are not
    in the tables this reads.
    """
    found = _matching(text)
    if found is None:
        return []
    needle = normalise_name(text)
    rows = found.annotate(length=Length("normalised"), starts=Q(normalised__startswith=needle))
    rows = rows.order_by("-is_current", "-starts", "length", "normalised", "id")
    hits: dict[UUID, SubjectHit] = {}
    for name in rows.select_related("subject")[offset : offset + limit]:
        hits.setdefault(name.subject_id, _hit(name))
    return _with_codes(hits)


def count(text: str) -> int:
    """How many organisations `search` would find, counted up to `COUNT_CAP`."""
    found = _matching(text)
    return 0 if found is None else found.order_by()[:COUNT_CAP].count()


def _matching(text: str) -> QuerySet[SubjectName] | None:
    needle = normalise_name(text)
    if len(needle) < MINIMUM_QUERY:
        return None
    by_code = SubjectName.objects.filter(
        is_current=True,
        subject__identifiers__lookup=needle,
        subject__identifiers__publishable=True,
    ).distinct()
    if by_code.exists():
        return by_code
    query = " & ".join(_lexeme(needle[i : i + 2]) for i in range(len(needle) - 1))
    return SubjectName.objects.extra(where=["bigrams @@ %s::tsquery"], params=[query]).filter(
        normalised__contains=needle
    )


def _lexeme(pair: str) -> str:
    return "'" + pair.replace("\\", "\\\\").replace("'", "''") + "'"


def _hit(name: SubjectName) -> SubjectHit:
    subject = name.subject
    return SubjectHit(
        public_id=subject.public_id,
        name=subject.name,
        code="",
        kind=subject.kind,
        status=subject.status,
        division=subject.division,
        matched="" if name.is_current else name.text,
    )


def _with_codes(hits: Mapping[UUID, SubjectHit]) -> list[SubjectHit]:
    codes = public_codes(hits)
    return [
        SubjectHit(**{**hit.__dict__, "code": codes.get(subject, "")})
        for subject, hit in hits.items()
    ]


def public_codes(subjects: Iterable[UUID]) -> dict[UUID, str]:
    """The USCC each subject may be shown with; a sole trader's is masked (charter 3)."""
    rows = Identifier.objects.filter(
        subject_id__in=list(subjects), kind="uscc", publishable=True
    ).values_list("subject_id", "lookup", "subject__kind")
    return {
        subject: mask_id(code) if kind == SubjectKind.SOLE_TRADER else code
        for subject, code, kind in rows
    }


def full_codes(subjects: Iterable[UUID]) -> dict[UUID, str]:
    """The whole USCC of each organisation, a sole trader's too.

    For officers deciding whose a row is, who compare it sign by sign; never for the public.
    """
    rows = Identifier.objects.filter(subject_id__in=list(subjects), kind="uscc", publishable=True)
    return dict(rows.values_list("subject_id", "lookup"))


def by_public_id(public_id: str) -> SubjectView | None:
    """The organisation with that public identifier; None for a person or nobody."""
    subject = (
        Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON)
        .select_related("branch_of")
        .filter(public_id=public_id)
        .first()
    )
    return _view(subject) if subject else None


def by_id(subject_id: UUID) -> SubjectView | None:
    """The organisation with that inner id; None for a person or nobody."""
    subject = (
        Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON)
        .select_related("branch_of")
        .filter(id=subject_id)
        .first()
    )
    return _view(subject) if subject else None


def by_code(code: str) -> SubjectView | None:
    """The organisation with that USCC or old code, in any case or width; None if nobody."""
    found = (
        Identifier.objects.select_related("subject__branch_of")
        .filter(lookup=normalise_name(code), sealed=None)
        .exclude(subject__kind=SubjectKind.NATURAL_PERSON)
        .first()
    )
    return _view(found.subject) if found else None


def kinds_of(subjects: Iterable[UUID]) -> dict[UUID, str]:
    """The kind of each subject."""
    return dict(Subject.objects.filter(id__in=list(subjects)).values_list("id", "kind"))


def called(subjects: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Public identifier and name of organisations, for a list that links to them."""
    rows = Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON).filter(id__in=list(subjects))
    return {row.id: (row.public_id, row.name) for row in rows.only("public_id", "name")}


def organisations() -> int:
    """How many organisations and sole traders there are."""
    return Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON).count()


def _view(subject: Subject) -> SubjectView:
    former = subject.names.filter(is_current=False).order_by(F("until").desc(nulls_last=True), "id")
    return SubjectView(
        id=subject.id,
        public_id=subject.public_id,
        name=subject.name,
        code=public_codes([subject.id]).get(subject.id, ""),
        kind=subject.kind,
        status=subject.status,
        division=subject.division,
        industry=subject.industry,
        address=subject.address if subject.kind != SubjectKind.SOLE_TRADER else "",
        registered_on=subject.registered_on,
        former_names=tuple(name.text for name in former),
        branch_of=subject.branch_of.public_id if subject.branch_of else "",
    )
