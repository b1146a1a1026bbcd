"""Which case first: by what the doubted record may do meanwhile. Never a word on a subject."""

from collections.abc import Collection, Mapping
from datetime import date

from chengxin.policy.values import Rulebook

HARM = "casework.harm"


def harm(signs: Collection[str], on: date, book: Rulebook) -> int:
    """How pressing a case is: the sum of the weights of its signs. Law: parameter `casework.harm`.

    The weights are powers of two, so a graver sign always goes before all lesser ones together.
    """
    weights: Mapping[str, int] = book.on(on, HARM).value
    return sum(weights[sign] for sign in signs)
