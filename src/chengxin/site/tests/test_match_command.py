"""`chengxin match` says whose each row is, asks where a header lies, and needs no database."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from chengxin.kernel.text import normalise_name
from chengxin.site.commands.match import match

DATA = Path(__file__).parents[5] / "shared" / "data"
TAXPAYERS = DATA / "taxpayers_heilongjiang_2018_gbk.csv"
REGISTRY = DATA / "registry_heilongjiang.csv.gz"
LISTED = """企业名称,统一社会信用代码,组织机构代码,曾用名
江苏海港水产有限公司,91320700MA1X0T0X8T,,连云港海港水产厂
海州老渔港饭店,92320722MA1X1T1XX2,,
灌云伊山合作社,93320723MA1X2T2X14,,
"""
ASKED = """编号,企业名称,统一社会信用代码
1,江苏海港水产有限责任公司,91320700MA1X0T0X8T
2,连云港海港水产厂,MA1X0T0X-8
3,江苏海洋水产有限公司,91320700MA1X0T0X8T
4,江苏海港水产有限公司,91320700MA1X0TOX8T
5,海州老渔港饭店,
6,赵某,11010519491231002X
7,海州新物流有限公司,91320706MA1T7A8B1H
"""


@pytest.fixture
def run(capsys):
    """The command's exit code and what it printed, line by line."""

    def run(*arguments):
        code = match.main([str(one) for one in arguments], standalone_mode=False)
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def registry(tmp_path):
    file = tmp_path / "registry.csv"
    file.write_text(LISTED, encoding="utf-8")
    return file


def test_every_row_is_told_with_its_line_rule_and_evidence(run, tmp_path, registry):
    asked = tmp_path / "asked.csv"
    asked.write_bytes(ASKED.encode("gb18030"))
    code, rows = run(asked, "--registry", registry, "--json")

    assert code == 0
    harbour = ("91320700MA1X0T0X8T", "江苏海港水产有限公司")
    assert [(r["row"], r["decision"], r["rule"], r["code"], r["name"]) for r in rows] == [
        (2, "linked", "code-and-name", *harbour),
        (3, "linked", "org-code-and-name", *harbour),
        (4, "candidate", "name-differs", *harbour),
        (5, "candidate", "near-code", *harbour),
        (6, "candidate", "name-only", "92320722MA1X1T1XX2", "海州老渔港饭店"),
        (7, "none", "no-identifier", None, None),
        (8, "none", "new-code", None, None),
    ]
    assert [piece["field"] for piece in rows[1]["evidence"]] == ["inner_org_code", "former_name"]
    assert rows[2]["conflict"] == {"written": "江苏海洋水产有限公司", "listed": harbour[1]}
    assert [row["conflict"] for row in rows if row["row"] != 4] == [None] * 6
    assert "11010519491231002X" not in json.dumps(rows)


def test_a_header_its_content_denies_stops_with_a_proposal(run, tmp_path, registry):
    asked = tmp_path / "asked.csv"
    asked.write_text(ASKED.replace("企业名称,统一社会信用代码", "统一社会信用代码,企业名称"))
    code, (stopped,) = run(asked, "--registry", registry, "--json")
    assert code == 1
    assert stopped["question"]["kind"] == "doubtful_columns"
    assert {f: p["column"] for f, p in stopped["question"]["proposal"].items()} == {
        "name": 2,
        "uscc": 3,
    }

    code, rows = run(asked, "--registry", registry, "--json", "--accept-mapping")
    assert code == 0
    assert rows[0]["decision"] == "linked"


def test_a_file_without_anything_to_match_by_is_refused_even_when_accepted(run, tmp_path, registry):
    asked = tmp_path / "asked.csv"
    asked.write_text("甲,乙\n1,2\n3,4\n")
    code, (stopped,) = run(asked, "--registry", registry, "--json", "--accept-mapping")
    assert code == 1
    assert stopped["question"]["proposal"] == {}


@pytest.mark.skipif(not TAXPAYERS.exists(), reason="the handed-out lists are not here")
def test_a_real_list_with_a_broken_header_is_matched_without_one_wrong_link(run):
    code, (stopped,) = run(TAXPAYERS, "--registry", REGISTRY, "--json")
    assert (code, stopped["question"]["kind"]) == (1, "broken_header")
    assert stopped["question"]["encoding"] == "GB18030"

    code, rows = run(TAXPAYERS, "--registry", REGISTRY, "--json", "--accept-mapping")
    assert code == 0
    text = TAXPAYERS.read_bytes().decode("gb18030")
    asked = list(csv.reader(io.StringIO(text)))
    assert [row["row"] for row in rows] == list(range(2, len(asked) + 1))
    with gzip.open(REGISTRY, "rt", encoding="utf-8-sig") as file:
        listed = {line["证照号码_原样"] for line in csv.DictReader(file)}
    for row in rows:
        _, number, name, *_ = asked[row["row"] - 1]
        if row["decision"] == "linked":
            assert normalise_name(row["name"]) == normalise_name(name)
            assert row["code"] == number or row["code"][8:17] == number[6:15]
        elif number in listed:
            assert row["conflict"] == {"written": name, "listed": row["name"]}
    tally = [(row["decision"], row["rule"]) for row in rows]
    assert tally.count(("linked", "code-and-name")) == 798
    assert tally.count(("linked", "org-code-and-name")) == 6
    assert sum(decision == "linked" for decision, _ in tally) == 804
