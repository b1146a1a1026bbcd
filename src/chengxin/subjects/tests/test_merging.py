"""Two entries found to be one body: merged by two officers, and split again exactly."""

from dataclasses import asdict
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook
from chengxin.subjects import queries
from chengxin.subjects.errors import (
    MergeNeedsGrounds,
    MergeNotOpen,
    NotOneBody,
    OwnMerge,
    PersonsNeverMerged,
    UnknownSubject,
)
from chengxin.subjects.models import Merge, Subject
from chengxin.subjects.rules.merging import Described, common_ground
from chengxin.subjects.services import (
    decide_merge,
    import_organisations,
    propose_merge,
    register_from_rows,
    split,
)
from chengxin.subjects.values import Party

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
NEW, OLD, TRADER = "91320700MA1X0T0X8T", "93320722MA00TT119L", "92320706MA1TT0T08R"
VERBS = ("subjects.propose_merge", "subjects.confirm_merge", "subjects.split")
FIRST, SECOND, THIRD = (Actor(one, one, "lyg-xyzx", dict.fromkeys(VERBS, "all")) for one in "abc")
GROUNDS = {"document": "连登字〔2026〕1号", "reason": "换发统一代码后的同一合作社"}


@pytest.fixture(autouse=True)
def bodies():
    rows = [
        {"name": "江苏海港水产有限公司", "uscc": NEW, "former_names": "连云港海港水产厂"},
        {"name": "连云港海港水产厂", "uscc": OLD},
        {"name": "海州区测试海鲜楼", "uscc": TRADER, "kind": "sole_trader"},
    ]
    by = Actor.system("subjects.import")
    import_organisations(rows=list(enumerate(rows, 2)), by=by, on=ON)


def pid(code):
    owner = Subject.objects.get(identifiers__lookup=code)
    return owner.public_id


def proposed(kept=NEW, absorbed=OLD, by=FIRST, **changes):
    facts = GROUNDS | changes
    ids = {"kept": pid(kept), "absorbed": pid(absorbed)}
    return propose_merge(**ids, **facts, by=by, on=ON, book=current_rulebook())


def merged(**what):
    made = proposed(**what)
    return decide_merge(merge_id=made.id, confirm=True, reason="核对无误", by=SECOND, on=ON)


def whole():
    """Everything a reader can learn of the three, as one digest."""
    said = {}
    for code in (NEW, OLD, TRADER):
        views = (queries.by_code(code), queries.by_public_id(pid(code)))
        said[code] = [asdict(view) for view in views]
    for text in ("海港", "水产厂", NEW, OLD, "海鲜楼"):
        said[text] = [[asdict(hit) for hit in queries.search(text)], queries.count(text)]
    said["n"] = queries.organisations()
    return sha256_hex(canonical_json(said))


def test_both_are_one_under_one_identifier_with_names_and_codes_of_both():
    merged()
    kept = queries.by_public_id(pid(OLD))
    assert kept.public_id == pid(NEW)
    assert (kept.code, kept.other_codes, kept.merged_ids) == (NEW, (OLD,), (pid(OLD),))
    assert kept.former_names == ("连云港海港水产厂",)
    assert queries.by_code(OLD) == queries.by_code(NEW) == kept
    assert queries.called([Subject.objects.get(public_id=pid(OLD)).id]).popitem()[1][0] == pid(NEW)


def test_a_search_finds_one():
    assert queries.count("海港") == 2
    merged()
    for text in ("海港", "水产厂", OLD, NEW):
        assert [hit.public_id for hit in queries.search(text)] == [pid(NEW)]
        assert queries.count(text) == 1
    assert queries.organisations() == 2


def test_split_gives_back_exactly_what_was():
    before = whole()
    made = merged()
    assert whole() != before
    split(merge_id=made.id, reason="两家不同", by=THIRD, on=ON)
    assert whole() == before


def test_as_known_before_and_between_it_stays_as_it_was():
    earlier = now()
    made = merged()
    between = now()
    split(merge_id=made.id, reason="两家不同", by=THIRD, on=ON)
    assert queries.by_public_id(pid(OLD), known=earlier).public_id == pid(OLD)
    assert queries.by_public_id(pid(OLD), known=between).public_id == pid(NEW)
    assert queries.by_public_id(pid(OLD)).public_id == pid(OLD)


