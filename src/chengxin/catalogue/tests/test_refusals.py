"""No basis, no item; prohibited content, never; and every other reason not to compile."""

from dataclasses import replace
from datetime import date

import pytest

from chengxin.catalogue.errors import CatalogueRefused, ItemEnded
from chengxin.catalogue.prohibited import speaks_of
from chengxin.catalogue.queries import (
    check_items,
    item,
    items,
    notices,
    open_item,
    open_items,
)

TRAPS = [
    "宗教信仰",
    "信教情况",
    "基因信息",
    "遗传信息",
    "指纹",
    "人脸图像",
    "虹膜特征",
    "血型",
    "无偿献血次数",
    "疾病名称",
    "病史",
    "政治面貌",
    "党派",
    "信访次数",
    "缠访记录",
    "房屋拆迁配合情况",
    "性取向",
    "微博账号",
    "消费行为",
    "网购记录",
    "行踪轨迹",
    "出行记录",
    "闯红灯次数",
    "交通违法记录",
    "物业费拖欠",
    "水费",
    "不文明养犬",
    "垃圾分类情况",
    "年度考核结果",
    "廉政记录",
    "家庭成员",
    "配偶姓名",
    "邻里评价",
    "孝敬父母",
    "收入",
    "银行存款",
    "监护人",
    "未成年子女",
    "个人信用评分",
    "信用积分",
    "个人信用等级",
]
TRAPS_EN = [
    "religion",
    "fingerprint",
    "blood_type",
    "genes",
    "political_view",
    "petitions",
    "sexual_life",
    "shopping_records",
    "location_trace",
    "traffic_points",
    "family_size",
    "spouse_name",
    "income",
    "credit_score",
    "person_rank",
    "jaywalking",
    "utility_bill",
    "health_status",
]


@pytest.mark.parametrize("label", TRAPS)
def test_a_field_of_prohibited_content_is_refused_with_its_law(spoiled, label):
    faults = spoiled(lambda data, fields: fields["remark"].update(label=label))

    assert {one.code for one in faults} == {"CATALOGUE-PROHIBITED"}
    assert "依据：《" in faults[0].reason_zh
    assert "没有任何设置可以放开" in faults[0].way_out_zh


@pytest.mark.parametrize("name", TRAPS_EN)
def test_english_names_are_looked_at_too(spoiled, name):
    faults = spoiled(lambda data, fields: fields["remark"].update(name=name))

    assert "CATALOGUE-PROHIBITED" in {one.code for one in faults}


def test_a_synonym_and_an_items_own_label_are_looked_at(spoiled):
    by_synonym = spoiled(lambda data, fields: fields["remark"].update(synonyms=["当事人血型"]))
    by_label = spoiled(lambda data, fields: data.update(label="闯红灯处罚"))

    assert [one.code for one in (*by_synonym, *by_label)] == ["CATALOGUE-PROHIBITED"] * 2


def test_what_is_barred_for_persons_only_is_open_for_organisations(spoiled):
    def rename(data, fields):
        data["subject_kinds"] = ["organisation"]
        fields["remark"]["label"] = "营业收入"

    assert {one.code for one in spoiled(rename)} == {"CATALOGUE-KINDS-DIFFER"}


