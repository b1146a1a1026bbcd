"""A notice counts from a day that can come earlier, never later, and cannot be taken back."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.models import Notice
from chengxin.notices.queries import delivered_on
from chengxin.notices.services import acknowledge, post_many
from chengxin.notices.values import Draft

pytestmark = pytest.mark.django_db
ABOUT = uuid4()
SUBJECT = Actor("subject", "", "", {"notices.acknowledge": "all"})


@pytest.fixture
def notice():
    draft = Draft(ABOUT, uuid4(), "adverse_record", False, date(2026, 11, 30), "依据")
    post_many([draft])
    return Notice.objects.get()


def test_without_a_notice_there_is_no_day():
    assert delivered_on(uuid4()) is None


def test_a_posted_notice_counts_from_its_deemed_day(notice):
    assert delivered_on(ABOUT) == date(2026, 11, 30)


def test_a_notice_nobody_could_have_read_counts_only_when_acknowledged():
    about = uuid4()
    post_many([Draft(about, uuid4(), "adverse_record", False, None, "依据")])
    assert delivered_on(about) is None
    waiting = Notice.objects.get(about=about)
    acknowledge(notice_id=waiting.id, by=SUBJECT, on=date(2026, 12, 1))
    assert delivered_on(about) == date(2026, 12, 1)


def test_acknowledging_makes_it_count_earlier_and_only_once(notice):
    acknowledge(notice_id=notice.id, by=SUBJECT, on=date(2026, 11, 22))
    acknowledge(notice_id=notice.id, by=SUBJECT, on=date(2026, 11, 25))
    assert delivered_on(ABOUT) == date(2026, 11, 22)


def test_a_late_acknowledgement_does_not_move_the_deemed_day(notice):
    acknowledge(notice_id=notice.id, by=SUBJECT, on=date(2026, 12, 25))
    assert delivered_on(ABOUT) == date(2026, 11, 30)


def test_who_has_no_power_cannot_acknowledge(notice):
    with pytest.raises(NotPermitted):
        acknowledge(notice_id=notice.id, by=Actor("x", "", "", {}), on=date(2026, 11, 22))


@pytest.mark.parametrize(
    "change",
    [
        {"deemed_delivered_on": date(2026, 11, 1), "acknowledged_on": date(2026, 11, 1)},
        {"about": uuid4(), "acknowledged_on": date(2026, 11, 1)},
        {"template": "other"},
    ],
)
def test_the_database_refuses_to_move_a_notice(notice, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.filter(id=notice.id).update(**change)


def test_the_database_refuses_to_delete_a_notice(notice):
    with pytest.raises(DatabaseError), transaction.atomic():
        notice.delete()
