"""Keys made once a run, and a small signed report."""

from datetime import timedelta

import pytest

from chengxin.reports.certificates import Keys
from chengxin.reports.keyring import open_keys
from chengxin.reports.services.issuing import signed_file
from chengxin.reports.tests.samples import AT, a_content, page_of


class Kept(Keys):
    """Keys that remember their folder, so that a test may have a copy."""

    folder = None


def keys_in(folder, at=AT):
    made = open_keys(folder, name="诚信示例市", operator="示例市公共信用信息中心", at=at)
    kept = Kept(**vars(made))
    object.__setattr__(kept, "folder", folder)
    return kept


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    return keys_in(tmp_path_factory.mktemp("installation") / "keys")


@pytest.fixture(scope="session")
def other_keys(tmp_path_factory):
    return keys_in(tmp_path_factory.mktemp("elsewhere") / "keys", AT - timedelta(days=30))


@pytest.fixture(scope="session")
def unsigned():
    return page_of(a_content())


@pytest.fixture(scope="session")
def signed(keys):
    return signed_file(a_content(), keys=keys)
