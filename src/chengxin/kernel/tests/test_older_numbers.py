import pytest

from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.ids.checksums import registration_check


@pytest.mark.parametrize("number", ["110108000000016", "440301103097413"])
def test_registration_numbers_of_fifteen_digits_are_valid(number):
    for kind in (IdKind.REGISTRATION, "any"):
        assert check(number, kind) == (IdKind.REGISTRATION, Verdict.VALID, number, "", True)


def test_a_wrong_check_digit_of_a_registration_number_is_held():
    checked = check("440301103097414", IdKind.REGISTRATION)
    assert (checked.verdict, checked.code) == (Verdict.HELD, "IDS-CHECK-DIGIT")


@pytest.mark.parametrize("number", ["3207002100123", "企独苏总字第000123号", "企合苏连分字第0022"])
def test_older_registration_numbers_have_no_check_digit_and_say_so(number):
    for kind in (IdKind.REGISTRATION, "any"):
        checked = check(number, kind)
        assert checked == (IdKind.REGISTRATION, Verdict.VALID, number, "IDS-NO-CHECK-DIGIT", True)


def test_fifteen_digits_that_are_both_registration_and_id_number_are_never_published():
    body = "32070070010112"
    number = body + registration_check(body)

    checked = check(number)

    assert (checked.kind, checked.verdict) == (IdKind.REGISTRATION, Verdict.VALID)
    assert (checked.code, checked.publishable) == ("IDS-ALSO-ID-NUMBER", False)


def test_fifteen_digits_that_only_fit_an_id_number_are_one():
    body = "32070070010112"
    wrong = str((int(registration_check(body)) + 1) % 10)
    assert check(body + wrong).kind is IdKind.ID_NUMBER


@pytest.mark.parametrize("written", ["70404786-X", "70404786－x", "7040 4786 X"])
def test_organisation_codes_are_valid_with_and_without_hyphen(written):
    for kind in (IdKind.ORG_CODE, "any"):
        assert check(written, kind) == (IdKind.ORG_CODE, Verdict.VALID, "70404786X", "", True)


def test_a_spreadsheets_decimal_point_is_taken_off():
    assert check("704047861.0", IdKind.ORG_CODE).normalised == "704047861"
    assert check("201312142.0").normalised == "201312142"


def test_a_held_organisation_code_that_could_be_a_passport_is_not_published():
    held = check("E12345678", IdKind.ORG_CODE)
    assert held.verdict is Verdict.HELD
    assert not held.publishable


@pytest.mark.parametrize(
    ("number", "verdict", "publishable"),
    [
        ("9132070070404786XB", Verdict.VALID, True),  # today's tax number is the USCC
        ("32070570404786X", Verdict.VALID, True),  # region and organisation code
        ("32070570404786X01", Verdict.VALID, True),
        ("320705704047861", Verdict.HELD, False),
        ("11010519491231002X", Verdict.VALID, False),  # a person's
        ("11010519491231002X01", Verdict.VALID, False),
        ("11010549123100201", Verdict.VALID, False),
        ("3207", Verdict.INVALID, False),
        ("AB070570404786X", Verdict.INVALID, False),
    ],
)
def test_old_tax_numbers_are_believed_by_the_number_inside(number, verdict, publishable):
    checked = check(number, IdKind.TAX)
    assert (checked.verdict, checked.publishable) == (verdict, publishable)