def test_a_body_merged_into_one_that_is_merged_on_leads_to_the_last():
    extra = {"name": "连云港海港集团有限公司", "uscc": "91320700MA1TT2T22A"}
    rows = [(2, extra)]
    import_organisations(rows=rows, by=Actor.system("subjects.import"), on=ON)
    last = Subject.objects.get(name=extra["name"])
    inner = merged()
    made = propose_merge(
        kept=last.public_id, absorbed=pid(NEW), **GROUNDS, by=FIRST, on=ON, book=current_rulebook()
    )
    decide_merge(merge_id=made.id, confirm=True, reason="核对无误", by=SECOND, on=ON)
    assert queries.by_public_id(pid(OLD)).public_id == last.public_id
    assert len(queries.family(last.id)) == 3
    split(merge_id=inner.id, reason="两家不同", by=THIRD, on=ON)
    assert queries.by_public_id(pid(OLD)).public_id == pid(OLD)
    assert len(queries.family(last.id)) == 2


def test_a_proposal_changes_nothing_and_may_be_declined():
    before = whole()
    made = proposed()
    assert whole() == before
    decide_merge(merge_id=made.id, confirm=False, reason="证据不足", by=SECOND, on=ON)
    assert whole() == before
    proposed()


def test_two_officers_and_a_third_to_split():
    made = proposed()
    with pytest.raises(OwnMerge):
        decide_merge(merge_id=made.id, confirm=True, reason="核对无误", by=FIRST, on=ON)
    decide_merge(merge_id=made.id, confirm=True, reason="核对无误", by=SECOND, on=ON)
    with pytest.raises(OwnMerge):
        split(merge_id=made.id, reason="两家不同", by=SECOND, on=ON)
    with pytest.raises(MergeNotOpen):
        decide_merge(merge_id=made.id, confirm=False, reason="x", by=THIRD, on=ON)


def test_only_who_may():
    nobody = Actor("n", "n", "lyg-scjg", {})
    with pytest.raises(NotPermitted):
        proposed(by=nobody)
    made = proposed()
    with pytest.raises(NotPermitted):
        decide_merge(merge_id=made.id, confirm=True, reason="x", by=nobody, on=ON)
    with pytest.raises(NotPermitted):
        split(merge_id=made.id, reason="x", by=nobody, on=ON)


@pytest.mark.parametrize("missing", [{"reason": " "}, {"document": ""}])
def test_a_name_alone_is_no_ground(missing):
    with pytest.raises(MergeNeedsGrounds):
        proposed(**missing)


def test_persons_are_never_merged_whatever_their_names():
    people = [
        Party(name="李小样", codes={"id_number": number}, personal=True)
        for number in ("11010519491231002X", "440524188001010014")
    ]
    first, second = Subject.objects.in_bulk(register_from_rows(parties=people)).values()
    with pytest.raises(PersonsNeverMerged):
        propose_merge(
            kept=first.public_id, absorbed=second.public_id, **GROUNDS, by=FIRST, on=ON,
            book=current_rulebook(),
        )  # fmt: skip


def test_what_cannot_be_one_body_is_refused():
    with pytest.raises(NotOneBody):
        proposed(absorbed=NEW)
    with pytest.raises(NotOneBody):
        proposed(absorbed=TRADER)
    merged()
    with pytest.raises(NotOneBody):
        proposed()
    with pytest.raises(NotOneBody):
        proposed(kept=OLD, absorbed=NEW)
    with pytest.raises(UnknownSubject):
        propose_merge(
            kept="0000000000", absorbed=pid(OLD), **GROUNDS, by=FIRST, on=ON,
            book=current_rulebook(),
        )  # fmt: skip


def test_the_database_keeps_every_merge():
    made = merged()
    for change in ({"evidence": []}, {"decided_at": now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Merge.objects.filter(id=made.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()


def test_what_two_entries_share_is_told_with_its_weight():
    one = Described(("甲公司", "甲厂"), (("uscc", NEW),))
    other = Described(("甲厂",), (("org_code", NEW[8:17]),))
    ground = common_ground(one, other)
    assert [(piece["field"], piece["weight"]) for piece in ground] == [
        ("org_code", 1.0),
        ("name", 0.5),
    ]
    stranger = Described(("乙公司",), (("uscc", OLD),))
    assert all(piece["weight"] < 0 for piece in common_ground(one, stranger))
