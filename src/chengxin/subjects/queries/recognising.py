"""Judging the parties of a few rows against the tables; batches go by `link_table`."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch

from chengxin.access.queries import sealer
from chengxin.kernel.text import normalise_name
from chengxin.subjects.models import Identifier, Subject, SubjectName
from chengxin.subjects.rules import judge
from chengxin.subjects.values import Judgement, Known, Party

PERSONAL_KINDS = frozenset({"id_number", "passport"})


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
