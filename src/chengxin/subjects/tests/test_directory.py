"""The tables asked row by row and the directory asked in sets give one answer."""

import json
from datetime import date
from random import Random

import pytest

from chengxin.kernel.actor import Actor
from chengxin.subjects.queries import directory, lookup_key, recognise
from chengxin.subjects.services import import_organisations, link_table, register_from_rows
from chengxin.subjects.tests.registers import answers, file_of, slipped
from chengxin.subjects.values import Party

pytestmark = pytest.mark.django_db
BY = Actor.system("subjects.import")
CODE, TRADER, HELD = "91320700MA1X0T0X8T", "92320722MA1X1T1XX2", "93320723MA1X2T2X15"
PERSON = "11010519491231002X"
LIST = [
    {"name": "江苏海港水产有限公司", "uscc": CODE, "former_names": "连云港海港水产厂"},
    {"name": "老渔港饭店", "uscc": TRADER, "kind": "sole_trader"},
    {"name": "灌云县伊山合作社", "uscc": HELD, "old_registration_number": "320700000000017"},
    {"name": '海州"引号"有限公司', "uscc": "91320706MA1T7A8B7K", "old_org_code": "12345678-8"},
]
PARTIES = [
    Party("江苏海港水产有限责任公司", {"uscc": CODE}),
    Party("连云港海港水产厂", {"org_code": CODE[8:17]}),
    Party("连云港海港水产厂", {"tax": "320700" + CODE[8:17]}),
    Party("江苏海港水产有限公司", {"tax": CODE}),
    Party("别的公司", {"uscc": CODE}),
    Party("老渔港饭店", {}, sole_trader=True),
    Party("灌云县伊山合作社", {"registration": "320700000000017"}),
    Party("灌云县伊山合作社", {"uscc": HELD}, held=frozenset({"uscc"})),
    Party('海州"引号"有限公司', {"org_code": "123456788"}),
    Party("江苏海港水产有限公司", {"uscc": slipped(Random(3), CODE)}, held=frozenset({"uscc"})),
    Party("江苏海港水产有限公司", {}, misread=CODE.replace("0", "O")),
    Party("赵 六", {"id_number": PERSON}, personal=True),
    Party("钱七", {"id_number": PERSON}, personal=True),
    Party("赵六", {}, personal=True),
    Party("没有", {}),
]


def test_one_by_one_and_in_sets_the_same_is_judged(tmp_path):
    import_organisations(rows=list(enumerate(LIST, start=2)), by=BY, on=date(2026, 11, 20))
    register_from_rows(parties=[Party("赵六", {"id_number": PERSON}, personal=True)])

    keyed = [
        Party(p.name, {"id_number": lookup_key("id_number", PERSON)}, personal=True)
        if p.personal and p.codes
        else p
        for p in PARTIES
    ]
    found = answers(
        link_table(
            file_of(keyed, tmp_path), directory=directory(tmp_path), into=tmp_path / "links.parquet"
        )
    )

    one_by_one = recognise(PARTIES)
    assert [json.loads(row["evidence"]) for row in found] == [j.as_json() for j in one_by_one]
    assert [row["subject"] for row in found] == [j.subject for j in one_by_one]
    assert [judgement.rule for judgement in one_by_one] == [
        "code-and-name",
        "org-code-and-name",
        "org-code-and-name",
        "code-and-name",
        "name-differs",
        "name-only",
        "code-and-name",
        "code-and-name",
        "code-and-name",
        "near-code",
        "near-code",
        "code-and-name",
        "name-differs",
        "no-identifier",
        "no-identifier",
    ]


def test_no_name_or_number_of_a_person_lies_open_in_a_directory(tmp_path):
    register_from_rows(parties=[Party("赵六", {"id_number": PERSON}, personal=True)])
    directory(tmp_path)
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert "赵六".encode() not in content
        assert PERSON.encode() not in content
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "codes.parquet",
        "inner.parquet",
        "names.parquet",
        "subjects.parquet",
    ]
