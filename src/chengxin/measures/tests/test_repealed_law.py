"""A repealed law ends the list, its entries and the measures that followed, that day."""

import shutil
from datetime import timedelta

import pytest

from chengxin.measures.errors import EntryOver, NotYourList
from chengxin.measures.models import MeasureCase
from chengxin.measures.queries import acting_on, standing
from chengxin.measures.services import impose
from chengxin.measures.values import EntryState, MeasureState
from chengxin.policy.queries import rulebook_folder
from chengxin.policy.services import load_rulebook
from chengxin.publication.queries import fact

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def repealed(tmp_path):
    """`repealed(law, day)`: the rulebook in which that law ends on that day."""

    def make(law, day):
        root = shutil.copytree(rulebook_folder(), tmp_path / "rulebook")
        file = root / "national" / "laws" / f"{law}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("status:", f"until: {day.isoformat()}\nstatus:", 1), encoding="utf-8"
        )
        return load_rulebook(root)

    return make


def test_an_entry_and_its_measures_end_with_the_law_of_the_list(case, repealed):
    case.served()
    measure = MeasureCase.objects.get(measure="market_supervision")
    day = case.imposable
    impose(measure_id=measure.id, reason="依法从严监管。", by=case.head, on=day, book=case.book)
    gone = day + ONE
    book = repealed("scjg-44", gone)

    assert standing(case.entry, on=day, book=book).state is EntryState.IN_EFFECT
    assert standing(case.entry, on=gone, book=book).state is EntryState.REPEALED
    shown = fact(case.entry.record, on=gone, book=book).showing
    assert shown.on(day)
    assert not shown.on(gone)
    assert shown.reason_on(gone) == "repealed"
    assert acting_on(measure, on=day, book=book).binds
    assert acting_on(measure, on=gone, book=book).state is MeasureState.LIFTED
    other = MeasureCase.objects.get(measure="honours_limit")
    with pytest.raises(EntryOver):
        impose(measure_id=other.id, reason="理由", by=case.head, on=gone, book=book)
    case.book, case.day = book, gone
    with pytest.raises(NotYourList):
        case.propose()


def test_a_measure_alone_ends_with_its_own_law(case, repealed):
    case.served()
    measure = MeasureCase.objects.get(measure="convenience_limit")
    impose(measure_id=measure.id, reason="理由", by=case.head, on=case.imposable, book=case.book)
    book = repealed("gbf-2020-42", case.imposable + ONE)

    assert acting_on(measure, on=case.imposable, book=book).binds
    after = acting_on(measure, on=case.imposable + ONE, book=book)
    assert after.state is MeasureState.LIFTED
    assert standing(case.entry, on=case.imposable + ONE, book=book).state is EntryState.IN_EFFECT
