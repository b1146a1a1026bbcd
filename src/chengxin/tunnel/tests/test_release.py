"""No edition comes into force without its report: many tries, each refused in its own words."""

import base64
import json
import shutil
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import DatabaseError, transaction

from chengxin.audit import queries as log
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import CreditError, NotPermitted
from chengxin.kernel.uuids import time_ordered
from chengxin.policy.queries import kept, rulebook_folder
from chengxin.reports.rules.statements import covered
from chengxin.reports.services.stating import sign_statement
from chengxin.tunnel.errors import (
    BudgetExceeded,
    NothingExceeded,
    OfficialNeeded,
    OtherOrigin,
    PlaceTaken,
    ReasonNeeded,
    ReportUsed,
    SameEdition,
    ThirdPersonNeeded,
)
from chengxin.tunnel.models import Release, Simulation
from chengxin.tunnel.queries.released import edition_in_force, history, instead_of
from chengxin.tunnel.services import adopt_first, overrule, release, releasing, simulate
from chengxin.tunnel.tests.conftest import EDITOR, OVERSEER, RELEASER, officer
from chengxin.tunnel.values import ADOPT, MANIFEST, OVERRULE, PAGE, RELEASE, REPORT, SIGNATURE

EDITOR_WHO_RELEASES = officer(EDITOR.login, RELEASE)
SYSTEM = Actor("system", "系统", "", {RELEASE: Scope.ALL})


