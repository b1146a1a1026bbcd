"""Opening a subject for each party first met in a department's file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chengxin.access.queries import sealer
from chengxin.kernel.clock import now
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.text import normalise_name, normalise_text, tidy_text
from chengxin.subjects.models import Identifier, Subject, SubjectName
from chengxin.subjects.queries import PERSONAL_KINDS, lookup_key
from chengxin.subjects.rules.kinds import kind_of_code
from chengxin.subjects.values import Party, SubjectKind

CHUNK = 5000


def register_from_rows(*, parties: Sequence[Party]) -> list[UUID]:
    """Open a subject for each party first met in a department's file; the act notes itself.

    Called inside `intake.release` with parties judged new: organisations with a valid code, and
    natural persons with a valid ID number, whose name and number are sealed.
    Returns: the subjects' ids, in order; the same code twice gives the same subject.
    """
    moment = now()
    made: dict[tuple[str, str], Subject] = {}
    answer: list[UUID] = []
    for party in parties:
        kind, code = _principal(party)
        if (kind, code) not in made:
            made[kind, code] = _first_met(party, code, moment)
        answer.append(made[kind, code].id)
    Subject.objects.bulk_create(made.values(), batch_size=CHUNK)
    names, codes = [], []
    for (kind, code), subject in made.items():
        if subject.kind != SubjectKind.NATURAL_PERSON:
            normalised = normalise_name(subject.name)
            names.append(
                SubjectName(
                    subject=subject, text=subject.name, normalised=normalised, is_current=True
                )
            )
        codes.append(_identifier(subject, kind, code))
    SubjectName.objects.bulk_create(names, batch_size=CHUNK)
    Identifier.objects.bulk_create(codes, batch_size=CHUNK)
    return answer


def _principal(party: Party) -> tuple[str, str]:
    kind = "id_number" if party.personal else "uscc"
    return kind, party.codes[kind]


def _first_met(party: Party, code: str, moment: Any) -> Subject:
    if party.personal:
        return Subject(
            kind=SubjectKind.NATURAL_PERSON,
            sealed_name=sealer().seal(normalise_name(party.name).encode()),
            origin="record",
            created_at=moment,
        )
    representative = normalise_text(party.representative)
    return Subject(
        kind=kind_of_code(code),
        name=tidy_text(party.name),
        sealed_representative=sealer().seal(representative.encode()) if representative else None,
        origin="record",
        created_at=moment,
    )


def _identifier(subject: Subject, kind: str, code: str) -> Identifier:
    personal = kind in PERSONAL_KINDS
    return Identifier(
        subject=subject,
        kind=kind,
        lookup=lookup_key(kind, code),
        sealed=sealer().seal(code.encode()) if personal else None,
        verdict=Verdict.VALID.value,
        publishable=not personal and check(code, IdKind.USCC).publishable,
    )
