"""The keys of an installation: made once, readable by their owner only, renewed in time."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chengxin.reports.certificates import SIGNER_DAYS
from chengxin.reports.errors import NoAuthority
from chengxin.reports.rules.authorities import AUTHORITY_FILE, fingerprint, read_certificate
from chengxin.reports.rules.verification import examine
from chengxin.reports.signing import sign
from chengxin.reports.tests.conftest import keys_in
from chengxin.reports.tests.samples import AT

AUTHORITY_KEY = "reports-authority.key.pem"


def test_private_keys_are_for_their_owner_only(tmp_path):
    folder = tmp_path / "keys"
    keys_in(folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.key.pem")}
    assert modes == {AUTHORITY_KEY: 0o600, "reports-signer.key.pem": 0o600}


def test_the_keys_are_made_once_even_by_many_at_a_time(tmp_path):
    with ThreadPoolExecutor(4) as crowd:
        made = list(crowd.map(lambda _: keys_in(tmp_path / "keys"), range(4)))

    assert len({fingerprint(keys.authority) for keys in made}) == 1
    assert len({fingerprint(keys.signer.certificate) for keys in made}) == 1


def test_a_signer_about_to_expire_is_replaced_and_old_reports_stay_valid(tmp_path, unsigned):
    before = keys_in(tmp_path / "keys")
    old = sign(unsigned, keys=before, at=AT, reason="", name="")
    later = AT + timedelta(days=SIGNER_DAYS - 10)

    after = keys_in(tmp_path / "keys", later)

    assert fingerprint(after.signer.certificate) != fingerprint(before.signer.certificate)
    assert fingerprint(after.authority) == fingerprint(before.authority)
    new = sign(unsigned, keys=after, at=later, reason="", name="")
    assert all(examine(report, authority=before.authority).valid for report in (old, new))


def test_the_authority_s_key_may_be_kept_elsewhere_between_renewals(tmp_path):
    folder = tmp_path / "keys"
    keys_in(folder)
    (folder / AUTHORITY_KEY).unlink()

    assert keys_in(folder).signer is not None
    with pytest.raises(NoAuthority):
        keys_in(folder, AT + timedelta(days=SIGNER_DAYS))


def test_a_key_that_belongs_to_another_certificate_is_refused(tmp_path):
    folder = tmp_path / "keys"
    keys_in(folder)
    (folder / "reports-signer.key.pem").write_bytes((folder / AUTHORITY_KEY).read_bytes())

    with pytest.raises(NoAuthority):
        keys_in(folder)


def test_the_authority_s_certificate_is_a_file_to_hand_out(tmp_path):
    keys = keys_in(tmp_path / "keys")
    assert read_certificate(tmp_path / "keys" / AUTHORITY_FILE) == keys.authority


@pytest.mark.parametrize("content", [b"", b"-----BEGIN CERTIFICATE-----", b"no certificate"])
def test_what_is_no_certificate_is_said_so(tmp_path, content):
    (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(NoAuthority) as refusal:
        read_certificate(tmp_path / "ca.pem")
    assert "--ca" in refusal.value.text("zh")
