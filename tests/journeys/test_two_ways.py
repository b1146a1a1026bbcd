"""Rows go into the register as a set or one by one: what comes of them is the same."""

import json
from datetime import date

import pytest
from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.intake.models import Row
from chengxin.intake.queries import counts
from chengxin.intake.services import holding, release, releasing, submit
from chengxin.kernel.actor import Actor, Scope
from chengxin.notices.models import Notice
from chengxin.register.models import Record, RecordEvent
from chengxin.subjects.models import Identifier, Subject
from chengxin.subjects.services import import_organisations

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
KNOWN = [
    ("连云港新丝路物流有限公司", "91320700MA1X0T0X8T"),
    ("江苏连云港水晶贸易有限公司", "91320700123456788B"),
]
ROWS = [
    {},
    {"uscc": "", "subject_name": "连云港新丝路物流有限公司"},
    {"uscc": "91320700123456788B", "subject_name": "江苏连云港水晶贸易有限公司"},
    {"uscc": "91320700123456788B", "subject_name": "别的公司"},
    {"uscc": "91320703MA1XAAAA6Y", "subject_name": "连云港初见商贸有限公司"},
    {"uscc": "91320703MA1XAAAA6Y", "subject_name": "连云港初见（商贸）有限公司"},
    {"uscc": "91320703MA1XAAAA6Y", "subject_name": "连云港另名商贸有限公司"},
    {"uscc": "92320703MA1XBBBB9T", "subject_kind": "个体工商户", "subject_name": "个体工商户"},
    {"uscc": "91320703123456702X", "subject_name": "校验位有误的公司"},
    {
        "subject_name": "李小样",
        "subject_kind": "自然人",
        "uscc": "",
        "representative": "",
        "id_type": "身份证",
        "id_number": "11010519491231002X",
    },
    {"served_on": ""},
    {"served_on": "2026-11-25", "valid_until": "2027-01-01"},
    {"breach_facts": '当事人称“无误”，\n附件见 "A\\B" 与 C:\\账\t册。'},
    {"representative": ""},
    {"penalty_kind": "罚款;没收违法所得", "fine_yuan": "1.5"},
]


@pytest.fixture
def submitted(book, clerk, penalty_file, monkeypatch):
    monkeypatch.setattr(holding, "WORTH_A_SET", 0)
    rows = [(2, {"name": name, "uscc": code}) for name, code in KNOWN]
    import_organisations(rows=rows, by=Actor("i", "", "", {"subjects.import": Scope.ALL}), on=ON)
    changes = [
        {"document_number": f"连市监罚〔2026〕{number}号"} | row
        for number, row in enumerate(ROWS, 1)
    ]
    return submit(
        data=penalty_file(*changes),
        filename="处罚.xlsx",
        item="penalty",
        unit="lyg-scjg",
        by=clerk,
        on=ON,
        book=book,
    )


def snapshot(batch):
    """Everything a release left, without moments and without what is drawn by lot."""
    codes = {
        subject: f"{kind}:{lookup}"
        for subject, kind, lookup in Identifier.objects.values_list("subject", "kind", "lookup")
        if kind in {"uscc", "id_number"}
    }
    records = list(Record.objects.order_by("row").values())
    events = list(RecordEvent.objects.order_by("record_id").values())
    notices = list(Notice.objects.order_by("about").values())
    rows = list(Row.objects.filter(batch=batch).order_by("number").values())
    for one in records:
        one["subject_id"] = codes[one["subject_id"]]
        del one["recorded_at"]
    for one in events:
        del one["id"], one["known_at"]
    for one in notices:
        one["to_subject"] = codes[one["to_subject"]]
        del one["id"], one["posted_at"]
    for one in rows:
        one["evidence"].pop("candidates", None)
        if one["state"] == "known":  # as a set only its record is noted
            one["received"], one["values"], one["sealed"], one["evidence"] = {}, {}, None, {}
        one["subject"] = codes.get(one["subject"])
        del one["id"]
    for one in (*events, *rows):
        sealed = one.pop("sealed")
        one["sealed"] = json.loads(sealer().unseal(bytes(sealed))) if sealed else None
    subjects = sorted(
        (codes[s.id], s.kind, s.name, s.sealed_representative is None)
        for s in Subject.objects.all()
    )
    return records, events, notices, rows, subjects, counts(batch)


def differences(left, right):
    """Where two snapshots are not the same: place, and what stands there."""
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        pairs = [(key, left[key], right[key]) for key in left]
    elif isinstance(left, list | tuple) and len(left) == len(right):
        pairs = list(zip(range(len(left)), left, right, strict=True))
    else:
        return [] if left == right else [(left, right)]
    return [(place, *told) for place, a, b in pairs for told in differences(a, b)]


def test_a_set_of_rows_ends_as_each_of_them_would(submitted, book, reviewer, monkeypatch):
    found = []
    for worth_a_set in (0, 10**9):
        monkeypatch.setattr(releasing, "WORTH_A_SET", worth_a_set)
        with transaction.atomic():
            release(number=submitted.number, by=reviewer, on=ON, book=book)
            found.append(snapshot(submitted))
            transaction.set_rollback(True)
    as_a_set, one_by_one = found
    assert differences(as_a_set, one_by_one) == []
    states = as_a_set[-1]
    assert states["recorded"] == 8
    assert states["awaiting_match"] >= 3
    assert sum(states.values()) == len(ROWS)


def test_a_set_sent_again_is_known_or_differs_like_each_of_its_rows(
    submitted, book, clerk, reviewer, penalty_file, monkeypatch
):
    release(number=submitted.number, by=reviewer, on=ON, book=book)
    changes = [
        {"document_number": f"连市监罚〔2026〕{number}号"} | row
        for number, row in enumerate(ROWS, 1)
    ]
    changes[0]["penalty_content"] = "罚款人民币伍万元整。"
    again = submit(
        data=penalty_file(*changes, title="再报"),
        filename="处罚.xlsx",
        item="penalty",
        unit="lyg-scjg",
        by=clerk,
        on=ON,
        book=book,
    )
    found = []
    for worth_a_set in (0, 10**9):
        monkeypatch.setattr(releasing, "WORTH_A_SET", worth_a_set)
        with transaction.atomic():
            release(number=again.number, by=reviewer, on=ON, book=book)
            found.append(snapshot(again))
            transaction.set_rollback(True)
    as_a_set, one_by_one = found
    assert differences(as_a_set, one_by_one) == []
    states = as_a_set[-1]
    assert states["differs"] == 1
    assert states["known"] == 7
    assert "recorded" not in states
