"""Who may decide about a batch: never the one it comes from (经办、审核分离)."""

from typing import Final

from chengxin.intake.channels.models import Channel
from chengxin.intake.models import Batch
from chengxin.intake.refusals import OwnBatch
from chengxin.kernel.actor import Actor

_CHANNEL: Final = "channel:"


def require_second(batch: Batch, by: Actor) -> None:
    """Let a second person decide: not who submitted it, nor who answers for the channel it came by.

    Raises: `OwnBatch`.
    """
    own = batch.submitted_by == by.login
    if batch.submitted_by.startswith(_CHANNEL):
        code = batch.submitted_by.removeprefix(_CHANNEL)
        own = own or Channel.objects.filter(code=code, answers=by.login).exists()
    if own:
        raise OwnBatch(number=batch.number)
