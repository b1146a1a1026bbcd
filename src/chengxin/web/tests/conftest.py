"""The invented city in the database, and a reader."""

import pytest

from chengxin.web.tests.samples import PORT, append_fact, import_city


@pytest.fixture
def city(db):
    """The organisations, by code."""
    return import_city()


@pytest.fixture
def add_fact(city):
    """A permit or penalty about an organisation, told to it; its id."""
    return lambda item="permit", code=PORT, **facts: append_fact(city[code], item, **facts)


@pytest.fixture
def read(client):
    """The text of a page, in Chinese unless asked otherwise."""

    def get(address, status=200, language="zh-hans", **query):
        client.cookies["chengxin_language"] = language
        answer = client.get(address, query)
        assert answer.status_code == status, answer.content.decode()[:500]
        return answer.content.decode()

    return get
