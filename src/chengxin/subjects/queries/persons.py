"""The two questions about natural persons: whose a number is, and who represents whom.

Neither answers with a name or a number; both are asked only of what the asker already holds.
"""

from uuid import UUID

from chengxin.access.queries import sealer
from chengxin.kernel.text import normalise_name
from chengxin.subjects.models import Identifier, Subject
from chengxin.subjects.queries.recognising import lookup_key
from chengxin.subjects.values import PERSON_KIND


def person_with(number: str) -> UUID | None:
    """The natural person with that ID number, by its keyed digest; None if none is held."""
    rows = Identifier.objects.filter(kind=PERSON_KIND, lookup=lookup_key(PERSON_KIND, number))
    return rows.values_list("subject_id", flat=True).first()


def represented_by(subject: UUID, name: str) -> bool:
    """Whether an organisation is registered with a legal representative of that name."""
    rows = Subject.objects.filter(id=subject).exclude(sealed_representative=None)
    sealed = rows.values_list("sealed_representative", flat=True).first()
    if sealed is None:
        return False
    return normalise_name(sealer().unseal(bytes(sealed)).decode()) == normalise_name(name)
