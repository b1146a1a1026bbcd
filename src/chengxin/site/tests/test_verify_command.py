"""`chengxin verify`: a machine without a database says whether a report may be relied on."""

import json

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding

from chengxin.reports.errors import NoAuthority
from chengxin.reports.keyring import open_keys
from chengxin.reports.services.issuing import signed_file
from chengxin.reports.tests.samples import AT, CODE, a_content
from chengxin.site.commands.verify import verify


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """A folder as a bank has it: the report, a changed copy, and the issuer's certificate."""
    folder = tmp_path_factory.mktemp("bank")
    keys = open_keys(folder / "issuer", name="诚信示例市", operator="示例中心", at=AT)
    report = signed_file(a_content(), keys=keys)
    (folder / "report.pdf").write_bytes(report)
    (folder / "changed.pdf").write_bytes(report.replace(b"%PDF-1.7", b"%PDF-1.6"))
    (folder / "ca.der").write_bytes(keys.authority.public_bytes(Encoding.DER))
    return folder


def ask(folder, name):
    arguments = [str(folder / name), "--ca", str(folder / "ca.der"), "--json"]
    return CliRunner().invoke(verify, arguments, standalone_mode=False)


def test_an_issued_report_is_valid(delivered):
    done = ask(delivered, "report.pdf")
    answer = json.loads(done.stdout)

    assert done.return_value == 0
    assert (answer["valid"], answer["verdict"], answer["code"]) == (True, "valid", CODE)
    assert answer["issued_at"] == AT.isoformat()


def test_a_changed_report_is_a_finding(delivered):
    done = ask(delivered, "changed.pdf")
    answer = json.loads(done.stdout)

    assert done.return_value == 1
    assert (answer["valid"], answer["verdict"], answer["code"]) == (False, "altered", "")


def test_without_a_certificate_nothing_is_said_about_the_report(delivered, monkeypatch):
    monkeypatch.setenv("CHENGXIN_HOME", str(delivered / "nothing-here"))
    monkeypatch.delenv("CHENGXIN_KEYS", raising=False)

    done = CliRunner().invoke(verify, [str(delivered / "report.pdf")], standalone_mode=False)

    assert isinstance(done.exception, NoAuthority)
