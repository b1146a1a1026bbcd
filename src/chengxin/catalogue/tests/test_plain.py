"""No cell is taken for plain in which a rule would find something."""

import random

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.tests.test_compile_identifiers import samples
from chengxin.engine.rules.parts import judged, local_masks, parts_of
from chengxin.engine.rules.sieving import nested
from chengxin.engine.rules.statements import quoted
from chengxin.engine.values import RAW
from chengxin.kernel.ids import checksums
from chengxin.policy.queries import current_rulebook

FIELDS = (
    "subject_name", "subject_kind", "uscc", "registration_number", "org_code", "tax_number",
    "id_number", "document_number", "breach_facts", "fine_yuan", "decided_on", "remark",
)  # fmt: skip
TEXTS = (
    "2026-03-05", "1799-12-31", "2026-02-30", "infinity", "0.5", "999999999.999999", "1e3", "00.5",
    "警告", "法人及非法人组织", "organisation", "自然人 ", "当事人11010519491231002X", "a\u00adb",
    "\u2028甲", "1101051949１231002 ３", "公" * 200, "公" * 201, "12345.0", "甲&amp;", "\ufffd",
    "甲\u3000", "Ａ局", "\x85", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def penalty():
    book = current_rulebook()
    return compile_item(item(book, "penalty"), book)


def right_numbers(count: int) -> list[str]:
    """Numbers whose checks hold: nearly all of them plain."""
    rng = random.Random(5)
    made = []
    for _ in range(count):
        body = "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=8))
        inner = body + checksums.org_check(body)
        region = rng.choice(("320700", "331800", "101900", "200000"))
        code = rng.choice(("91", "92", "11", "N2", "Y1", "99")) + region + inner
        made += [inner, code + checksums.uscc_check(code)]
        digits = "3207" + "".join(rng.choices("0123456789", k=10))
        made.append(digits + checksums.registration_check(digits))
        number = f"320707{rng.randrange(1870, 2110)}{rng.randrange(14):02}{rng.randrange(33):02}001"
        made.append(number + checksums.id_check(number))
    return made


def granted(program, field, texts):
    """How many texts are plain; none of them may have a fault or another form."""
    part, plain = parts_of(program).each[field], program.plain[field]
    connection = duckdb.connect()
    connection.execute("PRAGMA disable_optimizer")
    columns = {field + RAW: pa.array(texts, pa.string())}
    columns |= {name: pa.nulls(len(texts), pa.string()) for name in part.contexts}
    connection.register("cells", pa.table(columns))
    names = [field, *part.helpers]
    kept = {name: plain.columns.get(name, quoted(field + RAW)) for name in names}
    kept = {n: sql for n, sql in kept.items() if n == field or n in plain.columns}
    values = ", ".join(f"{sql} AS {quoted('plain ' + name)}" for name, sql in kept.items())
    quick = f"SELECT *, {plain.sql} AS plain, {values} FROM ({nested('FROM cells', plain.stages)})"
    wrong = [f"j.{mask} <> 0" for mask in local_masks(part)]
    wrong += [f"j.{quoted(n)} IS DISTINCT FROM q.{quoted('plain ' + n)}" for n in kept]
    raw = quoted(field + RAW)
    both = f"({quick}) q JOIN ({judged(part, '(SELECT DISTINCT * FROM cells)')}) j USING ({raw})"
    found = connection.execute(
        f"SELECT {raw} FROM {both} WHERE q.plain AND ({' OR '.join(wrong)})"
    ).fetchall()
    assert found == []
    return connection.execute(f"SELECT count(*) FROM ({quick}) WHERE plain").fetchall()[0][0]


@pytest.mark.parametrize("field", FIELDS)
def test_a_plain_cell_has_no_fault_and_stays_as_it_is(penalty, field):
    texts = [*samples(700), *right_numbers(300), *TEXTS]

    assert granted(penalty, field, texts) > 0


@settings(max_examples=4, deadline=None)
@given(st.lists(st.text(max_size=24), min_size=1, max_size=200))
def test_whatever_people_write_the_plain_has_no_fault(texts):
    book = current_rulebook()
    penalty = compile_item(item(book, "penalty"), book)
    for field in ("subject_name", "breach_facts", "fine_yuan", "decided_on"):
        granted(penalty, field, [text.replace("\0", "") for text in texts])
