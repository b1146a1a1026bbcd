from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.kernel.dates import add_months, from_excel_serial, parse_date
from chengxin.kernel.money import parse_amount, wan_to_yuan
from chengxin.kernel.text import mask_id, mask_name, normalise_name, normalise_text


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 12, date(2026, 1, 31)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_are_calendar_months_and_stop_at_the_end(day, months, later):
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05",
        "2024/1/5",
        "2024.01.05",
        "２０２４年１月５日",
        "2024 年 1 月 5 日",
        "二〇二四年一月五日",
        "20240105",
        "2024-01-05 00:00:00",
        "2024-01-05T10:20:30+08:00",
        "2024年1月5日10时20分",
        "20240105102030",
    ],
)
def test_a_date_is_read_as_tables_write_it(text):
    assert parse_date(text) == date(2024, 1, 5)


@pytest.mark.parametrize(
    "text", ["", "2024-02-30", "05/01/2024", "24-01-05", "2024-01", "长期", "0000-00-00", "45296",
             "2024-01/05", "二〇二四年十十月五日", "1024-01-05"],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_none(text):
    assert parse_date(text) is None


def test_chinese_numerals_reach_the_end_of_the_year():
    assert parse_date("二○二四年十二月三十一日") == date(2024, 12, 31)
    assert parse_date("二零二四年十月二十日") == date(2024, 10, 20)


def test_an_excel_serial_is_a_day_of_the_1900_system():
    assert from_excel_serial(45296.75) == date(2024, 1, 5)
    assert from_excel_serial(2_958_465) == date(9999, 12, 31)
    assert from_excel_serial(0) is None
    assert from_excel_serial(float("nan")) is None
    assert from_excel_serial(float("inf")) is None


@given(st.text())
def test_no_text_makes_a_reader_fail(text):
    parse_date(text)
    parse_amount(text, "yuan")
    assert normalise_text(normalise_text(text)) == normalise_text(text)
    normalise_name(text)
    mask_id(text)
    mask_name(text)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("3.5", "wan", "35000"),
        ("3.5", "yuan", "3.5"),
        ("3.5万元", "yuan", "35000"),
        ("５０００元整", "wan", "5000"),
        ("52(万元人民币)", "yuan", "520000"),
        ("52（万元人民币）", "yuan", "520000"),
        ("1,234.50", "yuan", "1234.5"),
        ("￥100", "yuan", "100"),
        ("人民币 2 亿元", "yuan", "200000000"),
        ("0.30000000000000004", "wan", "3000"),
        ("0.000001", "wan", "0.01"),
        ("-3", "yuan", "-3"),
    ],
)
def test_amounts_come_out_in_yuan(text, unit, yuan):
    assert parse_amount(text, unit) == Decimal(yuan)


@pytest.mark.parametrize("text", ["", "无", "3万美元", "1-2", "1,23", "约3万", "1.2.3", "3 4"])
def test_what_is_no_amount_is_none(text):
    assert parse_amount(text, "yuan") is None


def test_wan_is_ten_thousand_exactly():
    assert wan_to_yuan(Decimal("0.123456")) == Decimal("1234.56")


def test_text_is_brought_to_one_width_and_one_space():
    assert normalise_text("\u3000连云港　　市\ufeff ＡＢ\n1") == "连云港 市 AB 1"


def test_names_are_made_comparable():
    assert normalise_name("江苏〔连云港〕 ａ•b— 公司") == normalise_name("江苏（连云港）A·B-公司")


def test_names_and_numbers_are_masked():
    assert [mask_name(n) for n in ("", "张", "张三", "欧阳小明明明")] == ["", "张", "张*", "欧***"]
    assert mask_id("11010519491231002X") == "1101************2X"
    assert mask_id("E12345678") == "E1******8"
    assert mask_id("123") == "***"
