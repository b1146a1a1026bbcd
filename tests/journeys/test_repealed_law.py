"""A law is repealed: the item stops by itself, its facts leave publication, history stays."""

import shutil
from datetime import timedelta

import pytest
from django.test import Client
from tests.journeys.item_rows import ORGANISATION, clean, row_of

from chengxin.catalogue.errors import ItemEnded
from chengxin.catalogue.queries import items
from chengxin.intake.services import preview, release, submit
from chengxin.intake.services.uploading import begin_upload
from chengxin.kernel.clock import today
from chengxin.policy.queries import in_use as policy
from chengxin.publication.queries import fact, public_facts
from chengxin.register.models import Record
from chengxin.register.queries import history
from chengxin.subjects import queries as subjects

LAW = "national/laws/shipin-anquan.yaml"
ITEM = "food_sampling"


@pytest.fixture
def law_files(tmp_path, monkeypatch):
    """A copy of the rulebook that is in use; changes are looked for at every question."""
    root = tmp_path / "rulebook"
    shutil.copytree(policy.rulebook_folder(), root)
    monkeypatch.setenv("CHENGXIN_RULEBOOK", str(root))
    monkeypatch.setattr(policy, "LOOKED_AT_EVERY", 0)
    policy.reload_rulebook()
    return root


def change(file, old, new):
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.mark.django_db
def test_facts_under_a_repealed_law_leave_at_once(law_files, clerk, reviewer):
    day, before = today(), policy.current_rulebook()
    item = items(before)[ITEM]
    data = clean(item, row_of(item, before))
    batch = submit(
        data=data, filename="表.xlsx", item=ITEM, unit="lyg-scjg", by=clerk, on=day, book=before
    )
    release(number=batch.number, by=reviewer, on=day, book=before)
    (record,) = Record.objects.filter(item=ITEM)
    subject = subjects.by_code(ORGANISATION["uscc"])
    page = f"/credit/{subject.public_id}"
    assert [one.item for one in public_facts(subject.id, on=day, book=before)] == [ITEM]
    assert "测试内容" in Client().get(page).content.decode()

    change(law_files / LAW, "status:", f"until: {day.isoformat()}\nstatus:")
    after = policy.current_rulebook()

    assert after.edition != before.edition
    with pytest.raises(ItemEnded) as refusal:
        preview(data, "表.xlsx", book=after, on=day, item_code=ITEM)
    assert "没有事项“食品安全监督抽检”" in refusal.value.text("zh")
    with pytest.raises(ItemEnded):
        submit(
            data=data + b" ", filename="新.xlsx", item=ITEM, unit="lyg-scjg", by=clerk, on=day,
            book=after,
        )  # fmt: skip
    with pytest.raises(ItemEnded):
        begin_upload(
            filename="新.xlsx", item=ITEM, unit="lyg-scjg", size_bytes=1, sha256="0" * 64, by=clerk,
            on=day, book=after,
        )  # fmt: skip
    assert preview(data, "表.xlsx", book=after, on=day).item != ITEM
    assert public_facts(subject.id, on=day, book=after) == []
    assert "测试内容" not in Client().get(page).content.decode()
    kept = fact(record.id, on=day, book=after)
    assert kept.showing.reason_on(day) == "repealed"
    assert [event.kind for event in history(record.id)] == ["recorded"]
    was = fact(record.id, on=day - timedelta(days=1), book=after)
    assert was is None or was.showing.until == day


def test_a_faulty_change_is_not_taken_up(law_files):
    before = policy.current_rulebook()

    change(law_files / LAW, "status: confirmed", "status: perhaps")
    still = policy.current_rulebook()
    change(law_files / LAW, "status: perhaps", "status: confirmed")
    change(law_files / "national/catalogue/food_sampling.yaml", "label: 食品名称", "label: 血型")
    and_still = policy.current_rulebook()

    assert still is before
    assert and_still is before


@pytest.fixture(autouse=True)
def _the_real_rulebook_afterwards():
    yield
    policy._held.clear()
