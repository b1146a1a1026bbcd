"""From a dropped file to a batch: what the clerk sees, answers and sends."""

import io
import json
import zipfile

import pytest

from chengxin.desk.tests.samples import AMONG_FIRMS, BAD_DAY, workbook
from chengxin.intake.models import Batch, Row
from chengxin.intake.queries import counts, originals
from chengxin.kernel.canonical import sha256_hex

SWAPPED = ("处罚类别", "处罚机关")


def text_of(answer):
    return answer.content.decode()


def word_document():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", b"<w/>")
    return stored.getvalue()


def test_a_file_is_shown_as_understood_before_anything_is_sent(clerk, show):
    shown = clerk.get(show(workbook({}, BAD_DAY)))
    page = text_of(shown)
    assert shown.context["seen"].item == "penalty"
    assert shown.context["view"].clean_rows == 1
    assert "不是一个确定的日期" in page
    assert "20,000.00 元" in page
    assert Batch.objects.count() == 0


def test_the_bytes_are_kept_while_the_clerk_reads(show):
    data = workbook()
    show(data)
    assert originals().get(sha256_hex(data)) == data


def test_personal_values_are_masked_in_the_preview(clerk, show):
    page = text_of(clerk.get(show(workbook(*AMONG_FIRMS))))
    assert "11010519491231002X" not in page
    assert "测试自然人" not in page
    assert "1101************2X" in page


def test_a_file_with_a_question_offers_no_submission(clerk, show):
    page = text_of(clerk.get(show(workbook({}, {}, {}, swapped=SWAPPED))))
    assert "很可能填反了" in page
    assert 'value="submit"' not in page


def test_an_accepted_proposal_settles_the_question(show, press):
    address = show(workbook({}, {}, {}, swapped=SWAPPED))
    accepted = json.dumps({"处罚类别": "authority", "处罚机关": "penalty_kind"})
    shown = press(address, "check", **{"answer-0": accepted})
    assert shown.context["view"].answerable == ()
    press(shown.request["PATH_INFO"], "submit")
    batch = Batch.objects.get()
    columns = {column["header"]: column["field"] for column in batch.layout["columns"]}
    assert columns["处罚类别"] == "authority"
    assert counts(batch) == {"clean": 1, "faulty": 2}  # the same act, three times
    assert {row.values["penalty_kind"] for row in Row.objects.all()} == {"fine"}


def test_a_denied_proposal_leaves_the_columns_as_their_names_say(show, press):
    address = show(workbook({}, {}, {}, swapped=SWAPPED))
    shown = press(address, "check", **{"answer-0": "{}"})
    assert shown.context["view"].answerable == ()
    assert shown.context["view"].faulty_rows == 3


def test_an_unanswered_question_is_asked_again(show, press):
    address = show(workbook({}, {}, {}, swapped=SWAPPED))
    shown = press(address, "check")
    assert "还有疑问没有回答" in text_of(shown)
    assert len(shown.context["view"].answerable) == 1


def test_a_changed_mapping_is_checked_before_it_can_be_sent(clerk, show, press):
    address = show(workbook())
    fields = [column.field for column in clerk.get(address).context["view"].columns]
    fields[-1] = ""
    shown = press(address, "submit", field=fields)
    assert "请看过新的校验结果再提交" in text_of(shown)
    assert shown.context["view"].columns[-1].field == ""
    assert Batch.objects.count() == 0


def test_every_field_a_column_is_read_as_is_offered_on_the_page(clerk, show):
    shown = clerk.get(show(workbook(renamed={"送达日期": "公示截止期"}))).context
    offered = {field.name for field in shown["fields"]}
    read_as = {column.field for column in shown["view"].columns if column.field}
    assert "publication_until" in read_as
    # A control that cannot say what was understood would change it on the first submission.
    assert read_as <= offered


def test_one_field_for_two_columns_is_refused_and_the_file_stays(clerk, show, press):
    address = show(workbook())
    fields = [column.field for column in clerk.get(address).context["view"].columns]
    shown = press(address, "check", field=[fields[1], *fields[1:]])
    assert shown.status_code == 400
    assert "对应了多列" in text_of(shown)
    assert shown.context["seen"].rows == 1


def test_submitting_leads_to_the_batch_with_its_receipt(show, press):
    page = text_of(press(show(workbook()), "submit"))
    assert Batch.objects.get().number in page
    assert "待另一位审核人审核入库" in page


def test_the_same_file_sent_twice_says_so_and_stays_one_batch(show, press):
    data = workbook()
    press(show(data), "submit")
    again = press(show(data), "submit")
    assert again.status_code == 409
    assert "本次未重复入库" in text_of(again)
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 nothing", "PDF 文档"),
        (b"", "是空的"),
        (word_document(), "Word 文档"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence_and_keeps_the_choice(clerk, show, data, said):
    answer = clerk.get(show(data, item="permit", name="文件.xlsx"))
    assert answer.status_code in {400, 415}
    assert said in text_of(answer)
    assert answer.context["form"]["item"].value() == "permit"


def test_no_file_at_all_is_said_beside_the_field(clerk):
    answer = clerk.post("/desk/upload/", {"item": "penalty"})
    assert answer.status_code == 422
    assert "请选择要报送的文件" in text_of(answer)
    assert answer.context["form"]["item"].value() == "penalty"


def test_a_preview_belongs_to_who_uploaded_it(desk, show):
    colleague = desk("data_officer", login="colleague")
    address = show(workbook())
    assert colleague.get(address).status_code == 404
    assert colleague.get("/desk/upload/tampered/").status_code == 404


def test_a_preview_can_be_read_in_english(clerk, show):
    address = show(workbook({}, BAD_DAY))
    clerk.get("/language/en")
    page = text_of(clerk.get(address))
    assert "Faults, cell by cell" in page
    assert "Penalty" in page or "penalty" in page
