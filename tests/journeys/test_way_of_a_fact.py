"""From a department's spreadsheet to the public page: the main job, and who may not do it."""

from datetime import date, timedelta

import pytest

from chengxin.audit import queries as audit
from chengxin.intake.models import Batch, Row
from chengxin.intake.queries import counts, originals
from chengxin.intake.refusals import AlreadySubmitted, BatchNotOpen, NothingToRelease, OwnBatch
from chengxin.intake.services import decide_match, release, return_batch, submit
from chengxin.kernel.clock import today
from chengxin.kernel.errors import NotPermitted
from chengxin.law.values import Basis
from chengxin.notices.models import Notice
from chengxin.publication.queries import public_facts
from chengxin.register.models import Record, RecordEvent
from chengxin.register.services import correct, open_personal, revoke
from chengxin.subjects import queries as subjects

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
CODE = "91320700MA1X0T0X8T"
PERSON = {
    "subject_name": "李小样",
    "subject_kind": "自然人",
    "uscc": "",
    "representative": "",
    "id_type": "身份证",
    "id_number": "11010519491231002X",
    "document_number": "连市监罚〔2026〕102号",
}
BASIS = Basis("xingzheng-chufa", "中华人民共和国行政处罚法", "第四十八条")


@pytest.fixture
def send(book, clerk):
    def run(data, unit="lyg-scjg", by=None):
        return submit(
            data=data,
            filename="处罚.xlsx",
            item="penalty",
            unit=unit,
            by=by or clerk,
            on=ON,
            book=book,
        )

    return run


@pytest.fixture
def take_in(send, book, reviewer, penalty_file):
    def run(*changes, on=ON):
        batch = send(penalty_file(*changes))
        return release(number=batch.number, by=reviewer, on=on, book=book)

    return run


def facts_of(code, book, on=ON):
    return public_facts(subjects.by_code(code).id, on=on, book=book)


LAW = "个人信息保护法"


def test_a_row_becomes_a_published_fact_with_its_passport(take_in, book):
    batch = take_in({})
    (fact,) = facts_of(CODE, book, on=today())
    assert fact.value("fine_yuan") == "20,000 元"
    passport = fact.passport
    assert passport.file_sha256 == batch.file_sha256
    assert passport.source_unit_name == "连云港市市场监督管理局"
    assert (passport.decided_on, passport.row) == (date(2026, 11, 12), 3)
    assert passport.public_until == date(2027, 11, 12)
    assert any("第四十八条" in basis for basis in passport.basis)
    assert passport.edition == book.edition
    assert passport.proof.hash == audit.head().hash


def test_nothing_of_a_submitted_batch_is_public_before_a_second_officer(send, penalty_file):
    send(penalty_file())
    assert Record.objects.count() == 0
    assert subjects.search("新丝路") == []


def test_whoever_submits_cannot_release(send, penalty_file, book, clerk):
    both = type(clerk)("clerk", "clerk", "lyg-scjg", {"intake.release": "all"})
    batch = send(penalty_file())
    with pytest.raises(OwnBatch):
        release(number=batch.number, by=both, on=ON, book=book)


def test_an_officer_of_another_unit_can_do_none_of_it(send, penalty_file, book, stranger):
    with pytest.raises(NotPermitted):
        send(penalty_file(), by=stranger)
    batch = send(penalty_file())
    with pytest.raises(NotPermitted):
        release(number=batch.number, by=stranger, on=ON, book=book)
    with pytest.raises(NotPermitted):
        return_batch(number=batch.number, reason="不属本单位", by=stranger, on=ON)


def test_the_same_file_sent_twice_is_one_batch(send, penalty_file):
    data = penalty_file()
    first = send(data)
    with pytest.raises(AlreadySubmitted) as refusal:
        send(data)
    assert refusal.value.facts["number"] == first.number
    assert Batch.objects.count() == 1


def test_the_same_decision_in_another_file_is_one_record(
    take_in, send, penalty_file, book, reviewer
):
    take_in({})
    again = send(penalty_file({}, title="重发"))
    release(number=again.number, by=reviewer, on=ON, book=book)
    assert counts(again) == {"known": 1}
    assert Record.objects.count() == 1


def test_the_same_decision_with_other_content_waits_instead_of_overwriting(take_in, book):
    take_in({})
    other = take_in({"penalty_content": "罚款人民币叁万元整。", "fine_yuan": "3"})
    assert counts(other) == {"differs": 1}
    (fact,) = facts_of(CODE, book, on=today())
    assert fact.value("fine_yuan") == "20,000 元"


def test_a_batch_is_decided_once(take_in, book, reviewer):
    batch = take_in({})
    with pytest.raises(BatchNotOpen):
        release(number=batch.number, by=reviewer, on=ON, book=book)


def test_a_returned_file_may_be_sent_again(send, penalty_file, reviewer):
    data = penalty_file()
    batch = send(data)
    return_batch(number=batch.number, reason="文号有误", by=reviewer, on=ON)
    assert send(data).number != batch.number


def test_a_faulty_row_stays_with_the_batch_and_the_rest_goes_on(take_in):
    batch = take_in({}, {"document_number": "连市监罚〔2026〕103号", "decided_on": "2026-13-45"})
    assert counts(batch) == {"recorded": 1, "faulty": 1}
    assert sum(counts(batch).values()) == batch.rows_read


def test_a_file_with_only_faulty_rows_is_not_released(send, penalty_file, book, reviewer):
    batch = send(penalty_file({"decided_on": ""}))
    with pytest.raises(NothingToRelease):
        release(number=batch.number, by=reviewer, on=ON, book=book)


