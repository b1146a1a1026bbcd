"""A report verifies only as it was issued, to the last byte, and only under its authority."""

import io
import random
from asyncio import run as finish
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore

from chengxin.kernel.canonical import canonical_json
from chengxin.reports.contents import as_bytes
from chengxin.reports.rules.envelope import take_out
from chengxin.reports.rules.verification import examine
from chengxin.reports.services.issuing import signed_file
from chengxin.reports.tests.samples import AT, CODE, a_content
from chengxin.reports.values import Verdict

SEED = 20261123


def verdict(data, keys):
    return examine(data, authority=keys.authority).verdict


def test_an_issued_report_is_valid_and_says_what_it_is(signed, keys):
    found = examine(signed, authority=keys.authority)

    assert found.valid
    assert (found.code, found.uscc) == (CODE, "91320700MA1X0T0X8T")
    assert (found.number, found.issued_at) == ("20261123143005K7Q2MX", AT)
    assert "核验通过" in found.text("zh-hans")


def test_the_twin_inside_is_the_content_that_was_printed(signed, keys):
    found = examine(signed, authority=keys.authority)
    assert canonical_json(found.content) == as_bytes(a_content())


def test_a_changed_byte_anywhere_is_never_valid(signed, keys):
    dice = random.Random(SEED)
    for place in dice.sample(range(len(signed)), 150):
        changed = bytearray(signed)
        changed[place] ^= 1 << dice.randrange(8)
        assert verdict(bytes(changed), keys) is not Verdict.VALID, place


def test_a_changed_byte_in_the_place_of_the_signature_is_never_valid(signed, keys):
    written = take_out(signed).written
    start = signed.index(written)
    dice = random.Random(SEED)
    used = len(written.rstrip(b"0>"))
    for place in [*range(0, used, 19), *dice.sample(range(used, len(written)), 30)]:
        for bit in (0x01, 0x20):
            changed = bytearray(signed)
            changed[start + place] ^= bit
            assert verdict(bytes(changed), keys) is not Verdict.VALID, (place, bit)


def test_an_appended_revision_is_refused(signed, keys):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = writer.root.raw_get("/Lang")
    writer.update_root()
    appended = io.BytesIO()
    writer.write(appended)

    assert len(appended.getvalue()) > len(signed)
    assert verdict(appended.getvalue(), keys) is Verdict.ALTERED


@pytest.mark.parametrize("tail", [b"\n", b"%", b"%%EOF\n", bytes(1000)])
def test_bytes_after_the_end_are_refused(signed, keys, tail):
    assert verdict(signed + tail, keys) is Verdict.ALTERED


def test_a_cut_file_is_refused(signed, keys):
    for length in (len(signed) - 1, len(signed) // 2, 1000):
        assert verdict(signed[:length], keys) is not Verdict.VALID


def test_a_report_of_another_installation_is_foreign(other_keys, keys):
    theirs = signed_file(a_content(), keys=other_keys)
    assert verdict(theirs, keys) is Verdict.FOREIGN
    assert verdict(theirs, other_keys) is Verdict.VALID


def test_a_signature_moved_to_another_report_is_refused(signed, keys):
    other = signed_file(a_content(name="另一家示例公司"), keys=keys)
    grafted = other.replace(take_out(other).written, take_out(signed).written)
    assert verdict(grafted, keys) is Verdict.ALTERED


def test_without_a_signature_nothing_is_proved(unsigned, keys):
    assert verdict(unsigned, keys) is Verdict.NOT_SIGNED


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "公共信用信息报告".encode(), b"GIF89a"])
def test_what_is_no_pdf_is_unreadable(keys, data):
    found = examine(data, authority=keys.authority)
    assert found.verdict is Verdict.UNREADABLE
    assert found.content is None


@pytest.mark.parametrize(
    "forged",
    [
        b"%PDF-1.7 /ByteRange [0 9999999999 9999999999 9]",
        b"%PDF-1.7 /ByteRange [0 9 12 1]" + b"<00>" * 99,
        b"%PDF-1.7 /ByteRange [0 9 109 1]<" + b"30" * 99 + b">",
    ],
)
def test_a_malformed_signature_is_refused(keys, forged):
    assert verdict(forged, keys) is Verdict.ALTERED


def test_another_validator_agrees_by_what_the_file_itself_carries(signed, keys):
    root = x509.Certificate.load(keys.authority.public_bytes(Encoding.DER))
    reader = PdfFileReader(io.BytesIO(signed))
    (signature,) = reader.embedded_signatures
    # Every certificate must be shown not to be revoked, from the file alone, a year later.
    settings = {"trust_roots": [root], "revocation_mode": "require", "allow_fetching": False}
    kept = DocumentSecurityStore.read_dss(reader)
    context = kept.as_validation_context(settings | {"moment": AT + timedelta(days=365)})
    with ThreadPoolExecutor(1) as aside:  # this thread's loop may be the browser's
        status = aside.submit(finish, async_validate_pdf_signature(signature, context)).result()

    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.timestamp_validity.valid
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == AT
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
