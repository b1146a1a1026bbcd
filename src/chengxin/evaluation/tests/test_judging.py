"""A model gives the same grade to one organisation and to a whole table of them."""

from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.evaluation.rules import COLUMNS, SUBJECT_COLUMNS, grades_sql, judge
from chengxin.evaluation.rules.statements import fields_read
from chengxin.evaluation.tests.samples import BOOK, FACTORY, ON, fact
from chengxin.evaluation.values import Business, Fact

MODELS = BOOK.models
FIELDS = fields_read(MODELS)
ITEMS = sorted({item for model in MODELS.values() for item in model.items})
UNITS = ["lyg-sthj", "lyg-scjg", "lyg-zjj", "lyg-wgl", "lyg-wjw", "lyg-ybj"]
WORDS = [
    "",
    "serious",
    "ordinary",
    "minor",
    "fail",
    "kept",
    "samr",
    "to_correct",
    "价格欺诈",
    "5000",
]
DAYS = st.integers(0, 1400).map(lambda days: ON - timedelta(days=days))
FACTS = st.builds(
    Fact,
    record=st.just(""),
    item=st.sampled_from(ITEMS),
    unit=st.sampled_from(UNITS),
    decided_on=DAYS,
    since=DAYS,
    until=st.none() | DAYS.map(lambda day: day + timedelta(days=400)),
    fields=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(WORDS)),
)
BUSINESSES = st.builds(
    Business,
    subject=st.just(""),
    kind=st.sampled_from(["legal_person", "unincorporated", "sole_trader"]),
    division=st.sampled_from(["320722", "320706"]),
    sector=st.sampled_from("BCFHKQR"),
    registered_on=st.just("2015-03-02"),
)
CITY = st.lists(st.tuples(BUSINESSES, st.lists(FACTS, max_size=6)), min_size=10, max_size=16)


def tables(city):
    """The city as the two tables that a statement reads, and again as its parts."""
    parts = []
    for number, (business, facts) in enumerate(city):
        named = Business(**{**vars(business), "subject": f"s{number}"})
        numbered = [
            Fact(**{**vars(one), "record": f"s{number}r{place}"}) for place, one in enumerate(facts)
        ]
        parts.append((named, numbered))
    rows = [
        {
            **vars(one),
            "subject": business.subject,
            **{name: one.fields.get(name) for name in FIELDS},
        }
        for business, facts in parts
        for one in facts
    ]
    days = {"decided_on", "since", "until"}
    schema = pa.schema(
        [(name, pa.date32() if name in days else pa.string()) for name in (*COLUMNS, *FIELDS)]
    )
    whole = pa.schema([(name, pa.string()) for name in SUBJECT_COLUMNS])
    return (
        parts,
        pa.Table.from_pylist(rows, schema),
        pa.Table.from_pylist([vars(business) for business, _ in parts], whole),
    )


@settings(max_examples=5, deadline=None)
@given(CITY)
def test_every_model_gives_the_same_by_table_and_by_function(city):
    parts, facts, businesses = tables(city)
    base = duckdb.connect(config={"threads": 1})
    base.register("facts", facts)
    base.register("businesses", businesses)
    for model in MODELS.values():
        sql = grades_sql(model, f"DATE '{ON}'")
        by_table = {row[0]: row[1:3] for row in base.execute(sql).fetchall()}
        one_by_one = {
            business.subject: (outcome.grade, outcome.points)
            for business, own in parts
            if (outcome := judge(model, business, own, ON)) is not None
        }
        assert by_table == one_by_one, model.code
    base.close()


ENVIRONMENT = MODELS["environment"]


def test_no_record_gives_the_start_and_not_less():
    found = judge(ENVIRONMENT, FACTORY, [], ON)

    assert (found.grade, found.points, found.branches) == ("blue", 9, ())


def test_a_tree_leads_from_the_grade_to_the_record_and_the_article():
    found = judge(ENVIRONMENT, FACTORY, [fact(severity="serious")], ON)

    (branch,) = found.branches
    (leaf,) = branch.leaves
    assert (found.grade, found.points, branch.points) == ("yellow", 3, -6)
    assert branch.basis == "《江苏省企事业环保信用评价办法》"
    assert not branch.confirmed
    assert (leaf.record, leaf.expires_on) == ("r1", date(2027, 8, 1))
    assert leaf.zh == "“来源单位”为连云港市生态环境局；“失信严重程度”为严重"
    assert (
        leaf.en
        == "Source unit is Ecology and Environment Bureau; Severity of the breach is Serious"
    )


@pytest.mark.parametrize(
    ("on", "points"), [(date(2027, 7, 31), 3), (date(2027, 8, 1), 9), (date(2026, 7, 31), 9)]
)
def test_points_run_from_the_decision_to_their_expiry(on, points):
    assert judge(ENVIRONMENT, FACTORY, [fact(severity="serious")], on).points == points


def test_what_left_publication_counts_for_nothing():
    ended = fact(severity="serious", until=date(2026, 10, 1))

    assert judge(ENVIRONMENT, FACTORY, [ended], ON).points == 9


def test_many_light_acts_are_not_one_grave_act():
    minor = [fact(record=f"r{n}", severity="minor") for n in range(50)]

    assert judge(ENVIRONMENT, FACTORY, minor, ON).grade == "blue"


def test_a_cap_holds_however_many_records_there_are():
    kept = [
        fact("commitment", record=f"r{n}", commitment_status="kept") for n in range(5)
    ]  # fmt: skip
    (branch,) = judge(ENVIRONMENT, FACTORY, kept, ON).branches

    assert (branch.raw, branch.points) == (5, 2)


def test_the_historical_level_changes_nothing():
    plain = fact(severity="ordinary")
    labelled = fact(severity="ordinary", historical_severity="grave")

    assert all(
        judge(model, FACTORY, [plain], ON) == judge(model, FACTORY, [labelled], ON)
        for model in MODELS.values()
    )


def test_a_natural_person_has_no_grade_by_any_model():
    person = Business("p", "natural_person", "320722", "F")

    assert not any(judge(model, person, [fact()], ON) for model in MODELS.values())


def test_an_organisation_the_model_does_not_cover_has_no_grade():
    assert judge(MODELS["real_estate"], FACTORY, [fact(unit="lyg-zjj")], ON) is None


def test_who_is_not_on_a_published_list_has_no_grade_rather_than_a_bad_one():
    assert judge(MODELS["taxpayer"], FACTORY, [], ON) is None
    assert judge(MODELS["taxpayer"], FACTORY, [fact("tax_a_list")], ON).grade == "a"


def test_the_first_case_that_holds_gives_the_grade():
    both = [
        fact("labour_violation", record="r1", severity="ordinary"),
        fact("labour_violation", record="r2", severity="serious"),
    ]

    assert judge(MODELS["labour"], FACTORY, both, ON).grade == "c"
    assert judge(MODELS["labour"], FACTORY, both[:1], ON).grade == "b"
    assert judge(MODELS["labour"], FACTORY, [], ON).grade == "a"
