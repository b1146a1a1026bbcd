"""Looks no business explains are flagged; those with an act, and single ones by day, are not."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from chengxin.desk.tests.conftest import signed_in
from chengxin.kernel.zone import SHANGHAI
from chengxin.looks.models import Look
from chengxin.register.models import Record
from chengxin.rights.rules.snooping import Limits, Seen, Sign, flagged

LIMITS = Limits(6, 22, subjects_an_hour=20, days_in_window=3, window_days=30, act_within_days=7)
MONDAY = datetime(2026, 11, 16, 10, tzinfo=SHANGHAI)


def seen(at=MONDAY, **changed):
    facts = {"login": "o1", "unit": "u1", "subject": uuid4(), "record": uuid4(), "sensitive": False}
    return Seen(id=uuid4(), at=at, **(facts | {"owner": "u1"} | changed))


def signs(looks, acts=None):
    found = flagged(looks, acts or {}, LIMITS, rests=lambda day: day == date(2026, 11, 15))
    return {look.id: set(why) for look, why in found}


def test_one_look_by_day_is_nothing_and_by_night_or_on_sunday_is_something():
    day, night, sunday = seen(), seen(MONDAY.replace(hour=23)), seen(MONDAY - timedelta(days=1))

    assert signs([day, night, sunday]) == {night.id: {Sign.NIGHT}, sunday.id: {Sign.NIGHT}}


def test_an_act_on_the_record_or_subject_accounts_for_the_look():
    night = seen(MONDAY.replace(hour=23))
    for target in (night.record, night.subject):
        assert signs([night], {("o1", target): [night.at + timedelta(days=6)]}) == {}
    assert signs([night], {("o2", night.record): [night.at]}) != {}
    assert signs([night], {("o1", night.record): [night.at + timedelta(days=8)]}) != {}


def test_more_subjects_in_an_hour_than_usual_and_days_come_back_to():
    twenty = [seen(MONDAY + timedelta(minutes=n)) for n in range(20)]
    assert signs(twenty) == {}
    assert len(signs([*twenty, seen(MONDAY + timedelta(minutes=30))])) == 21

    friend = uuid4()
    days = [seen(MONDAY + timedelta(days=n), subject=friend) for n in range(3)]
    assert signs(days) == {}
    assert len(signs([*days, seen(MONDAY + timedelta(days=4), subject=friend)])) == 4


def test_sealed_fields_of_another_units_record():
    assert signs([seen(sensitive=True)]) == {}
    other = seen(sensitive=True, owner="u2")
    assert signs([other]) == {other.id: {Sign.FOREIGN_SEALED}}


def test_the_auditor_sees_them_and_nobody_else_does(held):
    from django.db import transaction

    from chengxin.kernel.clock import now

    record = Record.objects.get(subject_id=held["firm"])
    reviewer = signed_in("reviewer", login="reviewer")
    reviewer.get(f"/desk/records/{record.id}/")
    look = Look.objects.get(login="reviewer")
    with transaction.atomic():
        Look.objects.create(
            id=uuid4(),
            at=now().replace(hour=2) - timedelta(days=1),
            subject=look.subject,
            record=look.record,
            login="owl",
            unit="lyg-tyj",
            via="desk",
            purpose="desk-record",
            decision="allowed",
        )

    assert reviewer.get("/desk/log/snooping/").status_code == 403
    page = signed_in("log_auditor", login="logs").get("/desk/log/snooping/")
    assert [one.login for one, _ in page.context["shown"]] == ["owl"]
