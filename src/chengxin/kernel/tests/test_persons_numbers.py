from datetime import date

import pytest

from chengxin.kernel.ids import BadIdentifier, IdKind, IDNumber, Verdict, check
from chengxin.kernel.ids.checksums import ID_CHECKS, id_check, uscc_check, uscc_holds
from chengxin.kernel.ids.person import resembles_person
from chengxin.kernel.ids.uscc import check_uscc

# The two examples printed in the standard; every other number here is computed and nobody's.
STANDARD = ("11010519491231002X", "34052419800101001X")


@pytest.mark.parametrize("number", STANDARD)
def test_the_examples_of_the_standard_are_valid_and_never_published(number):
    for kind in (IdKind.ID_NUMBER, "any"):
        assert check(number, kind) == (IdKind.ID_NUMBER, Verdict.VALID, number, "", False)


def test_fifteen_digits_become_eighteen():
    checked = check("110105491231002", IdKind.ID_NUMBER)
    assert (checked.verdict, checked.normalised) == (Verdict.VALID, "11010519491231002X")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105194912310021", "IDS-CHECK-DIGIT"),
        ("11010519491331002X", "IDS-BIRTH-DATE"),
        ("11010519490229002X", "IDS-BIRTH-DATE"),
        ("99010519491231002X", "IDS-PROVINCE"),
        ("11010519491231002", "IDS-LENGTH"),
        ("1101051949123100X2", "IDS-ALPHABET"),
        ("110105194912310O2X", "IDS-ALPHABET"),
        ("1.10105E+17", "IDS-SPREADSHEET-NUMBER"),
    ],
)
def test_a_wrong_number_says_which_part_is_wrong(text, code):
    checked = check(text, IdKind.ID_NUMBER)
    assert (checked.verdict, checked.code) == (Verdict.INVALID, code)


def test_parse_gives_the_birthday_and_hides_the_number():
    number = IDNumber.parse("34052419800101001x")

    assert number.born_on == date(1980, 1, 1)
    assert "3405" not in repr(number)
    with pytest.raises(BadIdentifier):
        IDNumber.parse("340524198001010010")


def test_a_code_that_is_also_an_id_number_is_read_as_the_person_and_never_published():
    number = _uscc_and_id_number()

    assert check(number).kind is IdKind.ID_NUMBER
    as_code = check(number, IdKind.USCC)
    assert (as_code.verdict, as_code.code) == (Verdict.VALID, "IDS-ALSO-ID-NUMBER")
    assert not as_code.publishable


def test_an_id_number_in_a_code_column_is_held_and_never_published():
    number = next(n for n in STANDARD if not uscc_holds(n))
    checked = check(number, IdKind.USCC)
    assert (checked.verdict, checked.publishable) == (Verdict.HELD, False)


def test_a_mistyped_id_number_in_a_code_column_is_not_published_either():
    for number in STANDARD:
        for place in range(17):
            for digit in "0123456789":
                wrong = number[:place] + digit + number[place + 1 :]
                assert resembles_person(wrong)
                assert not check_uscc(wrong).publishable


@pytest.mark.parametrize(
    ("number", "kind"),
    [("830000199001010010", IdKind.RESIDENCE_PERMIT), ("932156198801010010", IdKind.FOREIGNER_ID)],
)
def test_permits_built_like_id_numbers_are_told_apart_by_their_beginning(number, kind):
    number = number[:17] + id_check(number[:17])
    for asked in (kind, "any"):
        assert check(number, asked) == (kind, Verdict.VALID, number, "", False)


@pytest.mark.parametrize(
    ("text", "kind", "normalised"),
    [
        ("E12345678", IdKind.PASSPORT, "E12345678"),
        ("ea1234567", IdKind.PASSPORT, "EA1234567"),
        ("AB 123456", IdKind.PASSPORT, "AB123456"),
        ("H12345678", IdKind.HK_MACAO_PERMIT, "H12345678"),
        ("Ｍ1234567801", IdKind.HK_MACAO_PERMIT, "M1234567801"),
        ("12345678", IdKind.TAIWAN_PERMIT, "12345678"),
        ("0012345678(b)", IdKind.TAIWAN_PERMIT, "0012345678B"),
        ("0012345678（B）", IdKind.TAIWAN_PERMIT, "0012345678B"),
        ("CHN123456789012", IdKind.FOREIGNER_ID, "CHN123456789012"),
    ],
)
def test_documents_without_a_check_digit_are_valid_by_shape_and_say_so(text, kind, normalised):
    checked = check(text, kind)
    assert checked == (kind, Verdict.VALID, normalised, "IDS-NO-CHECK-DIGIT", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("张三", IdKind.PASSPORT),
        ("A1234567", IdKind.HK_MACAO_PERMIT),
        ("1234567", IdKind.TAIWAN_PERMIT),
    ],
)
def test_what_has_another_shape_is_invalid(text, kind):
    assert (check(text, kind).verdict, check(text, kind).code) == (Verdict.INVALID, "IDS-FORM")


def _uscc_and_id_number() -> str:
    """A computed number that passes both checks: search the orders of one invented birthday."""
    for order in range(1000):
        body = f"32070619000101{order:03}"
        last = id_check(body)
        if last in ID_CHECKS and uscc_check(body) == last:
            return body + last
    raise AssertionError
