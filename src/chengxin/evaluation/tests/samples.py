"""Invented organisations and facts for tests of evaluation."""

from datetime import date

from chengxin.evaluation.values import Business, Fact
from chengxin.policy.queries import current_rulebook

BOOK = current_rulebook()
ON = date(2026, 11, 1)
FACTORY = Business("org-1", "legal_person", "320722", "C", "2015-03-02")


def fact(item="penalty", *, record="r1", decided_on=date(2026, 8, 1), unit="lyg-sthj", **fields):
    """A fact in use from its decision on; `until` may be given."""
    until = fields.pop("until", None)
    return Fact(record, item, unit, decided_on, decided_on, until, fields, f"文书{record}", "某局")
