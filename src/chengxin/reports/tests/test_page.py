"""The page as a reader has it: every fact, every character, every silence named."""

import io
import shutil
import subprocess
from collections import Counter
from dataclasses import replace

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from chengxin.reports.coverage import characters, spelled_out
from chengxin.reports.rendering import REGULAR
from chengxin.reports.tests.samples import a_content, a_fact, page_of
from chengxin.reports.values import PartState

RARE = "䶮骉㼆𬱖𠅤"
NOT_IN_FONT = "\U00030000"
GRADES = ("信用等级：", "信用评分：", "得分", "AAA", "评级结果")


def pages(pdf):
    return int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])


@pytest.fixture(scope="module")
def text_of(tmp_path_factory):
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed: the text is not read back")
    folder = tmp_path_factory.mktemp("pages")

    def read(content):
        (folder / "report.pdf").write_bytes(page_of(content))
        command = [tool, "-layout", folder / "report.pdf", "-"]
        done = subprocess.run(command, capture_output=True, check=True)
        return done.stdout.decode().replace("\n\n", "\n")

    return read


def with_facts(*facts):
    """The sample with these facts in its second part."""
    content = a_content(permits=0, penalties=1)
    first, second, *rest = content.parts
    return replace(content, parts=(first, replace(second, facts=facts), *rest))


def test_text_can_be_searched_and_copied(text_of):
    text = text_of(a_content())
    for wanted in (
        "公共信用信息报告",
        "连云港示例海产食品有限公司",
        "91320700MA1X0T0X8T",
        "3F7K-Q2WM-8XN4-T6PJ",
        "连市监罚〔2026〕2号",
        "2026年5月12日",
        "《示例处罚法》第四十八条",
        "9f86d081884c7d65",
        "第 1 页，共",
    ):
        assert wanted in text, wanted


def test_silence_of_two_kinds_is_told_apart(text_of):
    content = a_content(permits=1, penalties=0)
    text = "".join(text_of(content).split())
    states = Counter(part.state for part in content.parts)
    assert states[PartState.NOT_COLLECTED] > states[PartState.EMPTY] > 0
    assert text.count("此处空白不代表该主体没有此类信息") >= states[PartState.NOT_COLLECTED]
    assert text.count("查询期内无相关信息。") == states[PartState.EMPTY]

    nothing = text_of(a_content(permits=0, penalties=0))
    assert "查询期内无相关信息。" in nothing


def test_the_ten_parts_and_the_local_one_are_all_there(text_of):
    text = text_of(a_content())
    for number in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"):
        assert f"{number}、" in text


def test_there_is_no_score_and_no_grade(text_of):
    text = "".join(text_of(a_content()).split())
    assert [word for word in GRADES if word in text] == []
    assert "不对主体作信用评分或者信用等级评定" in text


def test_the_english_report_labels_in_english_and_keeps_the_facts(text_of):
    text = text_of(a_content(language="en"))
    assert "Public Credit Information Report" in text
    assert "This system does not collect this class" in text
    assert "连市监罚〔2026〕2号" in text


def test_rare_characters_of_names_are_in_both_fonts():
    for font in REGULAR.parent.glob("*.ttf"):
        assert characters(font).issuperset(RARE), font.name


def test_rare_characters_are_printed(text_of):
    assert f"连云港{RARE}有限公司" in text_of(a_content(name=f"连云港{RARE}有限公司"))


def test_a_character_outside_the_font_is_spelled_out_and_kept_in_the_twin(text_of):
    name = f"连云港{NOT_IN_FONT}有限公司"
    assert spelled_out(name, REGULAR) == "连云港〔U+30000〕有限公司"
    assert "连云港〔U+30000〕有限公司" in text_of(a_content(name=name))


def test_what_the_page_says_itself_is_all_in_the_fonts():
    words = (REGULAR.parent.parent / "templates" / "words.typ").read_text(encoding="utf-8")
    said = {one for one in words if one >= " "}
    for font in REGULAR.parent.glob("*.ttf"):
        assert said - characters(font) == set(), font.name


def test_two_hundred_facts_break_into_pages_and_the_head_repeats(text_of):
    content = a_content(permits=100, penalties=100)
    text = text_of(content)
    assert pages(page_of(content)) > 30
    assert text.count("公示截止\n") >= 4
    assert text.count("20261123143005K7Q2MX") >= pages(page_of(content))
    for number in range(1, 101):
        assert f"连市监罚〔2026〕{number}号" in text


def test_a_fact_longer_than_a_page_is_printed_to_its_end(text_of):
    fact = a_fact()
    long = tuple(
        replace(line, value="违法事实" * 1500 + "至此结束") if line.name == "breach_facts" else line
        for line in fact.lines
    )
    text = text_of(with_facts(replace(fact, lines=long)))
    assert "至此结束" in text
    assert text.count("连市监罚〔2026〕1号") >= 3


@pytest.mark.parametrize("length", [700, 780, 800, 820, 1000])
def test_a_fact_about_a_page_long_loses_nothing(text_of, length):
    fact = a_fact()
    long = tuple(
        replace(line, value="事" * length + "毕") if line.name == "breach_facts" else line
        for line in fact.lines
    )
    text = text_of(with_facts(replace(fact, lines=long), replace(fact, lines=long)))
    assert text.count("事") >= 2 * length
    assert text.count("毕") == 2
    assert text.count("9f86d081884c7d65") == 2


def test_markup_in_a_fact_is_text(text_of):
    name = '#panic("x") *甲* $x$ <b> @y \\ [乙]'
    assert name in text_of(a_content(name=name))


def test_the_same_content_gives_the_same_bytes():
    assert page_of(a_content()) == page_of(a_content())


def test_a_report_stays_small():
    assert len(page_of(a_content(permits=25, penalties=25))) < 300_000


def test_a_demonstration_says_so_on_every_page(text_of):
    content = a_content()
    shown = replace(content, issuer=replace(content.issuer, demonstration=True))
    assert text_of(content).count("演") == 1  # the demonstration address of the sample site
    assert text_of(shown).count("演") == 1 + pages(page_of(shown))
