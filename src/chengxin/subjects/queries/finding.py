"""Questions about subjects. None of them finds a natural person by name."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from chengxin.kernel.text import mask_id, normalise_name
from chengxin.subjects.models import Identifier, Subject, SubjectName
from chengxin.subjects.queries.families import body, mains, merges
from chengxin.subjects.values import SubjectKind, SubjectView


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


def by_public_id(public_id: str, *, known: datetime | None = None) -> SubjectView | None:
    """The organisation with that public identifier; None for a person or nobody.

    One that was merged into another gives the other, whose own identifier is in the answer.
    """
    return _main(Subject.objects.filter(public_id=public_id), known)


def by_id(subject_id: UUID) -> SubjectView | None:
    """The organisation with that inner id, or the one it shows under; None as above."""
    return _main(Subject.objects.filter(id=subject_id), None)


def by_code(code: str, *, known: datetime | None = None) -> SubjectView | None:
    """The organisation with that USCC or old code, in any case or width; None if nobody."""
    lookup = normalise_name(code)
    owners = Identifier.objects.filter(lookup=lookup, sealed=None).order_by("id")
    owner = owners.exclude(subject__kind=SubjectKind.NATURAL_PERSON).first()
    return None if owner is None else _main(Subject.objects.filter(id=owner.subject_id), known)


def _main(rows: QuerySet[Subject], known: datetime | None) -> SubjectView | None:
    open_rows = rows.exclude(kind=SubjectKind.NATURAL_PERSON).select_related("branch_of")
    subject = open_rows.first()
    if subject is None:
        return None
    main, entries = body(subject.id, known=known)
    if main != subject.id:
        subject = Subject.objects.select_related("branch_of").get(id=main)
    return _view(subject, entries - {main})


def entries(ids: Iterable[UUID]) -> dict[UUID, SubjectView]:
    """Organisations each by itself, whatever was merged into what: for who decides about that."""
    rows = Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON).filter(id__in=list(ids))
    return {row.id: _view(row, frozenset()) for row in rows.select_related("branch_of")}


def known_since(subjects: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each subject was entered here."""
    rows = Subject.objects.filter(id__in=list(subjects))
    return dict(rows.values_list("id", "created_at"))


def kinds_of(subjects: Iterable[UUID]) -> dict[UUID, str]:
    """The kind of each subject."""
    return dict(Subject.objects.filter(id__in=list(subjects)).values_list("id", "kind"))


def called(subjects: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Public identifier and name of organisations, for a list that links to them.

    One that was merged into another is called as that one.
    """
    leads = mains(subjects)
    rows = Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON).filter(id__in=leads.values())
    named = {row.id: (row.public_id, row.name) for row in rows.only("public_id", "name")}
    return {one: named[main] for one, main in leads.items() if main in named}


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """Names of organisations by their public identifiers; a person has none here."""
    rows = Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON)
    return dict(rows.filter(public_id__in=list(public_ids)).values_list("public_id", "name"))


def identified(public_ids: Iterable[str]) -> dict[UUID, str]:
    """Organisations by their public identifiers: id → identifier; never a person."""
    rows = Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON)
    return dict(rows.filter(public_id__in=list(public_ids)).values_list("id", "public_id"))


def in_business(subjects: Iterable[UUID], *, division: str = "") -> frozenset[str]:
    """Public identifiers of those that are in business, in a division 行政区划 or anywhere.

    Organisations and sole traders only; one that was merged counts as the one it went into.
    """
    mine = set(mains(subjects).values())
    rows = Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON).filter(id__in=mine)
    rows = rows.filter(status="active", division__startswith=division.rstrip("0"))
    return frozenset(rows.values_list("public_id", flat=True))


def organisations() -> int:
    """How many organisations and sole traders there are, each body once."""
    merged = merges(states=["confirmed"]).count()
    return Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON).count() - merged


def _view(subject: Subject, merged: frozenset[UUID]) -> SubjectView:
    others = Subject.objects.filter(id__in=merged).order_by("created_at", "id") if merged else ()
    codes = public_codes([subject.id, *merged])
    head = subject.branch_of
    return SubjectView(
        id=subject.id,
        public_id=subject.public_id,
        name=subject.name,
        code=codes.get(subject.id, ""),
        kind=subject.kind,
        status=subject.status,
        division=subject.division,
        industry=subject.industry,
        address=subject.address if subject.kind != SubjectKind.SOLE_TRADER else "",
        registered_on=subject.registered_on,
        former_names=tuple(dict.fromkeys(_former_names(subject, merged))),
        branch_of=called([head.id])[head.id][0] if head else "",
        other_codes=tuple(codes[one.id] for one in others if one.id in codes),
        merged_ids=tuple(one.public_id for one in others),
    )


def _former_names(subject: Subject, merged: frozenset[UUID]) -> list[str]:
    """Names the body bore, its own first; those of entries merged into it with them."""
    ordered = SubjectName.objects.order_by(F("until").desc(nulls_last=True), "id")
    own = ordered.filter(subject=subject, is_current=False)
    others = ordered.filter(subject__in=merged) if merged else ()
    return [one.text for one in (*own, *others) if one.text != subject.name]
