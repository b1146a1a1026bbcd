"""Permits and penalties, complete: every field of the national standard, and ours."""

import re
from datetime import date

import pytest

from chengxin.catalogue.errors import UnknownItem
from chengxin.catalogue.queries import item, items
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.values import RECEIVED_ON, Disclosure, FieldType, SubjectKind
from chengxin.kernel.text import normalise_text

PARTY_CODES = [
    "XDR_MC",
    "XDR_LB",
    "XDR_SHXYM",
    "XDR_GSZC",
    "XDR_ZZJG",
    "XDR_SWDJ",
    "XDR_SYDW",
    "XDR_SHZZ",
    "FRDB",
]
PARTY_CODES += ["FR_ZJLX", "FR_ZJHM", "XDR_ZJLX", "XDR_ZJHM"]
PERMIT_CODES = [
    "XKWS",
    "WSH",
    "XKLB",
    "XKZS",
    "XKBH",
    "NR",
    "JDRQ",
    "YXQZ",
    "YXQZI",
    "XKJG",
    "XKJGDM",
    "ZT",
    "LYDW",
    "LYDWDM",
]
PENALTY_CODES = [
    "WSH",
    "WFXW",
    "SY",
    "YJ",
    "CFLB",
    "NR",
    "NR_FK",
    "NR_WFFF",
    "NR_ZKDX",
    "JDRQ",
    "YXQ",
    "GSJZQ",
    "CFJG",
    "CFJGDM",
]
PENALTY_CODES += ["SJLY", "SJLYDM"]


def headers(one):
    return {
        normalise_text(text).upper(): field.name for field in one.fields for text in field.headers
    }


@pytest.mark.parametrize(
    ("code", "prefix", "own"), [("permit", "XK", PERMIT_CODES), ("penalty", "CF", PENALTY_CODES)]
)
def test_every_national_code_has_its_field(book, code, prefix, own):
    codes = [field.code for field in item(book, code).fields if field.code]

    assert codes == [f"{prefix}_{one}" for one in PARTY_CODES + own] + ["BZ"]


@pytest.mark.parametrize("code", ["permit", "penalty"])
def test_an_item_cites_its_law_and_its_purpose(book, code):
    one = item(book, code)

    assert one.basis[0].status == "confirmed"
    assert one.purpose
    assert one.purpose_en
    assert one.in_force(date(2026, 11, 1))
    assert not one.in_force(date(2018, 7, 24))
    assert one.natural_key == ("authority_uscc", "document_number", "subject_name")


def test_no_item_is_public_for_natural_persons(book):
    for one in items(book).values():
        assert one.disclosure_of(SubjectKind.NATURAL_PERSON) is not Disclosure.PUBLIC


def test_personal_fields_are_sealed_and_closed(book):
    for one in items(book).values():
        personal = {field.name for field in one.fields if field.personal}
        assert personal <= book.gate.personal_fields
        assert not any(field.public for field in one.fields if field.personal)


def test_only_the_listed_items_are_about_natural_persons(book):
    about = {
        one.code for one in items(book).values() if SubjectKind.NATURAL_PERSON in one.subject_kinds
    }

    assert about == book.gate.person_items
    assert item(book, "professional_licence").disclosure is Disclosure.BY_CONSENT


def test_the_catalogue_has_items_of_every_class(book):
    classes = {one.class_code for one in items(book).values()}

    assert classes == set(book.codelists["information_class"].by_code)
    assert len(items(book)) >= 32


def test_every_item_says_whom_when_and_from_whom(book):
    needed = {"subject_name", "subject_kind", "decided_on", "document_number", "authority"}
    for one in items(book).values():
        assert needed <= {field.name for field in one.fields}, one.code
        assert set(one.natural_key) <= {field.name for field in one.fields}, one.code
        required = {field.name for field in one.fields if field.required}
        told_apart = {*one.natural_key} & (required | {"uscc", "id_number"})
        assert told_apart, one.code


def test_every_adverse_item_has_a_notice_and_an_end(book):
    for one in items(book).values():
        if one.adverse:
            assert {"maximum_term", "minimum_term", "notice"} <= set(one.parameters), one.code


