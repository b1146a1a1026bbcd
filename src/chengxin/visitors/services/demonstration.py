"""What a demonstration's provider would vouch for: renewed each time one signs in."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.kernel.ids.person import IDNumber
from chengxin.visitors.models import Mandate, Visitor
from chengxin.visitors.queries.visitors import opened_identity
from chengxin.visitors.services.arriving import DEMONSTRATION, arrive
from chengxin.visitors.values import Capacity, Identity


@transaction.atomic
def renew(*, visitor_id: UUID, on: date) -> None:
    """Let a demonstration's visitor arrive again, as a portal would have it arrive.

    A visitor that was a representative is vouched for again; the first sign-in said of whom.
    """
    visitor = Visitor.objects.get(id=visitor_id, is_demonstration=True)
    name, number = opened_identity(visitor)
    codes = Mandate.objects.filter(
        number_lookup=visitor.number_lookup, capacity=Capacity.REPRESENTATIVE
    ).values_list("subject__identifiers__lookup", flat=True)
    uscc = codes.filter(subject__identifiers__kind="uscc").first() or ""
    identity = Identity(
        visitor.issuer, visitor.login, name, IDNumber.parse(number), uscc, bool(uscc)
    )
    arrive(identity=identity, provider=DEMONSTRATION, on=on)
