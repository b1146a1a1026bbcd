"""What is released is what was submitted: the held file is proved before it is used."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chengxin.audit.models import AuditEntry
from chengxin.intake.models import BatchState
from chengxin.intake.queries import place_of
from chengxin.intake.refusals import HeldFileTampered, HeldRowsChanged
from chengxin.intake.services import holding, release, reviving, submit
from chengxin.intake.services.holding import HELD_DIGEST, content_digest
from chengxin.register.models import Record

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture(params=[2_000, 0], ids=["short", "as a set"])
def held(request, book, clerk, penalty_file, monkeypatch):
    monkeypatch.setattr(holding, "WORTH_A_SET", request.param)
    return submit(
        data=penalty_file({}, {"document_number": "连市监罚〔2026〕102号"}),
        filename="处罚.xlsx",
        item="penalty",
        unit="lyg-scjg",
        by=clerk,
        on=ON,
        book=book,
    )


def rewritten(batch, change):
    file = place_of(batch)
    table = pq.read_table(file).to_pydict()
    change(table)
    schema = pa.schema([field.with_nullable(True) for field in pq.read_schema(file)])
    pq.write_table(pa.table(table, schema=schema), file)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table["fine_yuan"].__setitem__(1, "1"),
        lambda table: table["line"].reverse(),
        lambda table: [column.append(column[0]) for column in table.values()],
        lambda table: table["__careful"].__setitem__(0, not table["__careful"][0]),
        lambda table: table["penalty_kind"].__setitem__(0, None),
    ],
    ids=["a value", "the lines", "a row more", "a mark", "a cell emptied"],
)
def test_a_held_file_that_was_changed_is_refused_and_nothing_written(held, change, book, reviewer):
    rewritten(held, change)

    with pytest.raises(HeldFileTampered):
        release(number=held.number, by=reviewer, on=ON, book=book)

    held.refresh_from_db()
    assert held.state == BatchState.SUBMITTED
    assert not Record.objects.exists()


def test_a_held_file_written_anew_with_the_same_cells_is_taken(held, book, reviewer):
    rewritten(held, lambda table: None)

    assert release(number=held.number, by=reviewer, on=ON, book=book).state == BatchState.RELEASED


def test_a_lost_file_and_one_held_without_a_digest_are_made_anew(held, book, reviewer):
    before = content_digest(place_of(held))
    rewritten(held, lambda table: table["fine_yuan"].__setitem__(1, "1"))
    del held.tally[HELD_DIGEST]  # as by the version before
    held.save()
    release(number=held.number, by=reviewer, on=ON, book=book)

    assert AuditEntry.objects.get(verb="intake.submit").facts[HELD_DIGEST] == before
    fines = {record.events.get().facts["fine_yuan"] for record in Record.objects.all()}
    assert "1" not in fines


def test_rules_that_find_other_values_are_refused_each_time(held, book, reviewer, monkeypatch):
    place_of(held).unlink()
    made = reviving.hold

    def otherwise(batch, *rest):
        count = made(batch, *rest)
        rewritten(batch, lambda table: table["fine_yuan"].__setitem__(1, "1"))
        return count

    monkeypatch.setattr(reviving, "hold", otherwise)
    for _ in range(2):
        with pytest.raises(HeldRowsChanged):
            release(number=held.number, by=reviewer, on=ON, book=book)
    assert not place_of(held).exists()


def test_the_digest_is_of_cells_not_of_their_layout(tmp_path):
    def written(name, texts, **how):
        columns = {
            "line": pa.array(range(len(texts)), pa.int32()),
            "a": pa.array(texts, pa.string()),
        }
        pq.write_table(pa.table(columns), tmp_path / name, **how)
        return content_digest(tmp_path / name)

    texts = [None if n % 3 == 0 else "甲" * (n % 5) for n in range(50)]
    same = {
        written("1", texts),
        written("2", texts, row_group_size=7, compression="none"),
        written("3", texts, use_dictionary=False),
    }
    assert len(same) == 1
    assert written("4", ["" if text is None else text for text in texts]) not in same
    assert written("5", ["ab", "c"]) != written("6", ["a", "bc"])
