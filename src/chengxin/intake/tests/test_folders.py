"""A watched folder: what is whole is taken once, what is not waits, what is wrong is told."""

import hashlib
import json
import os

import pytest

from chengxin.intake.channels.models import Delivery
from chengxin.intake.channels.refusals import FolderUnusable
from chengxin.intake.models import Batch
from chengxin.intake.refusals import OwnBatch
from chengxin.intake.rules.readers import SIZE_LIMIT
from chengxin.intake.services import release, return_batch
from chengxin.intake.services.channels.running import run_channel
from chengxin.intake.tests.channel_cases import (
    BOOK,
    DECLARER,
    ON,
    folder_given,
    penalties,
    running,
)
from chengxin.kernel.actor import Actor


@pytest.fixture
def drops(tmp_path, settings):
    settings.CHENGXIN_DROPS = tmp_path / "drops"
    return tmp_path / "drops"


@pytest.fixture
def folder(db, drops):
    running(folder_given())
    return drops / "penalties"


def run(code="penalties"):
    return run_channel(code=code, by=DECLARER, on=ON, book=BOOK, settle_seconds=0)


def lying(folder, kind):
    return sorted(file.name for file in (folder / kind).iterdir())


def test_a_file_is_taken_at_the_second_look_and_a_receipt_with_its_hash_is_given(folder):
    content = penalties()
    (folder / "处罚.csv").write_bytes(content)

    run()
    assert not Batch.objects.exists()
    run()

    batch = Batch.objects.get()
    assert (batch.submitted_by, batch.unit, batch.rows_read) == ("channel:penalties", "lyg-scjg", 3)
    (receipt,) = (folder / "receipts").iterdir()
    told = json.loads(receipt.read_text())
    assert told["file_sha256"] == hashlib.sha256(content).hexdigest()
    assert (told["state"], told["batch"]) == ("submitted", batch.number)
    (taken,) = (folder / "taken").iterdir()
    assert taken.read_bytes() == content
    assert not (folder / "处罚.csv").exists()


def test_who_answers_for_a_channel_does_not_decide_about_what_it_brings(folder):
    (folder / "处罚.csv").write_bytes(penalties())
    run()
    run()
    batch = Batch.objects.get()
    powers = {"intake.release": "all", "intake.return_batch": "all"}
    answering = Actor("answers", "责任人", "lyg-scjg", powers)

    with pytest.raises(OwnBatch):
        release(number=batch.number, by=answering, on=ON, book=BOOK)
    with pytest.raises(OwnBatch):
        return_batch(number=batch.number, reason="有误", by=answering, on=ON)

    another = Actor("another", "审核人", "lyg-scjg", powers)
    assert release(number=batch.number, by=another, on=ON, book=BOOK).state == "released"


def test_a_file_that_still_grows_is_left_alone(folder):
    for part in range(3):
        with (folder / "slow.csv").open("ab") as file:
            file.write(b"x" * (part + 1))
        run()

    assert not Delivery.objects.exists()
    assert (folder / "slow.csv").exists()


def test_a_sidecar_makes_it_whole_at_once_and_is_cleared_away(folder):
    (folder / "a.csv").write_bytes(penalties())
    (folder / "a.csv.done").touch()
    run()

    assert Delivery.objects.get().state == "submitted"
    assert not (folder / "a.csv.done").exists()


def test_a_wrong_digest_is_refused_with_the_reason_beside_it(folder):
    (folder / "cut.csv").write_bytes(penalties())
    (folder / "cut.csv.sha256").write_text(f"{'0' * 64}  cut.csv\n")
    run()

    assert Delivery.objects.get().problem["code"] == "INTAKE-DIGEST-DIFFERS"
    data, reason = lying(folder, "refused")
    assert data.endswith("cut.csv")
    assert "重新投放" in (text := (folder / "refused" / reason).read_text())
    assert "Put it here again" in text


def test_what_is_no_table_is_refused_and_the_next_file_still_goes_in(folder):
    (folder / "letter.csv").write_bytes(b"%PDF-1.7\n...")
    (folder / "z.csv").write_bytes(penalties())
    run()
    run()

    assert {one.filename: one.state for one in Delivery.objects.all()} == {
        "letter.csv": "refused",
        "z.csv": "submitted",
    }


def test_a_link_is_refused_and_never_followed(folder, tmp_path):
    (tmp_path / "secret.csv").write_bytes(penalties())
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    os.link(tmp_path / "secret.csv", folder / "second-name.csv")
    run()

    assert {one.problem["code"] for one in Delivery.objects.all()} == {"INTAKE-NOT-A-PLAIN-FILE"}
    assert Delivery.objects.count() == 2
    assert not Batch.objects.exists()
    assert (tmp_path / "secret.csv").exists()


def test_the_folder_itself_must_be_no_link(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(FolderUnusable):
        run()


def test_the_same_content_again_is_one_batch(folder):
    for name in ("one.csv", "two.csv"):
        (folder / name).write_bytes(penalties())
    run()
    run()

    assert Batch.objects.count() == 1
    states = sorted(Delivery.objects.values_list("state", flat=True))
    assert states == ["known", "submitted"]
    assert len(lying(folder, "taken")) == len(lying(folder, "receipts")) == 2


def test_unfinished_names_and_locked_files_wait(folder):
    import fcntl

    (folder / "a.csv.part").write_bytes(penalties())
    (folder / "~$b.xlsx").write_bytes(b"lock")
    (folder / "c.csv").write_bytes(penalties())
    with (folder / "c.csv").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run()
        run()
        assert not Delivery.objects.exists()
    run()
    run()
    assert Delivery.objects.get().filename == "c.csv"


def test_a_file_too_large_is_refused_without_being_read(folder):
    with (folder / "huge.csv").open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    run()
    run()

    assert Delivery.objects.get().problem["code"] == "INTAKE-FILE-TOO-LARGE"


def test_a_question_waits_for_a_clerk(folder):
    swapped = penalties().decode().replace("处罚类别,处罚内容", "处罚内容,处罚类别").encode()
    (folder / "q.csv").write_bytes(swapped)
    (folder / "q2.csv").write_bytes(swapped)
    run()
    run()

    states = sorted(Delivery.objects.values_list("state", flat=True))
    assert states == ["known", "question"]
    assert not Batch.objects.exists()
    assert Delivery.objects.get(state="question").problem["message_zh"]
