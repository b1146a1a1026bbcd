"""How a record stood on a day, as known at a moment."""

from datetime import UTC, date, datetime

from chengxin.register.rules import CORRECTED, ENDED, RECORDED, REVOKED, Event, fold

DECIDED = date(2026, 3, 2)
LEARNT = datetime(2026, 3, 9, 8, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 8, tzinfo=UTC)
RECORD = Event(RECORDED, DECIDED, LEARNT, {"fine_yuan": "5000"})


def test_before_the_decision_there_is_nothing():
    assert fold([RECORD], date(2026, 3, 1), LATER) is None


def test_before_we_knew_there_is_nothing():
    assert fold([RECORD], DECIDED, datetime(2026, 3, 8, tzinfo=UTC)) is None


def test_a_correction_counts_from_the_decision_but_only_once_known():
    correction = Event(CORRECTED, DECIDED, LATER, {"fine_yuan": "500"}, "多录一个零")
    events = [RECORD, correction]

    as_known_then = fold(events, DECIDED, datetime(2026, 5, 1, tzinfo=UTC))
    as_known_now = fold(events, DECIDED, LATER)

    assert as_known_then.facts == {"fine_yuan": "5000"}
    assert as_known_now.facts == {"fine_yuan": "500"}
    assert as_known_now.corrected_at == LATER


def test_a_revocation_counts_from_its_own_day():
    revoked = Event(REVOKED, date(2026, 6, 1), LATER, {"fine_yuan": "5000"}, "复议撤销")
    assert fold([RECORD, revoked], date(2026, 5, 31), LATER).revoked_on is None
    assert fold([RECORD, revoked], date(2026, 6, 1), LATER).revoked_on == date(2026, 6, 1)


def test_an_early_end_of_publication_counts_from_its_own_day():
    ended = Event(ENDED, date(2026, 6, 5), LATER, {"fine_yuan": "5000"})
    assert fold([RECORD, ended], date(2026, 6, 4), LATER).publication_ended_on is None
    assert fold([RECORD, ended], date(2026, 6, 5), LATER).publication_ended_on == date(2026, 6, 5)
