"""Keys made once a run, and a small signed report."""

from datetime import timedelta

import pytest

from chengxin.reports.certificates import open_keys
from chengxin.reports.rendering import page_file
from chengxin.reports.signing import sign
from chengxin.reports.tests.samples import AT, a_content


def keys_in(folder, at=AT):
    return open_keys(folder, name="诚信示例市", operator="示例市公共信用信息中心", at=at)


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    return keys_in(tmp_path_factory.mktemp("installation") / "keys")


@pytest.fixture(scope="session")
def other_keys(tmp_path_factory):
    return keys_in(tmp_path_factory.mktemp("elsewhere") / "keys", AT - timedelta(days=30))


@pytest.fixture(scope="session")
def unsigned():
    return page_file(a_content())


@pytest.fixture(scope="session")
def signed(unsigned, keys):
    return sign(unsigned, keys=keys, at=AT, reason="20261123143005K7Q2MX", name="示例市")
