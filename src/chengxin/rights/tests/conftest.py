"""A firm with a penalty, its agent, a person with one, and their browsers."""

from datetime import date

import pytest
from django.test import Client

from chengxin.desk.tests.conftest import signed_in
from chengxin.desk.tests.samples import CODE, PERSON, workbook
from chengxin.intake.services import release, submit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.subjects.queries import by_code, person_with
from chengxin.visitors.rules import identity_at_hand
from chengxin.visitors.services.arriving import grant, kept_visitor
from chengxin.visitors.values import Capacity

UNIT, ON = "lyg-scjg", date(2026, 11, 20)
SENDER = Actor("sender", "测试报送", UNIT, {"intake.submit": Scope.OWN_UNIT})
RELEASER = Actor("releaser", "测试审核", UNIT, {"intake.release": Scope.OWN_UNIT})


@pytest.fixture
def held(db):
    """The subjects of a released file: a firm and a person, each with a penalty."""
    return taken_in()


def taken_in():
    """Take the file in; gives both subjects."""
    book = current_rulebook()
    batch = submit(
        data=workbook({}, PERSON),
        filename="处罚.xlsx",
        item="penalty",
        unit=UNIT,
        by=SENDER,
        on=ON,
        book=book,
    )
    release(number=batch.number, by=RELEASER, on=ON, book=book)
    return {"firm": by_code(CODE).id, "person": person_with(PERSON["证件号码"])}


def space_of(subject, capacity=Capacity.PERSON, role="person", number="11010519491231002X"):
    """A browser in which somebody acts for a subject."""
    someone = identity_at_hand("test", "测试来访", number)
    visitor, days = kept_visitor(someone), (today(), today())
    row = grant(
        subject=subject, identity=someone, capacity=capacity, role=role, days=days, by="test"
    )
    client = Client()
    session = client.session
    session["visitor"], session["mandate"] = str(visitor.id), str(row.id)
    session.save()
    return client


@pytest.fixture
def firm_space(held):
    return space_of(held["firm"], Capacity.REPRESENTATIVE, "representative")


@pytest.fixture
def person_space(held):
    return space_of(held["person"])


@pytest.fixture
def reviewer(held):
    return signed_in("reviewer", login="reviewer")
