"""Questions about subjects. None of them finds a natural person by name."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Length

from chengxin.access.queries import sealer
from chengxin.kernel.text import mask_id, normalise_name
from chengxin.subjects.models import Identifier, Subject, SubjectName
from chengxin.subjects.rules import judge
from chengxin.subjects.values import Judgement, Known, Party, SubjectHit, SubjectKind, SubjectView

MINIMUM_QUERY = 2
COUNT_CAP = 1000
PERSONAL_KINDS = frozenset({"id_number", "passport"})


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


def lookup_key(kind: str, code: str) -> str:
    """What an identifier is found by: its text, or for a person's the keyed digest."""
    return sealer().blind_index(f"{kind}:{code}") if kind in PERSONAL_KINDS else code


def recognise(parties: Sequence[Party]) -> list[Judgement]:
    """A sameness judgement 同一主体认定 for each party, in three queries however many they are."""
    keys = [
        {kind: lookup_key(kind, code) for kind, code in party.codes.items()} for party in parties
    ]
    owners = _owners({key for found in keys for key in found.values()})
    names = _names_of(set(owners.values()), _sealed_names(parties))
    homonyms = _bearing({normalise_name(p.name) for p in parties if not p.personal and p.name})
    judgements = []
    for party, found in zip(parties, keys, strict=True):
        by_code = {
            kind: names[owners[kind, key]] for kind, key in found.items() if (kind, key) in owners
        }
        by_name = () if party.personal else homonyms.get(normalise_name(party.name), ())
        judgements.append(judge(party, by_code, by_name))
    return judgements


def _owners(lookups: set[str]) -> dict[tuple[str, str], UUID]:
    rows = Identifier.objects.filter(lookup__in=lookups)
    return {(row.kind, row.lookup): row.subject_id for row in rows.iterator(chunk_size=5000)}


def _sealed_names(parties: Sequence[Party]) -> bool:
    return any(party.personal for party in parties)


def _names_of(ids: set[UUID], persons: bool) -> dict[UUID, Known]:  # noqa: FBT001 – private
    ordered = SubjectName.objects.order_by("-is_current", "id")
    subjects = Subject.objects.filter(id__in=ids).prefetch_related(Prefetch("names", ordered))
    known = {}
    for subject in subjects:
        names = tuple(name.normalised for name in subject.names.all())
        if persons and subject.sealed_name is not None:
            names = (sealer().unseal(bytes(subject.sealed_name)).decode(),)
        known[subject.id] = Known(subject.id, names)
    return known


def _bearing(names: set[str]) -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    rows = SubjectName.objects.filter(normalised__in=names).values_list("normalised", "subject_id")
    for name, subject in rows:
        found[name] = (*found.get(name, ()), Known(subject, (name,)))
    return found
