"""Judging the parties of a few rows against the tables; batches go by `link_table`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.db.models.functions import Substr

from chengxin.access.queries import sealer
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.text import normalise_name
from chengxin.subjects.models import Identifier, Subject, SubjectName, comparable
from chengxin.subjects.queries.families import standing_mains
from chengxin.subjects.rules import judge
from chengxin.subjects.rules.inner import inner_codes
from chengxin.subjects.rules.names import name_key
from chengxin.subjects.rules.near import slips_of
from chengxin.subjects.values import KINDS, Judgement, Known, Party

PERSONAL_KINDS = frozenset({"id_number", "passport"})


def lookup_key(kind: str, code: str) -> str:
    """What an identifier is found by: its text, or for a person's the keyed digest."""
    return sealer().blind_index(f"{kind}:{code}") if kind in PERSONAL_KINDS else code


def recognise(parties: Sequence[Party]) -> list[Judgement]:
    """A sameness judgement 同一主体认定 for each party, in some queries however many they are.

    Entries merged into one body are one: their names and numbers count as its own. A link is to
    the entry the party's number is of, so that a split gives each its own again.
    """
    mains = standing_mains()
    keys = [
        {kind: lookup_key(kind, code) for kind, code in party.codes.items()} for party in parties
    ]
    slips = [slips_of(party) for party in parties]
    owners = _owners({*(key for found in keys for key in found.values()), *_all(slips)})
    inside = _inside({code for party in parties for code in inner_codes(party).values()})
    homonyms = _bearing({_key(p) for p in parties if not p.personal} - {""})
    found_ids = {*owners.values(), *_all(inside.values()), *_all(homonyms.values())}
    known = _known(found_ids, mains)
    judgements = []
    for party, found, near in zip(parties, keys, slips, strict=True):
        by_code = {
            kind: known[owner]
            for kind, key in found.items()
            if (owner := _owner_of(kind, key, owners)) is not None
        }
        by_inner = {
            kind: _each(known[one] for one in inside[code])
            for kind, code in inner_codes(party).items()
            if code in inside
        }
        close = [known[owners["uscc", code]] for code in near if ("uscc", code) in owners]
        bearing = () if party.personal else homonyms.get(_key(party), ())
        by_name = _each(known[one] for one in bearing)
        judgement = judge(party, by_code, by_name, by_inner=by_inner, near=close)
        if mains and judgement.subject is not None:
            numbered = [_owner_of(kind, found[kind], owners) for kind in KINDS if kind in found]
            inner = inner_codes(party)
            within = [inside.get(inner[kind], set()) for kind in KINDS if kind in inner]
            entry = _entry(judgement.subject, numbered, within)
            judgement = replace(judgement, subject=entry)
        judgements.append(judgement)
    return judgements


def _entry(main: UUID, numbered: Iterable[UUID | None], within: Iterable[Collection[UUID]]) -> UUID:
    """The entry of a body that a party's numbers are of: the first that leads anywhere."""
    for owner in numbered:
        if owner is not None:
            return owner
    for some in within:
        if some:
            return main if main in some else min(some)
    return main


def _each(several: Iterable[Known]) -> list[Known]:
    return list({known.id: known for known in several}.values())


def _all(several: Iterable[Iterable[Any]]) -> set[Any]:
    return {one for some in several for one in some}


def _key(party: Party) -> str:
    return name_key(normalise_name(party.name))


def _owner_of(kind: str, key: str, owners: Mapping[tuple[str, str], UUID]) -> UUID | None:
    owner = owners.get((kind, key))
    # Since 2015 the tax number is the credit code.
    return owners.get(("uscc", key)) if owner is None and kind == "tax" else owner


def _owners(lookups: set[str]) -> dict[tuple[str, str], UUID]:
    rows = Identifier.objects.filter(lookup__in=lookups)
    return {(row.kind, row.lookup): row.subject_id for row in rows.iterator(chunk_size=5000)}


def _inside(codes: set[str]) -> dict[str, set[UUID]]:
    """Organisation code → the subjects it or whose credit code it stands in."""
    right = {code for code in codes if check(code, IdKind.ORG_CODE).verdict is Verdict.VALID}
    if not right:
        return {}
    credit = Identifier.objects.filter(kind="uscc").annotate(inner=Substr("lookup", 9, 9))
    old = Identifier.objects.filter(kind="org_code", lookup__in=right)
    found: dict[str, set[UUID]] = {}
    for rows in (
        credit.filter(inner__in=right).values_list("inner", "subject_id"),
        old.values_list("lookup", "subject_id"),
    ):
        for code, subject in rows:
            found.setdefault(code, set()).add(subject)
    return found


def _known(ids: set[UUID], mains: Mapping[UUID, UUID]) -> dict[UUID, Known]:
    """What is known of each of `ids`: of a merged one, the body under which it shows."""
    bodies = {mains.get(one, one) for one in ids}
    members = {one: main for one, main in mains.items() if main in bodies}
    ordered = SubjectName.objects.order_by("-is_current", "id")
    subjects = Subject.objects.filter(id__in=bodies | members.keys())
    names: dict[UUID, tuple[str, ...]] = {}
    for subject in subjects.prefetch_related(Prefetch("names", ordered)):
        names[subject.id] = tuple(name.normalised for name in subject.names.all())
        if subject.sealed_name is not None:
            names[subject.id] = (sealer().unseal(bytes(subject.sealed_name)).decode(),)
    for one, main in members.items():
        names[main] += names[one]
    known = {main: Known(main, names[main]) for main in bodies}
    return {one: known[mains.get(one, one)] for one in ids}


def _bearing(keys: set[str]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {}
    if not keys:
        return found
    rows = SubjectName.objects.annotate(key=comparable("normalised")).filter(key__in=keys)
    for key, subject in rows.values_list("key", "subject_id"):
        found.setdefault(key, set()).add(subject)
    return found
