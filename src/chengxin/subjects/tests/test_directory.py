"""The tables asked row by row and the directory asked in sets give one answer."""

import json
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.db.models.functions import Substr

from chengxin.kernel.actor import Actor
from chengxin.kernel.ids.checksums import uscc_check
from chengxin.subjects.models import Identifier, SubjectName, comparable
from chengxin.subjects.queries import by_code, directory, lookup_key, recognise
from chengxin.subjects.services import (
    import_organisations,
    link_table,
    register_from_rows,
    register_table,
)
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
    {"name": '海州"引号"有限公司', "uscc": "91320706MA1T7A8B1H", "old_org_code": "12345678-8"},
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
        "entries.parquet",
        "inner.parquet",
        "names.parquet",
        "subjects.parquet",
    ]


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (
            SubjectName.objects.annotate(key=comparable("normalised")).filter(key__in=["甲乙"]),
            "key",
        ),
        (
            Identifier.objects.filter(kind="uscc")
            .annotate(inner=Substr("lookup", 9, 9))
            .filter(inner__in=["MA1X0T0X8"]),
            "inner_code",
        ),
    ],
)
def test_a_party_is_looked_up_by_an_index(question, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert f"{index}" in question.explain()


def test_new_organisations_of_a_batch_are_opened_together(tmp_path):
    import_organisations(rows=list(enumerate(LIST, start=2)), by=BY, on=date(2026, 11, 20))
    first, second = (code + uscc_check(code) for code in ("91320700MA1X0T9X6", "92320700MA1X0T8X8"))
    parties = [
        Party("海州（新）物流有限公司", {"uscc": first}),
        Party("江苏海港水产有限公司", {"uscc": CODE}),
        Party("海州新物流有限责任公司", {"uscc": first}),
        Party("老渔港饭店", {"uscc": second}, sole_trader=True),
        Party("赵六", {"id_number": "digest"}, personal=True),
    ]
    links = link_table(
        file_of(parties, tmp_path), directory=directory(tmp_path), into=tmp_path / "links.parquet"
    )

    count = register_table(
        parties=tmp_path / "parties.parquet", links=links, into=tmp_path / "opened.parquet"
    )

    opened = answers(tmp_path / "opened.parquet")
    assert count == 2
    assert [row["line"] for row in opened] == [2, 4, 5]
    assert opened[0]["subject"] == opened[1]["subject"] == by_code(first).id
    assert by_code(first).name == "海州（新）物流有限公司"
    assert opened[2]["subject_kind"] == "sole_trader"
    assert [judged.subject for judged in recognise(parties[:4])] == [
        row["subject"] for row in (opened[0], answers(links)[1], opened[1], opened[2])
    ]
