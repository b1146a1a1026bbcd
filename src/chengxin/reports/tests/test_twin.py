"""The twin inside a report: signed by itself, read by others, and the same as the pages."""

import json
import secrets
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
from joserfc import jws as peer
from joserfc.jwk import ECKey

from chengxin.reports.contents import as_bytes
from chengxin.reports.rendering import edition
from chengxin.reports.resetting import OTHER_EDITION, SAME, set_again
from chengxin.reports.rules import jws
from chengxin.reports.rules.attachments import embedded
from chengxin.reports.rules.verification import TWIN_KIND, examine, read_twin
from chengxin.reports.services.issuing import signed_file
from chengxin.reports.tests.samples import a_content, page_of
from chengxin.reports.values import Verdict


def test_another_library_accepts_the_twin_s_signature(signed, keys):
    _, written, token = read_twin(signed)
    key = ECKey.import_key(jws.public_jwk(keys.attester.curve.public_key()))
    registry = peer.JWSRegistry(algorithms=["ES256"])
    registry.max_header_length = 4096  # the certificate is in the header; theirs is 512
    registry.max_payload_length = 1_000_000
    held = peer.deserialize_compact(jws.attached(token, written), key, registry=registry)
    assert held.payload == written == as_bytes(a_content())


def test_a_token_for_other_data_or_by_another_is_refused(signed, keys, other_keys):
    _, written, token = read_twin(signed)
    for payload, authority in (
        (written + b" ", keys.authority),
        (written, other_keys.authority),
    ):
        with pytest.raises(jws.NotOurs):
            jws.verify(jws.attached(token, payload), kind=TWIN_KIND, authority=authority)


def test_every_character_of_a_token_counts(keys):
    token = jws.sign(
        b"{}", kind="k", key=keys.attester.curve, certificate=keys.attester.certificate
    )
    for place in range(0, len(token), 7):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(jws.NotOurs):
            jws.verify(changed, kind="k", authority=keys.authority)


def test_no_other_certificate_of_the_authority_may_sign_a_twin(keys):
    header = {"alg": "ES256", "typ": "k"}
    token = jws._signed(header, b"{}", keys.attester.curve)
    with pytest.raises(jws.NotOurs):
        jws.verify(token, kind="k", authority=keys.authority)


def test_a_report_without_its_timestamp_is_refused(signed, keys):
    from dataclasses import replace

    from chengxin.reports.rules import cms
    from chengxin.reports.rules.envelope import take_out

    envelope = take_out(signed)
    bare = cms.write(replace(envelope.signed, token=None)).hex().upper().encode()
    room = len(envelope.written) - 2
    stripped = signed.replace(envelope.written, b"<" + bare.ljust(room, b"0") + b">")
    assert examine(stripped, authority=keys.authority).verdict is Verdict.ALTERED


def test_the_pages_set_again_from_the_twin_are_the_same_bytes(keys):
    report = signed_file(a_content(typesetting=edition()), keys=keys)
    assert set_again(report) == SAME
    assert set_again(signed_file(a_content(typesetting="0" * 64), keys=keys)) == OTHER_EDITION


def test_an_attached_file_is_read_packed_or_not():
    whole = b"{} " * 400
    for token in ("e30..e30", secrets.token_urlsafe(900)):
        page = page_of(a_content(permits=0, penalties=0), token=token)
        assert token.encode() in list(embedded(page))
    plain = b"\n7 0 obj\n<</Length 1200/Type/EmbeddedFile>>\nstream\n" + whole + b"\nendstream"
    assert list(embedded(plain)) == [whole]


def test_every_twin_is_as_the_published_schema_says(signed):
    published = Path(__file__).parents[4] / "docs" / "reference" / "report-twin.schema.json"
    schema = json.loads(published.read_text(encoding="utf-8"))
    twin, _, _ = read_twin(signed)
    jsonschema.validate(twin, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(twin | {"score": 1}, schema)


def test_every_fact_of_the_twin_is_on_the_pages(signed, tmp_path):
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed: the text is not read back")
    (tmp_path / "r.pdf").write_bytes(signed)
    done = subprocess.run([tool, "-raw", tmp_path / "r.pdf", "-"], capture_output=True, check=True)
    printed = "".join(done.stdout.decode().split())
    twin, _, _ = read_twin(signed)
    wanted = [twin["number"], twin["code"], twin["party"]["name"], twin["party"]["uscc"]]
    for part in twin["parts"]:
        wanted += [part["title"], *(line["value"] for line in part["lines"])]
        for fact in part["facts"]:
            wanted += [line["value"] for line in fact["lines"]]
            wanted += [*fact["passport"]["basis"], fact["passport"]["document_sha256"][:16]]
    missing = [one for one in wanted if "".join(one.split()) not in printed]
    assert missing == []
    assert json.loads(as_bytes(a_content())) == twin
