"""A sending by machine under an Idempotency-Key: sent again, it is answered as the first time."""

from collections.abc import Callable

from chengxin.intake.channels.models import SentKey
from chengxin.intake.channels.refusals import KeyUsed
from chengxin.intake.models import Batch
from chengxin.intake.refusals import AlreadySubmitted
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now

LONGEST_KEY = 128


def sent_once(
    *, key: str, digest: str, unit: str, by: Actor, send: Callable[[], Batch]
) -> tuple[Batch, bool]:
    """The batch of this key, and whether it was sent before; `digest` is of all that is sent.

    A sending that was cut off after its batch was stored is found again.
    Raises: `KeyUsed`, `NotPermitted`, and what `send` raises: then the key may be sent again.
    """
    by.require("intake.submit", unit=unit)
    if not key:
        return send(), False
    if len(key) > LONGEST_KEY:
        raise KeyUsed(key=f"{key[:LONGEST_KEY]}…")
    held, fresh = SentKey.objects.get_or_create(
        login=by.login, key=key, defaults={"digest": digest, "at": now()}
    )
    if held.digest != digest:
        raise KeyUsed(key=key)
    if held.batch:
        return Batch.objects.get(number=held.batch), True
    try:
        batch = send()
    except AlreadySubmitted as error:
        batch = Batch.objects.get(number=error.facts["number"])
        if fresh or batch.submitted_by != by.login or batch.submitted_at < held.at:
            raise
    held.batch = batch.number
    held.save(update_fields=["batch"])
    return batch, not fresh
