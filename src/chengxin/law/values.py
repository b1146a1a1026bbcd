"""Laws, the articles decisions rest on, and answers that carry their reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CONFIRMED = "confirmed"
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Law:
    """A source of law 依据文件, from the constitution down to a city's notice.

    `number` is its document number 文号 ("" if none), `level` its rank 效力级别, `issuer` who
    made it 制定机关; in force from `since` up to and including the day before `until` (None:
    still in force). `status` is "confirmed" once someone has read the text itself.
    A `framework` law 总括性文件 says how credit information is handled; it lets in nothing alone.
    `replaced_by` is the id of the law that followed it 接替: what rests on it rests on that one.
    """

    id: str
    title: str
    number: str
    level: str
    issuer: str
    since: date
    until: date | None = None
    status: str = CONFIRMED
    framework: bool = False
    replaced_by: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the law applied on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Basis:
    """The article 条款 a rule, an item or a decision rests on. `str()` gives 《title》第X条."""

    law_id: str
    law_title: str
    article: str
    status: str = CONFIRMED

    def __str__(self) -> str:
        return f"《{self.law_title.strip('《》')}》{self.article}"


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A value together with the law it comes from.

    `status` is "unconfirmed" when the value, or the reading of the article, still waits for a
    lawyer; whoever shows the answer shows that too.
    """

    value: T
    basis: Basis
    status: str = CONFIRMED

    @property
    def confirmed(self) -> bool:
        """Whether both the value and its basis have been confirmed."""
        return self.status == CONFIRMED and self.basis.status == CONFIRMED

    def then(self, step: Callable[[T], R]) -> "Answer[R]":
        """The answer to a further question that rests on the same basis."""
        return Answer(step(self.value), self.basis, self.status)
