"""Minors 未成年人: refused at intake; one found later is sealed at once and erased with proof."""

import secrets
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.casework.errors import NotMinor, UnknownCase
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook
from chengxin.register import services as register
from chengxin.register.values import Erasure

SEAL = "casework.seal"
MINORS = "minors"  # the prohibition intake refuses them under


@transaction.atomic
def seal_minor(*, record_id: UUID, verified_by: str, by: Actor, on: date, book: Rulebook) -> str:
    """Seal a record of somebody who was a minor at the time 封存: hidden and unused from now.

    `verified_by` says how that was found; it names nobody. Only a natural person's record.
    Returns: the number of the act. Raises: `UnknownCase`, `NotPermitted`, `NotMinor`.
    """
    held = register.hold(record_id)
    if not held:
        raise UnknownCase(asked=str(record_id))
    (row,) = held
    by.require(SEAL, unit=row.unit)
    if row.subject_kind != "natural_person" or not verified_by.strip():
        raise NotMinor
    number = f"FC{on:%Y%m%d}-{secrets.token_hex(4)}"
    basis = _basis(book)
    register.seal(record_id=record_id, case=number, on=on, basis=basis, by=by, edition=book.edition)
    return number


def erase_minor(*, record_id: UUID, by: Actor, book: Rulebook) -> Erasure:
    """Erase what was sealed 清除, by another officer; the log entry leads back to nothing.

    Raises: as `register.erase`.
    """
    return register.erase(record_id=record_id, basis=_basis(book), by=by)


def _basis(book: Rulebook) -> str:
    return next(str(one.basis) for one in book.prohibitions if one.code == MINORS)
