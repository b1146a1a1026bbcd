import csv
from pathlib import Path

import pytest

from chengxin.kernel.ids import USCC, BadIdentifier, IdKind, Verdict, check
from chengxin.kernel.ids.checksums import USCC_ALPHABET, uscc_check

# Codes of public companies and bodies, and invented ones with right checks.
PUBLISHED = [
    "914403001922038216",
    "9144030071526726XG",
    "91330100799655058B",
    "9152000071430580XT",
    "91100000100003962T",
    "911100001000044477",
    "9144030010001686XA",
    "91440300192317458F",
    "91110108551385082Q",
    "91110000710925462X",
    "9111000071093123XX",
    "9144030027939873X7",
    "91350900587527783P",
    "91320100748204660Q",
    "9132070070404786XB",
    "913207006083959289",
    "91350100M000100Y43",
    "11420000MB15291767",
]
INVENTED = [
    "91320700MA1X0T0X8T",
    "92320722MA1X1T1XX2",
    "93320723MA1X2T2X14",
    "11320700014380016G",
    "123207064660000100",
    "51320700509000011W",
    "52320700MJ5000017E",
    "53320700MJ6000019P",
    "N2320723MF7000016A",
]
VECTORS = Path(__file__).parents[5] / "shared/data/uscc_vectors_stdnum.csv"


@pytest.mark.parametrize("code", PUBLISHED + INVENTED)
def test_a_real_code_is_valid_with_both_checks_and_may_be_published(code):
    for kind in (IdKind.USCC, "any"):
        assert check(code, kind) == (IdKind.USCC, Verdict.VALID, code, "", True)


@pytest.mark.parametrize("code", PUBLISHED + INVENTED)
def test_a_wrong_check_character_is_held_never_refused(code):
    wrong = code[:-1] + USCC_ALPHABET[(USCC_ALPHABET.index(code[-1]) + 1) % 31]

    checked = check(wrong, IdKind.USCC)

    assert checked.verdict is Verdict.HELD
    assert checked.code == "IDS-CHECK-DIGIT"
    assert "逐位核对" in checked.message_zh
    assert "a person may confirm it" in checked.message_en


@pytest.mark.parametrize(
    "written",
    [
        "９１３２０７００７０４０４７８６ＸＢ",
        " 91 3207 0070404786XB ",
        "9132070070404786xb",
        "913207-00-70404786-XB",
        "'9132070070404786XB",
        '="9132070070404786XB"',
        "\ufeff9132070070404786XB\u200b\t",
        "9132　0700　7040　4786　XB",
    ],
)
def test_spaces_width_case_hyphens_and_spreadsheet_quotes_are_forgiven(written):
    assert check(written).normalised == "9132070070404786XB"
    assert check(written).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("91320700MA1I0T0X8T", "IDS-ALPHABET"),
        ("9132070070404786X", "IDS-LENGTH"),
        ("", "IDS-EMPTY"),
        ("无", "IDS-EMPTY"),
        ("9.13207E+17", "IDS-SPREADSHEET-NUMBER"),
        ("9.132070060839593e+17", "IDS-SPREADSHEET-NUMBER"),
    ],
)
def test_what_cannot_be_a_code_is_invalid(text, code):
    checked = check(text, IdKind.USCC)

    assert (checked.verdict, checked.code) == (Verdict.INVALID, code)
    assert not checked.publishable


@pytest.mark.parametrize("text", ["00000000000000000X", "0" * 18, "９" * 18])
def test_a_placeholder_is_held_and_never_published(text):
    checked = check(text, IdKind.USCC)

    assert (checked.verdict, checked.code) == (Verdict.HELD, "IDS-PLACEHOLDER")
    assert not checked.publishable


def test_a_region_that_never_existed_is_no_reason_to_refuse():
    body = "91999999" + "704047866"
    assert check(body + uscc_check(body), IdKind.USCC).verdict is Verdict.VALID


def test_a_wrong_check_of_the_inner_organisation_code_is_only_noted():
    body = "91320700" + "704047861"

    checked = check(body + uscc_check(body), IdKind.USCC)

    assert (checked.verdict, checked.code) == (Verdict.VALID, "IDS-INNER-CHECK")
    assert checked.publishable


def test_an_unknown_department_is_held_for_new_ones_are_founded():
    body = "B1320700" + "70404786X"
    checked = check(body + uscc_check(body), IdKind.USCC)
    assert (checked.verdict, checked.code) == (Verdict.HELD, "IDS-PREFIX")


def test_a_code_rounded_to_fifteen_digits_is_recognised():
    checked = check("913207006083959000", IdKind.USCC)
    assert (checked.code, checked.publishable) == ("IDS-DIGITS-LOST", False)


def test_parse_returns_the_parts_and_refuses_what_is_only_held():
    code = USCC.parse("9132070070404786xb")

    assert (code.region, code.org_code, code.is_sole_trader) == ("320700", "70404786X", False)
    with pytest.raises(BadIdentifier) as refusal:
        USCC.parse("9132070070404786XC")
    assert refusal.value.facts["reason"] == "IDS-CHECK-DIGIT"
    assert "9132070070404786" not in str(refusal.value.as_json())


def test_compose_computes_both_check_characters():
    assert str(USCC.compose("91", "320700", "MA1X0T0X")) == "91320700MA1X0T0X8T"


@pytest.mark.skipif(not VECTORS.exists(), reason="../shared/data is not on this machine")
def test_every_vector_found_elsewhere_gets_the_verdict_expected():
    with VECTORS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    unexpected = [
        (row["值"], check(row["值"], IdKind.USCC))
        for row in rows
        if (check(row["值"], IdKind.USCC).verdict is Verdict.VALID)
        != (row["来源声称有效"] == "true")
    ]

    assert len(rows) == 206
    assert unexpected == []
