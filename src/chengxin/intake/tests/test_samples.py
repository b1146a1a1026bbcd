"""Samples of accuracy: drawn by a formula, compared with the original, judged by the centre."""

from datetime import date
from uuid import UUID

import pytest

from chengxin.intake.ledger.models import Sample, SampleVerdict
from chengxin.intake.models import Batch
from chengxin.intake.queries import originals
from chengxin.intake.rules.sampling import digest_of, drawn, seed_of
from chengxin.intake.services import statements
from chengxin.intake.services.originals import received_lines
from chengxin.intake.services.sampling import draw_sample, judge_row, rows_of, verdict_of
from chengxin.intake.slips import NothingToSample, UnknownSample, VerdictFaulty
from chengxin.kernel.errors import NotPermitted
from chengxin.oversight.tests.conftest import AUDITOR, BOOK, CLERK, STRANGER, UNIT, send, someone
from chengxin.register.models import Record

pytestmark = pytest.mark.django_db
__all__ = ["send", "someone"]  # fixtures
OCTOBER, TODAY = date(2026, 10, 1), date(2026, 11, 5)
LINES = "".join(f"示例〔2026〕{n}号,事实{n}\n" for n in range(2, 40))
FILE = f"行政处罚决定书文号,违法事实\n{LINES}".encode()
LAYOUT = {
    "sheet": None,
    "columns": [
        {"header": "行政处罚决定书文号", "field": "document_number"},
        {"header": "违法事实", "field": "breach_facts"},
    ],
}


@pytest.fixture
def october(send):
    batch = send(on=date(2026, 10, 20), decided={date(2026, 10, 15): 30})
    Batch.objects.filter(id=batch.id).update(
        file_sha256=originals().put(FILE), layout=LAYOUT, filename="处罚.csv"
    )
    return batch


def draw(by=AUDITOR, on=TODAY, month=OCTOBER):
    return draw_sample(unit=UNIT, item="penalty", month=month, by=by, on=on, book=BOOK)


def test_the_same_population_gives_the_same_rows_and_nobody_chooses_them():
    population = [UUID(int=n) for n in range(200)]
    seed = seed_of("u", "penalty", "2026-10", digest_of(population))
    first = drawn(population, seed, 20)
    assert first == drawn(population[::-1], seed, 20)
    assert len(set(first)) == 20
    one_more = [*population, UUID(int=999)]
    assert seed_of("u", "penalty", "2026-10", digest_of(one_more)) != seed


def test_a_sample_keeps_the_original_line_beside_what_is_held(october):
    sample = draw()
    rows = rows_of(sample)
    assert (sample.population, sample.size, len(rows)) == (30, 20, 20)
    for row in rows:
        assert row.received == {
            "document_number": f"示例〔2026〕{row.line}号", "breach_facts": f"事实{row.line}",
        }  # fmt: skip
        assert row.held["document_number"] == row.received["document_number"]
    ids = list(Record.objects.values_list("id", flat=True))
    assert [row.record for row in rows] == drawn(ids, sample.seed, 20)


def test_natural_persons_are_never_drawn(send, october):
    send(on=date(2026, 10, 21), decided={date(2026, 10, 15): 5}, person=True)
    assert draw().population == 30
    send(on=date(2026, 9, 21), decided={date(2026, 9, 15): 5}, person=True)
    with pytest.raises(NothingToSample):
        draw(month=date(2026, 9, 1))


def test_a_sample_is_drawn_once_and_after_the_month(october):
    with pytest.raises(NothingToSample):
        draw(on=date(2026, 10, 31))
    draw()
    with pytest.raises(NothingToSample):
        draw()
    assert Sample.objects.count() == 1


@pytest.mark.parametrize("by", [CLERK, STRANGER])
def test_only_the_centre_draws_and_judges(october, by):
    with pytest.raises(NotPermitted):
        draw(by=by)
    sample = draw()
    with pytest.raises(NotPermitted):
        judge_row(sample_id=sample.id, position=1, wrong=(), note="", by=by, on=TODAY)
    assert not SampleVerdict.objects.exists()


def test_verdicts_are_counted_and_the_last_one_holds(october):
    sample = draw()

    def judge(position, *wrong, note=""):
        judge_row(
            sample_id=sample.id, position=position, wrong=wrong, note=note, by=AUDITOR, on=TODAY
        )

    judge(1)
    judge(2, "breach_facts", note="与原件不符")
    judge(3, "breach_facts", note="看错")
    judge(3)
    (checked,) = statements.samples()
    assert (checked.rows, checked.checked, checked.right) == (20, 3, 2)
    assert verdict_of(rows_of(sample)[1]).wrong == ["breach_facts"]


def test_a_verdict_names_fields_that_were_compared_and_says_what_is_wrong(october):
    sample = draw()
    act = {"sample_id": sample.id, "by": AUDITOR, "on": TODAY}
    with pytest.raises(VerdictFaulty):
        judge_row(position=1, wrong=("breach_facts",), note=" ", **act)
    with pytest.raises(VerdictFaulty):
        judge_row(position=1, wrong=("id_number",), note="x", **act)
    with pytest.raises(UnknownSample):
        judge_row(position=99, wrong=(), note="", **act)


def test_a_line_is_read_again_from_the_kept_file(october):
    october.refresh_from_db()
    assert received_lines(october, {5}) == {
        5: {"document_number": "示例〔2026〕5号", "breach_facts": "事实5"}
    }
