"""Search that forgives, and never finds a person."""

import logging
from datetime import date

import pytest

from chengxin.kernel.actor import Actor
from chengxin.subjects.models import Subject, SubjectName
from chengxin.subjects.queries import Within, find, hits
from chengxin.subjects.queries import searching as running
from chengxin.subjects.rules import asking
from chengxin.subjects.rules.pinyin import initials, readings, spoken
from chengxin.subjects.services import import_organisations, register_from_rows
from chengxin.subjects.values import Party, Reason

CODE = "91320700MA1X0T0X8T"
PERSON, PERSON_NUMBER = "慕容测试", "11010519491231002X"
PORT = "连云港新丝路物流有限公司"
GROUP = "连云港港口控股集团有限公司"
BANK = "东海县银行软件(连云港)有限责任公司"
LIST = (
    {
        "name": PORT, "uscc": CODE, "division": "320703", "industry": "G5432",
        "former_names": "连云港海州湾货运有限公司", "old_registration_number": "320700000000017",
    },
    {"name": GROUP, "uscc": "91320722MA1X1T1XX2", "division": "320706", "industry": "L7211"},
    {"name": BANK, "uscc": "91320706MA1T7A8B1H", "division": "320722", "industry": "I6510"},
    {"name": "海州区老渔港饭店", "uscc": "92320722MA1X1T1XX2", "kind": "sole_trader"},
)  # fmt: skip


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """The city, once for all tests here: they only read."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atom = transaction.atomic()
        atom.__enter__()
        by = Actor.system("subjects.import")
        import_organisations(rows=list(enumerate(LIST, 2)), by=by, on=date(2026, 11, 1))
        party = Party(name=PERSON, codes={"id_number": PERSON_NUMBER}, personal=True)
        register_from_rows(parties=[party])
        yield
        transaction.set_rollback(True)
        atom.__exit__(None, None, None)


@pytest.fixture
def found(city, db):
    """Name and reason of each result of a text."""
    return lambda text, **within: [
        (hit.name, hit.reason) for hit in hits(find(text, within=Within(**within)).matches)
    ]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (PORT, PORT, Reason.NAME),
        ("新丝路", PORT, Reason.NAME),
        ("ｘ 新丝路"[2:], PORT, Reason.NAME),
        ("海州湾货运", PORT, Reason.NAME),
        (CODE.lower(), PORT, Reason.CODE),
        ("MA1X0T0X8", PORT, Reason.CODE),
        ("320700000000017", PORT, Reason.CODE),
        (CODE[:9] + "O" + CODE[10:], PORT, Reason.NEAR_CODE),
        (CODE[:-2] + "7" + CODE[-1], PORT, Reason.NEAR_CODE),
        ("32O700000000017", PORT, Reason.NEAR_CODE),
        ("新絲路物流", PORT, Reason.TRADITIONAL),
        ("xinsilu", PORT, Reason.PINYIN),
        ("Xin Si Lu wul", PORT, Reason.PINYIN),
        ("yinhang", BANK, Reason.PINYIN),
        ("lygxsl", PORT, Reason.INITIALS),
        ("物流 新丝路", PORT, Reason.WORDS),
        ("新丝路物流有限责任公司", PORT, Reason.FORM),
        ("银行软件连云港", BANK, Reason.SHORT),
        ("连云港港口集团", GROUP, Reason.SHORT),
        ("港口集团", GROUP, Reason.SHORT),
        ("心思路物流", PORT, Reason.SOUND),
        ("新丝璐物", PORT, Reason.SOUND),
        ("新丝跑物流", PORT, Reason.SLIP),
        ("新丝路物物流", PORT, Reason.SLIP),
        ("新丝物路流", PORT, Reason.SLIP),
        ("老鱼缸大饭馆店", None, None),
    ],
)
def test_whatever_a_reader_has_in_hand_finds_it_and_says_why(found, text, name, reason):
    assert found(text)[:1] == ([(name, reason)] if name else [])


def test_the_whole_name_stands_before_what_only_holds_it(found):
    assert [name for name, _ in found("连云港")][:1] == [PORT]
    assert len(found("连云港")) == 3


@pytest.mark.parametrize(
    "within",
    [{"division": "320722"}, {"kind": "legal_person", "section": "I"}, {"only": []}],
)
def test_a_search_is_narrowed_to_a_county_a_kind_an_industry(found, within):
    expected = [] if within == {"only": []} else [BANK]
    assert [name for name, _ in found("连云港", **within)] == expected
    assert found("xinsilu", **within) == []
    assert found(CODE, **within) == []


@pytest.mark.parametrize(
    "text", [PERSON, PERSON[:2], "测试", "murong", "mrcs", PERSON_NUMBER, PERSON_NUMBER.lower(),
             f"{PERSON} {PERSON_NUMBER}", f"{PERSON_NUMBER[:6]} {PERSON_NUMBER[6:]}", "慕蓉测试"],
)  # fmt: skip
def test_a_person_is_never_found_nor_suggested_nor_counted(found, text, caplog):
    caplog.set_level(logging.DEBUG)
    assert found(text) == []
    assert PERSON_NUMBER not in caplog.text
    assert PERSON not in caplog.text


def test_no_name_can_be_a_person_s(city, db):
    person = Subject.objects.get(kind="natural_person")
    assert not SubjectName.objects.filter(subject=person).exists()
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="name_of_no_person"), transaction.atomic():
        SubjectName.objects.create(
            subject=person, text="x", normalised="X", is_current=True, traits="k:natural_person"
        )


@pytest.mark.parametrize(
    "text",
    ["", "港", "%", "%_%", "__", "';--", "a' | 'b", "a|b&!c:*", "\\\\", "(.*)+$", "\0", "😀😀",
     "有限公司连云港" * 30, "龘" * 200, "-1 or 1=1", "<->", "''", ":*", "x" * 5000],
)  # fmt: skip
def test_strange_text_is_only_text_and_takes_no_longer(found, text):
    assert len(found(text)) <= 3
    assert not find(text).curtailed


def test_out_of_time_a_search_says_so_and_the_statement_keeps_what_was_asked(city, db, monkeypatch):
    slow = running._SELECT.replace(" WHERE", ", pg_sleep(1) WHERE") + "%(key)s <> '' {among}"
    monkeypatch.setattr(running, "_BY_KEY", slow)
    finding = find("新丝路物流", time_ms=40)
    assert finding.curtailed
    assert finding.matches == ()


def test_what_a_subject_is_changes_what_it_is_found_by(city, db):
    subject = SubjectName.objects.get(text=GROUP).subject
    subject.division = "320724"
    subject.save(update_fields=["division"])
    (name,) = SubjectName.objects.filter(subject=subject)
    assert name.traits == "k:legal_person d:320724 s:L"
    assert len(find("港口", within=Within(division="320724")).matches) == 1


def test_words_are_read_as_they_are_said():
    assert spoken("重庆银行ABC") == " chong qing yin hang "
    assert initials("连云港A1公司") == "lyga1gs"
    assert readings("xinsilu")[0] == ("xin", "si", "lu")
    assert ("xi", "an") in readings("xian")
    assert readings("lygxsl") == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("连市监罚[2026]12号", "连市监罚〔2026〕12号"),
        ("连市监罚（２０２６）12号", "连市监罚〔2026〕12号"),
    ],
)
def test_a_document_number_is_known_whatever_its_brackets(text, wanted):
    assert wanted in asking.document_numbers(text)
    assert asking.document_numbers("新丝路物流") == ()
