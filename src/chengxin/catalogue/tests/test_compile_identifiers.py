"""The SQL says of every number exactly what `kernel.ids` says."""
# ruff: noqa: E501

import random
from datetime import date

import pytest

from chengxin.catalogue.services.steps import stages_of
from chengxin.catalogue.values import Field, FieldType
from chengxin.engine.services.sessions import Session
from chengxin.engine.values import Program
from chengxin.kernel.ids import IdKind, check
from chengxin.policy.queries import current_rulebook

USCCS = (
    "91320700MA1X0T0X8T", "92320722MA1X1T1XX2", "11320700014380016G", "N2320723MF7000016A",
    "91350100M000100Y43", "123207064660000100", "00000000000000000X", "914403001922038216",
)  # fmt: skip
NUMBERS = (
    "11010519491231002X", "34052419800101001X", "110105491231002", "810000199408230021",
    "70404786X", "70404786-X", "110108000000016", "440301103097413", "3207001100012",
    "320700704047861", "32070070404786X", "E12345678", "H12345678", "12345678", "1234567890(A)",
    "FRA123456789012", "企独苏总字第000123号", "无", "N/A", "0", "1.23E+17", "911111111111111000",
)  # fmt: skip
NOISE = " \u3000-－—'\"=.Ｏ０OIZSQVx1Xa9．全\t\u200b\ufeff,;、ſß１"


def mutated(rng: random.Random, text: str) -> str:
    """The text with up to three characters put in, taken out, changed or swapped."""
    letters = list(text)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        at = rng.randrange(len(letters) + 1)
        new = rng.choice(NOISE + "0123456789ABCDEFGHJKLMNPQRTUWXY" * 2)
        match rng.randrange(4):
            case 0:
                letters.insert(at, new)
            case 1 if letters:
                letters.pop(at % len(letters))
            case 2 if letters:
                letters[at % len(letters)] = new
            case 3 if len(letters) > 1:
                a, b = at % len(letters), (at + 1) % len(letters)
                letters[a], letters[b] = letters[b], letters[a]
    return "".join(letters)


def samples(count: int) -> list[str]:
    rng = random.Random(20260401)
    made = [mutated(rng, rng.choice(USCCS + NUMBERS)) for _ in range(count)]
    made += [
        "".join(rng.choices("0123456789", k=rng.choice((9, 13, 15, 18)))) for _ in range(count)
    ]
    persons = [
        f"32070{rng.randrange(10)}19{rng.randrange(50, 99)}0{rng.randrange(1, 9)}1{rng.randrange(10)}"
        for _ in range(count)
    ]
    made += [person + "".join(rng.choices("0123456789X", k=4)) for person in persons]
    return [*USCCS, *NUMBERS, *made]


def findings(field: Field, texts: list[str], **others: list[str]) -> list[tuple[str | None, str]]:
    """Verdict|code and normalised text of each text, as the compiled SQL has them."""
    book = current_rulebook()
    kind = Field("kind", "", "", FieldType.TEXT)
    program = Program("test", ("kind", "number"), stages_of((kind, field), book), (_never(),))
    session = Session(program)
    session.load({"number": texts, **others}, date(2026, 1, 1))
    return session._connection.execute(
        'SELECT "number__finding", "number" FROM batch ORDER BY "__row"'
    ).fetchall()


def _never():
    from chengxin.engine.values import Rule

    return Rule("TEST", "number", '"number__finding" IS NULL AND false', "", "", "")


@pytest.mark.parametrize(
    ("field_type", "kind"),
    [
        (FieldType.USCC, IdKind.USCC),
        (FieldType.ORG_CODE, IdKind.ORG_CODE),
        (FieldType.REGISTRATION, IdKind.REGISTRATION),
        (FieldType.TAX, IdKind.TAX),
        (FieldType.ID_NUMBER, IdKind.ID_NUMBER),
    ],
)
def test_sql_and_kernel_agree_on_every_number(field_type, kind):
    texts = samples(3000)

    found = findings(Field("number", "", "", field_type), texts)

    for text, (finding, normalised) in zip(texts, found, strict=True):
        expected = check(text, kind)
        if expected.code == "IDS-EMPTY":
            assert (finding, normalised) == (None, None), text
        else:
            assert finding == f"{expected.verdict}|{expected.code}", (text, expected)
            assert normalised == expected.normalised, text


@pytest.mark.parametrize(
    "kind",
    [
        IdKind.PASSPORT,
        IdKind.HK_MACAO_PERMIT,
        IdKind.TAIWAN_PERMIT,
        IdKind.RESIDENCE_PERMIT,
        IdKind.FOREIGNER_ID,
    ],
)
def test_sql_and_kernel_agree_on_every_paper_of_a_person(kind):
    texts = samples(1000)
    field = Field("number", "", "", FieldType.ID_NUMBER, kind_from="kind")

    found = findings(field, texts, kind=[kind.value] * len(texts))

    for text, (finding, _) in zip(texts, found, strict=True):
        expected = check(text, kind)
        if expected.code != "IDS-EMPTY" and len(expected.normalised) != 15:
            assert finding == f"{expected.verdict}|{expected.code}", (text, expected)