def test_every_list_is_made_by_a_law(book):
    for entry in book.codelists["breach_list"].entries:
        assert any(book.laws[basis.law_id].level != "department_rule" for basis in entry.basis)


def test_the_party_is_told_apart_by_its_kind(book):
    penalty = item(book, "penalty")

    uscc, id_number = penalty.field("uscc"), penalty.field("id_number")
    assert uscc.required_when.is_in == ("organisation", "sole_trader")
    assert uscc.blank_when.is_in == ("natural_person",)
    assert id_number.required_when.is_in == ("natural_person",)
    assert id_number.kind_from == "id_type"
    assert penalty.field("representative_id_number").required_when.filled


def test_conditions_of_a_penalty_follow_its_kinds(book):
    penalty = item(book, "penalty")

    assert penalty.field("penalty_kind").type is FieldType.CODES
    assert penalty.field("penalty_kind").separator == ";"
    assert penalty.field("fine_yuan").required_when.is_in == ("fine",)
    assert penalty.field("fine_yuan").source_unit == "万元"
    assert set(penalty.field("confiscated_yuan").required_when.is_in) == {
        "confiscate_gains",
        "confiscate_goods",
    }
    assert penalty.field("publication_until").ignored
    assert penalty.field("decided_on").not_after == RECEIVED_ON
    assert penalty.field("historical_severity").codelist == "severity_jiangsu_2013"


@pytest.mark.parametrize(
    ("code", "header", "field"),
    [
        ("penalty", "处罚种类", "penalty_kind"),
        ("penalty", "处罚决定书签发日期", "decided_on"),
        ("penalty", "企业名称", "subject_name"),
        ("penalty", "注册号", "registration_number"),
        ("penalty", "行政相对人代码_1(统一社会信用代码)", "uscc"),
        ("penalty", "行政相对人代码_2(组织机构代码)", "org_code"),
        ("penalty", "行政相对人代码_3（工商登记码）", "registration_number"),
        ("penalty", "居民身份证号码", "id_number"),
        ("penalty", "法定代表人身份证", "representative_id_number"),
        ("penalty", "cf_xdr_zjhm", "id_number"),
        ("penalty", "没收违法所得、没收非法财物的金额（万元）", "confiscated_yuan"),
        ("penalty", "主管税务机关", "authority"),
        ("permit", "许可文件编号", "document_number"),
        ("permit", "许可文件名称", "document_title"),
        ("permit", "登记状态", "status"),
        ("permit", "审批类别", "permit_kind"),
        ("permit", "纳税人识别号", "tax_number"),
        ("permit", "许可截止期", "valid_until"),
    ],
)
def test_headers_departments_really_write_are_known(book, code, header, field):
    assert headers(item(book, code))[normalise_text(header).upper()] == field


def test_the_layout_of_2016_reads_the_same_header_differently(book):
    penalty = item(book, "penalty")

    layout = penalty.profile("layout_2016")
    assert layout["行政相对人代码_2"] == "org_code"
    assert layout["行政相对人代码_3"] == "registration_number"
    assert layout["处罚名称"] == "breach_kind"
    assert layout["失信严重程度"] == "historical_severity"
    assert penalty.profiles == ("layout_2016",)
    assert item(book, "permit").field("status").profile_codelists == {
        "layout_2016": "permit_status_2016"
    }


def test_an_item_outside_the_catalogue_is_refused(book):
    with pytest.raises(UnknownItem) as refusal:
        item(book, "jaywalking")

    assert "目录以外的信息不得归集" in refusal.value.text("zh")


def test_the_catalogue_is_compiled_once_per_rulebook(book):
    assert items(book) is items(book)


def test_every_sentence_of_a_rule_is_whole_in_both_languages(book):
    filled_later = {"{value}", "{proposal}", "{basis}", "{difference}", "{reason}"}
    for one in items(book).values():
        for rule in compile_item(one, book).rules:
            for message in (rule.message_zh, rule.message_en):
                assert set(re.findall(r"\{\w*\}", message)) <= filled_later, message
            assert one.field(rule.field).label not in rule.message_en.partition("Use one of")[0]
