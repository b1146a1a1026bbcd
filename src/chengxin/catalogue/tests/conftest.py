"""The real catalogue, and ways to spoil a copy of it."""

import copy
from dataclasses import replace

import pytest

from chengxin.catalogue.queries import check_items
from chengxin.policy.queries import current_rulebook


@pytest.fixture(scope="session")
def book():
    return current_rulebook()


@pytest.fixture
def spoiled(book):
    """`spoiled(change)` gives the faults after `change(data, fields)` edited the penalty item."""

    def faults_after(change, **replaced):
        raw = book.raw_items["penalty"]
        data = copy.deepcopy(dict(raw.data))
        change(data, {one["name"]: one for one in data["fields"]})
        raw_items = {"penalty": replace(raw, data=data)}
        return check_items(replace(book, raw_items=raw_items, **replaced))

    return faults_after
