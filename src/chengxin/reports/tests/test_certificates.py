"""The keys of an installation: made once, readable by their owner only, renewed in time."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from chengxin.reports.certificates import SIGNER_DAYS
from chengxin.reports.errors import NoAuthority
from chengxin.reports.rules.authorities import (
    AUTHORITY_FILE,
    Role,
    fingerprint,
    read_certificate,
)
from chengxin.reports.rules.verification import examine
from chengxin.reports.services.issuing import signed_file
from chengxin.reports.tests.conftest import keys_in
from chengxin.reports.tests.samples import AT, a_content

AUTHORITY_KEY = "reports-authority.key.pem"


@pytest.fixture
def folder(tmp_path, keys):
    """A copy of an installation's keys: making them takes seconds."""
    return Path(copytree(keys.folder, tmp_path / "keys"))


def test_private_keys_are_for_their_owner_only(keys):
    folder = keys.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.key.pem")}
    names = [AUTHORITY_KEY, *(f"{role.value}.key.pem" for role in Role)]
    assert modes == dict.fromkeys(names, 0o600)


def test_the_keys_are_made_once_even_by_many_at_a_time(tmp_path):
    with ThreadPoolExecutor(4) as crowd:
        made = list(crowd.map(lambda _: keys_in(tmp_path / "keys"), range(4)))

    assert len({fingerprint(keys.authority) for keys in made}) == 1
    assert len({fingerprint(keys.signer.certificate) for keys in made}) == 1


def test_a_signer_about_to_expire_is_replaced_and_old_reports_stay_valid(folder):
    before = keys_in(folder)
    old = signed_file(a_content(), keys=before)
    later = AT + timedelta(days=SIGNER_DAYS - 10)

    after = keys_in(folder, later)

    assert fingerprint(after.signer.certificate) != fingerprint(before.signer.certificate)
    assert fingerprint(after.authority) == fingerprint(before.authority)
    new = signed_file(a_content(generated_at=later), keys=after)
    assert all(examine(report, authority=before.authority).valid for report in (old, new))


def test_the_authority_s_key_may_be_kept_elsewhere_between_renewals(folder):
    (folder / AUTHORITY_KEY).unlink()

    assert keys_in(folder).signer is not None
    with pytest.raises(NoAuthority):
        keys_in(folder, AT + timedelta(days=SIGNER_DAYS))


def test_a_key_that_belongs_to_another_certificate_is_refused(folder):
    (folder / "reports-signer.key.pem").write_bytes((folder / AUTHORITY_KEY).read_bytes())

    with pytest.raises(NoAuthority):
        keys_in(folder)


def test_the_authority_s_certificate_is_a_file_to_hand_out(folder, keys):
    assert read_certificate(folder / AUTHORITY_FILE) == keys.authority


@pytest.mark.parametrize("content", [b"", b"-----BEGIN CERTIFICATE-----", b"no certificate"])
def test_what_is_no_certificate_is_said_so(tmp_path, content):
    (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(NoAuthority) as refusal:
        read_certificate(tmp_path / "ca.pem")
    assert "--ca" in refusal.value.text("zh")