class Attempts:
    """A valid report, and every way to bring another one."""

    def __init__(self, report, target, root, book, monkeypatch):
        self.report, self.target, self.root, self.book = report, target, root, book
        self.monkeypatch, self.count = monkeypatch, 0

    def copy(self):
        self.count += 1
        return shutil.copytree(self.report, self.root / f"copy-{self.count}")

    def without(self, name):
        copy = self.copy()
        (copy / name).unlink()
        return {"report": copy}

    def flipped(self, name, at=99):
        copy = self.copy()
        data = bytearray((copy / name).read_bytes())
        data[at] ^= 1
        (copy / name).write_bytes(data)
        return {"report": copy}

    def rewritten(self, **changes):
        """The manifest with something else in it, under the signature it had."""
        copy = self.copy()
        held = json.loads((copy / MANIFEST).read_bytes())
        (copy / MANIFEST).write_bytes(canonical_json(held | changes))
        return {"report": copy}

    def resigned(self, *, noted=False, **changes):
        """The same, signed anew with our own key by somebody who got hold of it."""
        copy = self.rewritten(**changes)["report"]
        manifest = (copy / MANIFEST).read_bytes()
        signed = sign_statement(manifest, book=self.book)
        self.sign(copy, signed.signature, signed.certificate)
        if noted:
            held = json.loads(manifest)
            Simulation.objects.create(
                id=held["id"], before=held["before"], after=held["after"], on=today(),
                manifest_sha256=sha256_hex(manifest), exceeded=[], made_on=held["made_on"],
                made_at=now(), made_by=held["simulated_by"],
            )  # fmt: skip
        return {"report": copy}

    def sign(self, copy, signature, certificate):
        held = {"signature": base64.b64encode(signature).decode(), "authority": ""}
        held["certificate"] = certificate.decode()
        (copy / SIGNATURE).write_bytes(canonical_json(held))

    def foreign(self, *, our_certificate):
        """Signed by another installation; perhaps under our own certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "别处 报告签名根证书")])
        made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        made = made.not_valid_before(now()).not_valid_after(now() + timedelta(days=9))
        certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        copy = self.copy()
        if our_certificate:
            certificate = json.loads((copy / SIGNATURE).read_bytes())["certificate"].encode()
        data = covered((copy / MANIFEST).read_bytes())
        self.sign(copy, key.sign(data, ec.ECDSA(hashes.SHA256())), certificate)
        return {"report": copy}

    def nonsense(self):
        copy = self.copy()
        (copy / SIGNATURE).write_text('{"signature": 7}', encoding="utf-8")
        return {"report": copy}

    def changed_since(self):
        target = shutil.copytree(self.target, self.root / "changed-since")
        (target / "README.md").write_text("又改了一处", encoding="utf-8")
        return {"target": target}

    def other_code(self):
        self.monkeypatch.setattr(releasing, "program", lambda: "0.1.0+0000000000000000")
        return {}


NEW = "01a20000-0000-7000-8000-000000000001"
TRIES = {
    "no folder": (lambda a: {"report": a.root / "nowhere"}, "TUNNEL-NO-REPORT"),
    "an empty folder": (lambda a: {"report": a.root / "empty"}, "TUNNEL-NO-REPORT"),
    "the page alone": (lambda a: a.without(MANIFEST), "TUNNEL-NO-REPORT"),
    "no machine's copy": (lambda a: a.without(REPORT), "TUNNEL-NO-REPORT"),
    "no page": (lambda a: a.without(PAGE), "TUNNEL-NO-REPORT"),
    "no signature": (lambda a: a.without(SIGNATURE), "TUNNEL-NOT-SIGNED"),
    "a bit of the numbers": (lambda a: a.flipped(REPORT), "TUNNEL-REPORT-ALTERED"),
    "a bit of the page": (lambda a: a.flipped(PAGE, -20), "TUNNEL-REPORT-ALTERED"),
    "a bit of the manifest": (lambda a: a.flipped(MANIFEST), "TUNNEL-SIGNATURE-BROKEN"),
    "another verdict": (lambda a: a.rewritten(exceeded=["x"]), "TUNNEL-SIGNATURE-BROKEN"),
    "nonsense for a signature": (lambda a: a.nonsense(), "TUNNEL-SIGNATURE-BROKEN"),
    "another installation's": (lambda a: a.foreign(our_certificate=False), "TUNNEL-FOREIGN-REPORT"),
    "a forged one under our name": (
        lambda a: a.foreign(our_certificate=True), "TUNNEL-SIGNATURE-BROKEN",
    ),
    "our key, made by nobody": (lambda a: a.resigned(id=NEW), "TUNNEL-UNKNOWN-SIMULATION"),
    "our key, other officer": (
        lambda a: a.resigned(simulated_by="someone"), "TUNNEL-UNKNOWN-SIMULATION",
    ),
    "over another log": (
        lambda a: a.resigned(noted=True, id=NEW, log={"sequence": 1, "hash": "0" * 64}),
        "TUNNEL-LOG-DIFFERS",
    ),
    "from another edition": (
        lambda a: a.resigned(noted=True, id=NEW, before="f" * 64), "TUNNEL-OTHER-ORIGIN",
    ),
    "files changed since": (lambda a: a.changed_since(), "TUNNEL-OTHER-TARGET"),
    "for what is in force": (lambda _: {"target": rulebook_folder()}, "TUNNEL-ALREADY-IN-FORCE"),
    "weeks later": (lambda _: {"on": today() + timedelta(days=21)}, "TUNNEL-REPORT-STALE"),
    "a day before": (lambda _: {"on": today() - timedelta(days=1)}, "TUNNEL-REPORT-FROM-FUTURE"),
    "by who simulated": (lambda _: {"by": EDITOR_WHO_RELEASES}, "TUNNEL-SAME-OFFICER"),
    "without the power": (lambda _: {"by": EDITOR}, "KERNEL-NOT-PERMITTED"),
    "by the system": (lambda _: {"by": SYSTEM}, "TUNNEL-OFFICIAL-NEEDED"),
    "by other code": (lambda a: a.other_code(), "TUNNEL-OTHER-CODE"),
}  # fmt: skip


def test_more_than_twenty_attempts_to_release_without_a_valid_report_are_refused(
    try_out, milder, in_force, add, tmp_path, monkeypatch
):
    add(severity="ordinary")
    (tmp_path / "empty").mkdir()
    assert try_out(milder).kept
    valid = {"target": milder, "report": tmp_path / "report", "by": RELEASER, "on": today()}
    tries = Attempts(valid["report"], milder, tmp_path, in_force, monkeypatch)
    said = set()
    for name, (prepare, code) in TRIES.items():
        with transaction.atomic(), monkeypatch.context() as patch:
            tries.monkeypatch = patch
            asked = valid | prepare(tries)
            with pytest.raises(CreditError) as refusal, transaction.atomic():
                release(**asked, book=in_force)
            transaction.set_rollback(True)
        assert refusal.value.code == code, name
        assert "{" not in refusal.value.text("zh") + refusal.value.text("en"), name
        said.add(refusal.value.text("en"))
    assert len(TRIES) >= 20
    assert len(said) >= 16
    assert edition_in_force() == in_force.edition

    assert release(**valid, book=in_force).number == 2


def test_a_report_releases_once_and_another_edition_between_makes_it_worthless(
    try_out, milder, changed, in_force, tmp_path
):
    other = changed("national/roles.yaml", "label_en: Operator", "label_en: Operators", "other")
    try_out(milder)
    try_out(other, "other-report")
    asked = {"by": RELEASER, "on": today(), "book": in_force}
    made = release(target=milder, report=tmp_path / "report", **asked)

    with pytest.raises(ReportUsed):
        release(target=milder, report=tmp_path / "report", **asked)
    with pytest.raises(OtherOrigin):
        release(target=other, report=tmp_path / "other-report", **asked)

    assert [one.edition for one in history()] == [in_force.edition, made.edition_id]
    assert kept.in_force(at=now()).edition == made.edition_id == edition_in_force()
    assert instead_of(made.edition_id) is None
    assert instead_of(in_force.edition).model("environment").factors[1].points == -2
    entry = list(log.about(f"edition:{made.edition_id}"))[-1]
    assert (entry.verb, entry.login) == (RELEASE, RELEASER.login)


def test_beyond_the_budget_a_third_officer_answers_by_name(
    try_out, harsher, in_force, add, tmp_path
):
    add(severity="ordinary")
    made = try_out(harsher)
    report = tmp_path / "report"
    asked = {"target": harsher, "report": report, "on": today(), "book": in_force}
    assert made.exceeded == ("worsened",)
    with pytest.raises(BudgetExceeded) as refusal:
        release(**asked, by=RELEASER)
    assert "任一评价变差的组织" in refusal.value.text("zh")

    said = {"report": report, "reason": "法律修改", "book": in_force}
    with pytest.raises(NotPermitted):
        overrule(**said, by=RELEASER)
    with pytest.raises(ThirdPersonNeeded):
        overrule(**said, by=officer(EDITOR.login, OVERRULE))
    with pytest.raises(OfficialNeeded):
        overrule(**said, by=officer("system", OVERRULE))
    with pytest.raises(ReasonNeeded):
        overrule(**said | {"reason": "  "}, by=OVERSEER)
    overrule(**said, by=OVERSEER)
    with pytest.raises(ThirdPersonNeeded):
        release(**asked, by=officer(OVERSEER.login, RELEASE))

    assert release(**asked, by=RELEASER).number == 2
    assert history()[-1].overruled


def test_who_may_not_and_what_cannot_be_simulated(try_out, milder, in_force, tmp_path):
    asked = {"before": in_force, "on": today(), "book": in_force}
    with pytest.raises(NotPermitted):
        simulate(target=milder, out=tmp_path / "r", by=RELEASER, **asked)
    with pytest.raises(PlaceTaken):
        simulate(target=milder, out=milder, by=EDITOR, **asked)
    with pytest.raises(SameEdition):
        simulate(target=rulebook_folder(), out=tmp_path / "r", by=EDITOR, **asked)
    with pytest.raises(NotPermitted):
        adopt_first(root=milder, by=RELEASER, on=today())
    assert adopt_first(root=milder, by=Actor.system(ADOPT), on=today()) is None
    assert not Simulation.objects.exists()
    try_out(milder)
    with pytest.raises(NothingExceeded):
        overrule(report=tmp_path / "report", reason="无", by=OVERSEER, book=in_force)


def test_the_database_refuses_what_goes_round_the_verbs(try_out, milder, in_force):
    made = try_out(milder)
    kept_edition = Release.objects.get().edition_id
    usual = {
        "number": 2, "edition_id": kept_edition, "before": in_force.edition, "at": now(),
        "on": today(), "released_by": "releaser", "simulation_id": made.id,
    }  # fmt: skip
    for change in ({}, {"simulation_id": None}, {"number": 1}, {"released_by": EDITOR.login}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.create(**usual | change)
    for act in (lambda rows: rows.update(released_by="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(Release.objects.all())
    with pytest.raises(DatabaseError), transaction.atomic():
        Simulation.objects.create(
            id=time_ordered(now()), before="a", after="b", manifest_sha256="c" * 64, on=today(),
            made_on=today(), made_at=now(), made_by="system",
        )  # fmt: skip
