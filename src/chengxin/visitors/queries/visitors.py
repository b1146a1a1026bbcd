"""Who a visitor is."""

import json

from chengxin.access.queries import sealer
from chengxin.subjects.queries import lookup_key
from chengxin.visitors.models import Mandate, Visitor
from chengxin.visitors.values import Identity


def number_lookup(identity: Identity) -> str:
    """The keyed digest a person is found by, the same as that of its records."""
    return lookup_key("id_number", identity.number.text)


def sub_lookup(identity: Identity) -> str:
    """The keyed digest of a provider's account: its name for a person may be the number itself."""
    return sealer().blind_index(f"sub:{identity.issuer}\n{identity.sub}")


def sealed_identity(identity: Identity, *, owner: str) -> bytes:
    """Name and number, to be opened for that visitor or mandate only."""
    said = {"name": identity.name, "number": identity.number.text}
    return sealer().seal(json.dumps(said, ensure_ascii=False).encode(), owner=owner)


def opened_identity(row: Visitor | Mandate) -> tuple[str, str]:
    """Name and number of a visitor, or of a mandate's holder."""
    said = json.loads(sealer().unseal(bytes(row.sealed), owner=str(row.id)))
    return said["name"], said["number"]


def demonstration_visitors() -> int:
    """How many demonstration sign-ins there are; production refuses any."""
    return Visitor.objects.filter(is_demonstration=True, is_active=True).count()


def demonstration_logins() -> list[str]:
    """The demonstration's sign-ins, by name."""
    rows = Visitor.objects.filter(is_demonstration=True, is_active=True).exclude(login="")
    return list(rows.order_by("login").values_list("login", flat=True))
