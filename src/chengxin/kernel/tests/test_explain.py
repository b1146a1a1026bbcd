import pytest

from chengxin.kernel.ids import IdKind, check
from chengxin.kernel.ids.explain import explain
from chengxin.kernel.ids.reasons import KIND_NAMES, REASONS
from chengxin.kernel.ids.values import Checked, Verdict


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_a_sentence_in_both_languages_for_every_kind(code):
    for kind in KIND_NAMES:
        for text in ("", "9132O", "企业"):
            zh, en = explain(Checked(kind, Verdict.INVALID, text, code, publishable=False))
            assert zh.endswith("。")
            assert en.endswith(".")
            assert "{" not in zh + en


def test_a_letter_taken_for_a_digit_is_named_but_never_replaced():
    checked = check("9132O70070404786XB", IdKind.USCC)

    assert checked.normalised == "9132O70070404786XB"
    assert "第 5 位“O”" in checked.message_zh
    assert "可能应为“0”（改后校验相符）" in checked.message_zh
    assert "meant as “0”, which makes the check fit" in checked.message_en


def test_a_lost_leading_zero_is_suspected():
    assert "开头的 0" in check("14380016", IdKind.ORG_CODE).message_zh


def test_a_rounded_number_says_that_it_cannot_be_restored():
    checked = check("9.13207E+17")
    assert "无法还原" in checked.message_zh
    assert "Set the column to text" in checked.message_en


def test_no_sentence_repeats_the_number():
    checked = check("110105194912310021", IdKind.ID_NUMBER)
    assert "1101" not in checked.message_zh + checked.message_en
