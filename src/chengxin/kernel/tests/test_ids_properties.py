from hypothesis import given
from hypothesis import strategies as st

from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.ids.checksums import USCC_ALPHABET, id_check, org_check, uscc_check
from chengxin.kernel.ids.cleaning import clean
from chengxin.kernel.ids.person import PROVINCES
from chengxin.kernel.ids.reasons import REASONS

KINDS = st.sampled_from([*IdKind, "any"])
TEXTS = st.text() | st.text("0123456789ABCDEFXxOI-. ０９Ｘ'=\"E+()", max_size=25)


@st.composite
def usccs(draw):
    serial = draw(st.text(USCC_ALPHABET, min_size=8, max_size=8))
    prefix = draw(st.sampled_from(["91", "92", "93", "11", "12", "51", "N2", "A1", "Y1"]))
    body = prefix + draw(st.from_regex(r"[1-6][0-9]{5}", fullmatch=True)).replace("\n", "") + serial
    body += org_check(serial)
    return body + uscc_check(body)


@st.composite
def id_numbers(draw):
    region = draw(st.sampled_from(sorted(PROVINCES))) + f"{draw(st.integers(0, 9999)):04}"
    born = draw(st.dates(min_value=_day(1900), max_value=_day(2026)))
    body = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + id_check(body)


def _day(year):
    from datetime import date

    return date(year, 1, 1)


@given(TEXTS, KINDS)
def test_no_text_makes_the_check_fail(text, kind):
    checked = check(text, kind)

    assert checked.code == "" or checked.code in REASONS
    assert bool(checked.code) == bool(checked.message_zh) == bool(checked.message_en)
    assert checked.code or checked.verdict is Verdict.VALID


@given(TEXTS, KINDS)
def test_checking_the_normalised_text_again_changes_nothing(text, kind):
    once = check(text, kind)
    if once.verdict is not Verdict.INVALID:
        again = check(once.normalised, once.kind)
        assert (again.verdict, again.normalised) == (once.verdict, once.normalised)


@given(usccs(), st.integers(0, 17), st.characters())
def test_no_change_of_one_character_leaves_a_code_valid(code, place, character):
    changed = code[:place] + character + code[place + 1 :]

    checked = check(changed, IdKind.USCC)

    assert checked.normalised == code or checked.verdict is not Verdict.VALID


@given(usccs(), st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_no_substitution_within_the_alphabet_leaves_a_code_valid(code, place, character):
    changed = code[:place] + character + code[place + 1 :]
    assert changed == code or check(changed, IdKind.USCC).verdict is not Verdict.VALID


@given(id_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_no_change_of_one_character_leaves_an_id_number_valid(number, place, character):
    assert check(number, IdKind.ID_NUMBER).verdict is Verdict.VALID
    changed = number[:place] + character + number[place + 1 :]
    assert changed == number or check(changed, IdKind.ID_NUMBER).verdict is Verdict.INVALID


@given(id_numbers(), KINDS)
def test_an_id_number_is_published_under_no_name(number, kind):
    for written in (number, number.lower(), f" {number[:6]} {number[6:14]}-{number[14:]}"):
        assert not check(written, kind).publishable


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
