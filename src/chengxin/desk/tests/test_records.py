"""A record at the desk of its unit: passport, history, correction, revocation."""

import pytest

from chengxin.desk.tests.samples import AMONG_FIRMS, CODE, NAME
from chengxin.register.models import Record, RecordEvent

PAGE = "/desk/records/{}/"


@pytest.fixture
def record(take_in):
    take_in()
    return Record.objects.get()


@pytest.fixture
def correct(reviewer, record):
    """Send the correction form as it stands, with changes."""

    def run(by=reviewer, **changes):
        address = PAGE.format(record.id) + "correct/"
        form = reviewer.get(address).context["form"]
        whole = {name: form[name].value() or "" for name in form.fields} | {"basis": "0"}
        return by.post(address, whole | changes, follow=True)

    return run


def test_a_record_is_found_by_number_and_by_code(reviewer, record):
    for asked in (record.document_number, CODE):
        page = reviewer.get("/desk/records/", {"q": asked}).content.decode()
        assert str(record.id) in page
        assert NAME in page
    assert "没有找到" in reviewer.get("/desk/records/", {"q": "没有这个号"}).content.decode()


def test_the_record_page_carries_passport_and_history(reviewer, record):
    page = reviewer.get(PAGE.format(record.id)).content.decode()
    assert record.file_sha256 in page
    assert "公示中" in page
    assert "第四十八条" in page
    assert "入库" in page


def test_one_field_is_corrected_with_a_reason(correct, record):
    answer = correct(fine_yuan="2000", reason="多录一个零")
    page = answer.content.decode()
    assert "已更正" in page
    assert "多录一个零" in page
    event = RecordEvent.objects.latest("id")
    assert event.facts["fine_yuan"] == "2000.00"
    assert event.facts["penalty_kind"] == "fine"


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"valid_until": "2026-02-30", "reason": "改日期"}, 422, "未通过校验"),
        ({"fine_yuan": "2000"}, 400, "请填写理由"),
        ({"reason": "没有改动"}, 409, "没有需要更正之处"),
    ],
)
def test_a_correction_that_cannot_stand_is_not_saved(correct, changes, status, said):
    answer = correct(**changes)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert RecordEvent.objects.count() == 1


def test_a_revoked_record_is_marked_and_offers_nothing_more(reviewer, record):
    form = {"basis": "0", "reason": "行政复议撤销"}
    page = reviewer.post(PAGE.format(record.id) + "revoke/", form, follow=True).content.decode()
    assert "已撤销，现在不公示" in page
    assert "行政复议撤销" in page
    assert "revoke/" not in page


def test_a_ground_is_offered_once(reviewer, record):
    form = reviewer.get(PAGE.format(record.id) + "revoke/").context["form"]
    offered = [words for _, words in form.fields["basis"].choices]
    assert "《中华人民共和国行政处罚法》第四十八条" in offered
    assert len(offered) == len(set(offered))


def test_a_data_officer_reads_but_neither_corrects_nor_revokes(clerk, record):
    page = clerk.get(PAGE.format(record.id)).content.decode()
    assert "correct/" not in page
    assert "revoke/" not in page
    for verb in ("correct/", "revoke/"):
        assert clerk.post(PAGE.format(record.id) + verb, {}).status_code == 403


def test_another_unit_cannot_even_read_the_record(stranger, record):
    for verb in ("", "correct/", "revoke/"):
        assert stranger.get(PAGE.format(record.id) + verb).status_code == 403
    found = stranger.get("/desk/records/", {"q": record.document_number}).content.decode()
    assert str(record.id) not in found


def test_a_person_s_record_is_not_shown_at_the_desk(reviewer, take_in):
    take_in(*AMONG_FIRMS)
    record = Record.objects.get(subject_kind="natural_person")
    answer = reviewer.get(PAGE.format(record.id))
    assert answer.status_code == 404
    assert "自然人信息不在此显示" in answer.content.decode()
    found = reviewer.get("/desk/records/", {"q": record.document_number}).content.decode()
    assert str(record.id) not in found
