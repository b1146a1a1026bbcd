"""A unit's mapping of columns is remembered, proposed again, and forgotten when it asks."""

from datetime import date

import pytest

from chengxin.intake.errors import BadMapping
from chengxin.intake.models import RememberedMapping
from chengxin.intake.refusals import NothingRemembered
from chengxin.intake.services import preview
from chengxin.intake.services.remembering import (
    count_use,
    forget_mapping,
    recall_for,
    remember_mapping,
    remembered_mappings,
)
from chengxin.intake.tests.sheets import HEADERS, as_csv, row, rows
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook

UNIT, ITEM = "lyg-scjg", "penalty"
OWN = [*HEADERS[:5], "本局自定列", *HEADERS[6:]]


def look(lines, unit=UNIT, **how):
    recall = recall_for(unit)
    book = current_rulebook()
    return preview(as_csv(lines), "a.csv", book=book, on=date(2026, 4, 1), recall=recall, **how)


def remember(by, headers=OWN, mapping=None, unit=UNIT):
    decided = mapping or dict.fromkeys(OWN) | {"本局自定列": "breach_kind"}
    book = current_rulebook()
    return remember_mapping(
        unit=unit, item=ITEM, headers=headers, mapping=decided, by=by, book=book
    )


def officer(login, *verbs):
    return Actor(login=login, name=login, unit=UNIT, powers=dict.fromkeys(verbs, Scope.OWN_UNIT))


@pytest.fixture
def clerk():
    return officer("clerk", "intake.preview", "intake.submit")


@pytest.fixture
def reviewer():
    return officer("reviewer", "intake.preview", "intake.release")


@pytest.mark.django_db
def test_the_next_file_with_the_same_columns_is_proposed_what_was_decided(clerk):
    before = look([OWN, *rows(3)], item_code=ITEM)
    remember(
        clerk, mapping={c.header: c.field for c in before.columns} | {"本局自定列": "breach_kind"}
    )

    seen = look([OWN, *rows(3)], item_code=ITEM)
    other = look([OWN, *rows(3)], unit="lyg-sthj", item_code=ITEM)

    assert {c.header: c.field for c in before.columns}["本局自定列"] is None
    assert {c.header: (c.field, c.source) for c in seen.columns}["本局自定列"] == (
        "breach_kind",
        "remembered",
    )
    assert (before.remembered, seen.remembered, other.remembered) == (False, True, False)
    assert seen.as_json()["remembered"] is True


@pytest.mark.django_db
def test_content_that_contradicts_what_is_remembered_is_asked_about_all_the_same(clerk):
    plain = look([list(HEADERS), *rows(3)], item_code=ITEM)
    remember(clerk, headers=list(HEADERS), mapping={c.header: c.field for c in plain.columns})
    swapped = {"处罚类别": "连云港市示例局", "处罚机关": "罚款"}

    seen = look([list(HEADERS), row(1, **swapped), row(2, **swapped)], item_code=ITEM)

    assert seen.remembered
    assert [question.kind for question in seen.blocking_questions] == ["swapped"]


@pytest.mark.django_db
def test_a_swap_remembered_is_set_aside_for_a_file_that_is_not_swapped(clerk):
    headers = list(HEADERS)
    swapped = {"处罚类别": "连云港市示例局", "处罚机关": "罚款"}
    lines = [headers, row(1, **swapped), row(2, **swapped)]
    (question,) = look(lines, item_code=ITEM).blocking_questions
    found = look([headers, *rows(3)], item_code=ITEM)
    decided = {c.header: c.field for c in found.columns} | question.proposal
    remember(clerk, headers=headers, mapping=decided)

    as_then, right = look(lines, item_code=ITEM), look([headers, *rows(3)], item_code=ITEM)

    assert (as_then.remembered, as_then.blocking_questions) == (True, ())
    assert (right.remembered, right.blocking_questions) == (False, ())
    assert right.columns == found.columns
    (told,) = [one for one in right.questions if one.kind == "remembered_misfit"]
    assert set(told.columns) == {"处罚类别", "处罚机关"}
    assert "仍保留" in told.message_zh
    assert "stays remembered" in told.message_en
    assert look(lines, item_code=ITEM).remembered


@pytest.mark.django_db
def test_a_broken_header_settled_once_is_not_asked_about_again(clerk):
    glued = ["序号\t" + HEADERS[0], *HEADERS[1:]]
    lines = [glued, *rows(3)]
    first = look(lines, item_code=ITEM)
    (question,) = [one for one in first.blocking_questions if one.kind == "broken_header"]

    remember(clerk, headers=glued, mapping=question.proposal)
    seen = look(lines, item_code=ITEM)

    assert question.proposal[glued[0]] == "document_number"
    assert (seen.remembered, seen.blocking_questions) == (True, ())


@pytest.mark.django_db
def test_uses_are_counted_and_another_decision_begins_anew(clerk):
    kept = remember(clerk)
    remember(clerk)
    count_use(unit=UNIT, item=ITEM, headers=OWN)
    kept.refresh_from_db()
    used = kept.times_used

    changed = remember(clerk, mapping={OWN[0]: "document_number"})

    assert (used, changed.times_used, changed.id) == (3, 1, kept.id)
    assert RememberedMapping.objects.count() == 1


@pytest.mark.django_db
def test_what_is_forgotten_is_proposed_no_more(clerk):
    kept = remember(clerk)

    forget_mapping(mapping_id=kept.id, by=clerk)

    assert not look([OWN, *rows(1)], item_code=ITEM).remembered
    assert remembered_mappings(unit=UNIT, by=clerk) == []
    with pytest.raises(NothingRemembered):
        forget_mapping(mapping_id=kept.id, by=clerk)


@pytest.mark.django_db
def test_who_may_not_submit_for_a_unit_neither_remembers_nor_forgets_for_it(clerk, reviewer):
    kept = remember(clerk)

    with pytest.raises(NotPermitted):
        remember(reviewer)
    with pytest.raises(NotPermitted):
        remember(clerk, unit="lyg-sthj")
    with pytest.raises(NotPermitted):
        forget_mapping(mapping_id=kept.id, by=reviewer)
    with pytest.raises(NotPermitted):
        remembered_mappings(unit=UNIT, by=Actor.system("nobody"))
    assert RememberedMapping.objects.count() == 1


@pytest.mark.django_db
def test_a_field_the_item_does_not_have_is_not_remembered(clerk):
    with pytest.raises(BadMapping):
        remember(clerk, mapping={OWN[0]: "no_such_field"})
