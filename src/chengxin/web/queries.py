"""What a public page needs, gathered from the rooms that know it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Disclosure, Item
from chengxin.evaluation import queries as evaluation
from chengxin.kernel.clock import SHANGHAI
from chengxin.measures.queries import standing_entries
from chengxin.policy.errors import ParameterNotInForce
from chengxin.policy.values import Rulebook
from chengxin.publication import queries as publication
from chengxin.register import queries as register
from chengxin.subjects import queries as subjects
from chengxin.supervision import queries as supervision
from chengxin.web.values import (
    ALWAYS_SHOWN,
    Chapter,
    Drawn,
    DrawPage,
    FactGroup,
    HomeFigures,
    OrganisationPage,
    PlanLine,
    ShownEvaluation,
    Term,
    Terms,
)

LATEST = 6
CLASSES = "information_class"
TIERS = "supervision_tier"
SEVERITIES = ("minor", "ordinary", "serious")


def organisation_page(
    public_id: str, *, on: date, today: date, book: Rulebook
) -> OrganisationPage | None:
    """An organisation with every fact that was public on a day; None if there is no such one.

    For one that was merged into another it is the other's page, under the other's identifier.
    """
    subject = subjects.by_public_id(public_id)
    if subject is None:
        return None
    facts = publication.public_facts(subject.id, on=on, book=book)
    groups = [
        FactGroup(item, tuple(fact for fact in facts if fact.item == item.code))
        for item in open_items(book)
    ]
    told = [group for group in groups if group.facts or group.item.code in ALWAYS_SHOWN]
    without = tuple(group.item for group in groups if group not in told)
    evaluations = shown_evaluations(subject.id, on=on, book=book) if on == today else ()
    entries = standing_entries(subject.id, on=on, book=book) if on == today else ()
    chapters = _chapters(told, book)
    return OrganisationPage(subject, chapters, without, on, today, evaluations, entries)


def shown_evaluations(subject: UUID, *, on: date, book: Rulebook) -> tuple[ShownEvaluation, ...]:
    """The evaluations of an organisation that the public may see, by public models only."""
    return tuple(
        ShownEvaluation(
            model=model,
            grade=model.grade(row.grade),
            points=row.points,
            on=row.on,
            factors=tuple(row.factors["factors"]),
            digest=row.digest,
        )
        for model, row in evaluation.shown(subject, on=on, book=book)
        if row.grade in {one.code for one in model.grades}
    )


def evaluation_kit(subject: UUID, model: str, *, on: date, book: Rulebook) -> bytes | None:
    """The recompute kit 复算包 of an evaluation the public may see; None if there is none."""
    for one, row in evaluation.shown(subject, on=on, book=book):
        if one.code == model:
            return evaluation.kit(row)
    return None


def _chapters(groups: Sequence[FactGroup], book: Rulebook) -> tuple[Chapter, ...]:
    """The groups by class of information, in the order of the national list."""
    found = []
    for entry in book.codelist(CLASSES).entries:
        mine = tuple(group for group in groups if group.item.class_code == entry.code)
        if mine:
            found.append(Chapter(entry.label, entry.label_en, mine))
    return tuple(found)


def home_figures(*, on: date, book: Rulebook) -> HomeFigures:
    """Counts and the latest facts for the home page."""
    totals = register.totals()
    last = totals["last_recorded_at"]
    latest = tuple(
        FactGroup(item, tuple(publication.latest(item.code, on=on, book=book, limit=LATEST)))
        for item in open_items(book)
        if item.code in ALWAYS_SHOWN
    )
    return HomeFigures(
        organisations=subjects.organisations(),
        records=sum(totals["by_item"].values()),
        updated_on=last.astimezone(SHANGHAI).date() if last else None,
        latest=latest,
        names=_names(latest),
    )


def open_items(book: Rulebook) -> list[Item]:
    """Items open to the public, by class; in a class, what was granted before what was wrong."""
    known = catalogue.items(book).values()
    shown = [item for item in known if item.disclosure == Disclosure.PUBLIC]
    order = list(book.codelist(CLASSES).by_code)
    return sorted(shown, key=lambda one: (order.index(one.class_code), one.adverse, one.code))


def _names(groups: tuple[FactGroup, ...]) -> Mapping[UUID, tuple[str, str]]:
    shown = {fact.subject for group in groups for fact in group.facts}
    return subjects.called(one for one in shown if one is not None)


def terms(on: date, book: Rulebook) -> Terms | None:
    """How long facts of each severity stay public, by the rules in force on a day.

    None when no rule is in force. Law: parameters `publication.minimum_term`,
    `publication.maximum_term`.
    """
    try:
        shortest = book.on(on, "publication.minimum_term")
        longest = book.on(on, "publication.maximum_term")
    except ParameterNotInForce:
        return None
    rows = tuple(
        Term(severity, int(shortest.value[severity]), int(longest.value[severity]))
        for severity in SEVERITIES
    )
    basis = tuple(dict.fromkeys(str(answer.basis) for answer in (shortest, longest)))
    return Terms(rows, basis, confirmed=shortest.confirmed and longest.confirmed)


def plan_line(found: Any, *, on: date, book: Rulebook) -> PlanLine:
    """An approved plan of inspections, with how far the draws that are open have come."""
    tiers = {one.code: (one.label, one.label_en) for one in book.codelists[TIERS].entries}
    unit = book.units.get(found.unit)
    made = supervision.progress(found, on=on, only_open=True)
    return PlanLine(
        number=found.number,
        title=found.title,
        unit=unit.name if unit else found.unit,
        unit_en=unit.name_en if unit else found.unit,
        year=found.year,
        matters=tuple(found.matters),
        basis=tuple(found.basis),
        approved_on=found.decision.on,
        tiers=tuple(
            (*tiers[tier], found.rates[tier], drawn, done)
            for tier, _, drawn, done in made.tiers
            if tier in tiers
        ),
        drawn=made.drawn,
        done=made.done,
    )


def draw_page(found: Any, *, on: date, book: Rulebook, whole: bool = False) -> DrawPage:
    """A draw as the public sees it on a day; who was drawn only where `whole`, and once public."""
    state = supervision.outcome(found)
    is_open = supervision.is_open(found, on)
    plan = supervision.plan_of(found) if whole else None
    tiers = {one.code: (one.label, one.label_en) for one in book.codelists[TIERS].entries}
    unit = book.units.get(found.unit)
    names = {}
    if whole and is_open:
        names = subjects.names_of([one["public_id"] for one in found.end.visits])
    return DrawPage(
        number=found.number,
        unit=unit.name if unit else found.unit,
        unit_en=unit.name_en if unit else found.unit,
        matter=found.matter,
        population=plan.population if plan else "",
        candidates=found.candidates,
        state="public" if is_open else state,
        commitment=found.commitment,
        committed_on=found.committed_on,
        source=found.source,
        source_on=found.source_on,
        public_from=found.public_from,
        chance=found.end.chance if state == "drawn" else "",
        visits=len(found.end.visits) if state == "drawn" else 0,
        reason=found.end.reason if state == "abandoned" else "",
        basis=plan.basis if plan else (),
        rates=tuple((*tiers[code], rate) for code, rate in plan.rates.items()) if plan else (),
        confirmed=supervision.confirmed(book, found.committed_on),
        drawn=tuple(
            Drawn(
                one["order"],
                one["public_id"],
                names.get(one["public_id"], one["public_id"]),
                *tiers[one["tier"]],
            )
            for one in (found.end.visits if whole and is_open else ())
        ),
    )