def test_a_name_that_does_not_fit_its_code_waits_for_a_person(take_in, book, reviewer):
    take_in({})
    batch = take_in(
        {"subject_name": "连云港新丝路水产有限公司", "document_number": "连市监罚〔2026〕104号"}
    )
    assert counts(batch) == {"awaiting_match": 1}
    row = Row.objects.get(batch=batch)
    chosen = subjects.by_code(CODE).public_id
    decide_match(
        row_id=row.id, choice=chosen, reason="已核对营业执照", by=reviewer, on=ON, book=book
    )
    assert counts(batch) == {"recorded": 1}


def test_the_original_is_kept_whole(send, penalty_file):
    data = penalty_file()
    batch = send(data)
    assert originals().get(batch.file_sha256) == data


def test_a_natural_person_is_recorded_but_found_by_nobody(take_in, book):
    take_in(PERSON)
    record = Record.objects.get()
    assert (record.subject_kind, record.disclosure) == ("natural_person", "by_consent")
    assert subjects.search("李小样") == []
    assert subjects.by_code("11010519491231002X") is None
    assert subjects.by_public_id(record.subject.public_id) is None
    assert public_facts(record.subject_id, on=today(), book=book) == []


def test_no_column_holds_a_person_s_name_or_number_in_clear(take_in):
    take_in(PERSON)
    stored = " ".join(
        str(row) for table in (Row, Record, RecordEvent, Notice) for row in table.objects.values()
    )
    assert "11010519491231002X" not in stored
    assert "李小样" not in stored


def test_an_id_number_in_an_open_cell_is_a_fault_and_sealed(send, penalty_file):
    leak = "当事人负责人11010519491231002X在现场签字。"
    batch = send(penalty_file({"breach_facts": leak}))
    row = Row.objects.get(batch=batch)
    assert row.state == "faulty"
    assert "11010519491231002X" not in str(Row.objects.values().get())
    assert "INTAKE-ID-IN-TEXT" in {fault["code"] for fault in row.faults}


def test_reading_a_person_s_record_needs_a_power_and_a_purpose_and_is_logged(take_in, clerk, book):
    take_in(PERSON)
    record = Record.objects.get()
    purposes = book.codelists["query_purpose"].by_code
    with pytest.raises(NotPermitted):
        open_personal(
            record_id=record.id,
            purpose="statutory_duty",
            known_purposes=purposes,
            basis=LAW,
            by=clerk,
        )
    window = type(clerk)("window", "窗口", "lyg-xyzx", {"subjects.read_person": "all"})
    found = open_personal(
        record_id=record.id,
        purpose="own_report",
        known_purposes=purposes,
        basis=LAW,
        by=window,
    )
    assert found["subject_name"] == "李小样"
    verbs = [entry.verb for entry in audit.about(f"record:{record.id}")]
    assert verbs == ["register.open_personal.refused", "register.open_personal"]


def test_without_proof_of_service_a_notice_is_posted_and_the_fact_waits(take_in, book):
    take_in({"served_on": ""})
    assert Notice.objects.get().deemed_delivered_on is None
    record = Record.objects.get()
    assert public_facts(record.subject_id, on=today() + timedelta(365), book=book) == []


def test_a_unit_that_proves_service_later_lets_the_fact_show(take_in, book, reviewer):
    take_in({"served_on": ""})
    record = Record.objects.get()
    changes = {"served_on": "2026-11-18"}
    correct(
        record_id=record.id, changes=changes, reason="补录送达回证", basis=BASIS, by=reviewer,
        on=ON, book=book,
    )  # fmt: skip
    (fact,) = public_facts(record.subject_id, on=today(), book=book)
    assert fact.passport.public_since == today()


def test_a_release_needs_no_calendar_of_next_year(take_in):
    """Law as data ends with the last published calendar; a release must not end with it."""
    assert counts(take_in({"served_on": ""}, on=date(2026, 12, 30))) == {"recorded": 1}


def test_a_correction_shows_and_what_stood_before_stays_readable(take_in, book, reviewer):
    take_in({})
    record = Record.objects.get()
    before = RecordEvent.objects.get().known_at
    correct(
        record_id=record.id, changes={"fine_yuan": "2000"}, reason="多录一个零", basis=BASIS,
        by=reviewer, on=ON, book=book,
    )  # fmt: skip
    day = today()
    (now,) = public_facts(record.subject_id, on=day, book=book)
    (then,) = public_facts(record.subject_id, on=day, book=book, known=before)
    assert (now.value("fine_yuan"), then.value("fine_yuan")) == ("2,000 元", "20,000 元")


def test_a_revoked_decision_leaves_the_page_at_once(take_in, book, reviewer, stranger):
    take_in({})
    record = Record.objects.get()
    with pytest.raises(NotPermitted):
        revoke(record_id=record.id, reason="复议撤销", basis=BASIS, by=stranger, on=ON, edition="e")
    revoke(
        record_id=record.id,
        reason="复议撤销",
        basis=BASIS,
        by=reviewer,
        on=ON,
        edition=book.edition,
    )
    assert public_facts(record.subject_id, on=today(), book=book) == []


def test_looking_back_never_brings_back_what_has_left_publication(take_in, book, reviewer):
    take_in({})
    record = Record.objects.get()
    before = RecordEvent.objects.get().known_at
    revoke(
        record_id=record.id, reason="复议撤销", basis=BASIS, by=reviewer, on=today(),
        edition=book.edition,
    )  # fmt: skip
    for on in (today(), today() - timedelta(1)):
        assert public_facts(record.subject_id, on=on, book=book, known=before) == []
        assert public_facts(record.subject_id, on=on, book=book) == []


def test_every_step_is_in_the_log_and_the_log_is_whole(take_in):
    take_in({})
    found = audit.verify()
    assert (found.ok, found.count) == (True, 2)