def test_a_longer_harmless_word_is_let_through(book):
    genes = next(one for one in book.prohibitions if one.code == "genes")

    assert speaks_of(genes, "基 因 检测")
    assert speaks_of(genes, "dna_sample")
    assert not speaks_of(genes, "农业转基因生物加工")
    assert not speaks_of(genes, "general office")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data, fields: data.update(basis=[]), "NO-BASIS"),
        (lambda data, fields: data.pop("basis"), "NO-BASIS"),
        (
            lambda data, fields: data.update(basis=[{"law": "gbt-41196", "article": ""}]),
            "WEAK-BASIS",
        ),
        (lambda data, fields: data.pop("purpose_en"), "NO-PURPOSE"),
        (lambda data, fields: data.update(since="1990-01-01"), "BASIS-NOT-IN-FORCE"),
        (lambda data, fields: data.update(class_code="gossip"), "UNKNOWN-CLASS"),
        (lambda data, fields: data.update(person_disclosure="public"), "PERSON-PUBLIC"),
        (lambda data, fields: data.update(natural_key=["case_number"]), "UNKNOWN-FIELD"),
        (lambda data, fields: data.update(parameters={"term": "no.such"}), "UNKNOWN-PARAMETER"),
        (lambda data, fields: data["fields"].append(fields["remark"]), "DUPLICATE-FIELD"),
        (lambda data, fields: fields["id_number"].pop("public"), "PERSONAL-PUBLIC"),
        (lambda data, fields: fields["penalty_kind"].pop("codelist"), "NO-CODELIST"),
        (lambda data, fields: fields["severity"].update(codelist="grades"), "UNKNOWN-CODELIST"),
        (lambda data, fields: fields["fine_yuan"].pop("source_unit"), "NO-UNIT"),
        (lambda data, fields: fields["valid_until"].update(not_before="remark"), "NOT-A-DATE"),
        (lambda data, fields: fields["valid_until"].update(not_after="end"), "UNKNOWN-FIELD"),
        (lambda data, fields: fields["id_number"].update(kind_from="paper"), "UNKNOWN-FIELD"),
        (lambda data, fields: fields["remark"].update(synonyms=["处罚机关"]), "HEADER-CLASH"),
        (lambda data, fields: fields["remark"].pop("label_en"), "INCOMPLETE-FIELD"),
        (
            lambda data, fields: fields["fine_yuan"].update(
                required_when={"field": "penalty_kind", "is_in": ["shaming"]}
            ),
            "UNKNOWN-CODE",
        ),
    ],
)
def test_a_faulty_item_does_not_compile(spoiled, change, code):
    faults = spoiled(change)

    assert f"CATALOGUE-{code}" in {one.code for one in faults}
    assert all(one.way_out_zh and one.way_out_en for one in faults)


def test_an_item_ends_with_its_law_and_says_so(book):
    repealed = replace(book, laws=with_end(book, "xingzheng-chufa", date(2027, 7, 1)))

    (notice,) = notices(repealed)

    assert check_items(repealed) == []
    assert (notice.code, notice.file) == ("CATALOGUE-REPEALED", "national/catalogue/penalty.yaml")
    assert open_item(repealed, "penalty", date(2027, 6, 30)).repealed_on == date(2027, 7, 1)
    with pytest.raises(ItemEnded) as refusal:
        open_item(repealed, "penalty", date(2027, 7, 1))
    assert "目录自2027年7月1日起没有事项“行政处罚”" in refusal.value.text("zh")
    assert "《中华人民共和国行政处罚法》第四十八条已废止" in refusal.value.text("zh")
    assert "penalty" not in open_items(repealed, date(2027, 7, 1))


def test_an_item_goes_on_under_the_law_that_follows(book):
    law = book.laws["xingzheng-chufa"]
    follower = replace(law, id="chufa-2027", since=date(2027, 7, 1))
    laws = {
        **with_end(book, law.id, date(2027, 7, 1), replaced_by=follower.id),
        follower.id: follower,
    }

    assert item(replace(book, laws=laws), "penalty").until is None


def with_end(book, law_id, day, **changes):
    return {**book.laws, law_id: replace(book.laws[law_id], until=day, **changes)}


def test_a_fault_names_the_file_and_line_it_was_written_on(spoiled):
    (fault,) = spoiled(lambda data, fields: fields["id_number"].pop("public"))

    assert fault.file == "national/blocks/parties.yaml"
    assert fault.line == 146


def test_a_catalogue_with_a_fault_gives_no_items_at_all(book):
    raw = book.raw_items["penalty"]
    broken = replace(raw, data={**raw.data, "basis": []})

    with pytest.raises(CatalogueRefused) as refusal:
        items(replace(book, raw_items={**book.raw_items, "penalty": broken}))

    assert refusal.value.faults[0].code == "CATALOGUE-NO-BASIS"
    assert "penalty.yaml" in refusal.value.text("zh")
