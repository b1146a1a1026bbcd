"""What `rulebook check` refuses in a model of evaluation, each with its sentence."""

import copy

import pytest

from chengxin.policy.queries import rulebook_folder
from chengxin.policy.reading.layers import Entry, Merged
from chengxin.policy.reading.models import check_models
from chengxin.policy.reading.whole import _read


@pytest.fixture(scope="module")
def whole():
    return _read(rulebook_folder())[0]


@pytest.fixture
def refused(whole):
    """The faults of a model as changed, without their room; each has both its sentences."""

    def check(change, model="environment", laws=None):
        kept = whole.entries["model"]
        entry = kept[model]
        data = copy.deepcopy(entry.data)
        change(data)
        changed = Entry(data, entry.document, entry.path)
        tables = {**whole.entries, "model": {**kept, model: changed}, **(laws or {})}
        tried = Merged(entries=tables, items=whole.items)
        check_models(tried)
        for fault in (*tried.faults, *tried.notices):
            assert fault.file == entry.file
            assert fault.line > 0
            assert "{" not in fault.text("zh") + fault.text("en")
        return {one.code.removeprefix("POLICY-") for one in tried.faults}

    return check


def set_to(*path, to):
    def change(data):
        *way, last = path
        for step in way:
            data = data[step]
        data[last] = to

    return change


def without(*path):
    def change(data):
        *way, last = path
        for step in way:
            data = data[step]
        del data[last]

    return change


def test_the_models_of_the_city_load(book):
    assert set(book.models) >= {
        "environment", "real_estate", "labour", "taxpayer", "hospital", "tourism", "price",
        "quality", "comprehensive", "crystal_merchant",
    }  # fmt: skip
    assert not any(model.confirmed for model in book.models.values())
    assert {one.code for one in book.models.values() if not one.public} == {"labour"}


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ({"fact": "penalty.severty", "is": "serious"}, "UNKNOWN-FACT"),
        ({"fact": "honour.honour_level", "is": "city"}, "UNKNOWN-FACT"),
        ({"fact": "subject.owner", "held": True}, "UNKNOWN-FACT"),
        ({"fact": "penalty.severity", "is": "grave"}, "UNKNOWN-CODE"),
        ({"fact": "penalty.severity", "at_least": 3}, "WRONG-TEST"),
        ({"fact": "penalty.fine_yuan", "at_least": "many"}, "WRONG-VALUE"),
        ({"fact": "penalty.decided_on", "after": "2026-13-01"}, "WRONG-VALUE"),
        ({"fact": "penalty.severity", "in": "serious"}, "CONDITION"),
        ({"fact": "penalty.severity", "is": "serious", "held": True}, "CONDITION"),
        ({"any": []}, "CONDITION"),
        ({"fact": "penalty.historical_severity", "is": "grave"}, "DRIVES-NOTHING"),
        ({"fact": "penalty.representative", "held": True}, "PERSONAL-FACT"),
    ],
)
def test_a_condition_that_asks_wrongly_is_refused(refused, written, cause):
    assert refused(set_to("factors", 0, "when", to=written)) == {cause}
    assert refused(set_to("factors", 0, "when", to={"all": [written]})) == {cause}


def test_an_adverse_consequence_without_an_end_is_refused(refused):
    assert refused(without("factors", 0, "expires")) == {"MODEL-NO-END"}
    assert refused(without("cases", 0, "expires"), "labour") == {"MODEL-NO-END"}


def test_the_end_is_a_date_of_the_record(refused):
    wrong = {"field": "severity"}

    assert refused(set_to("factors", 0, "expires", to=wrong)) == {"UNKNOWN-FACT"}
    assert refused(set_to("factors", 0, "expires", to={"field": "valid_until"})) == set()


@pytest.mark.parametrize("kind", ["natural_person", "person", "household"])
def test_a_model_for_persons_is_refused(refused, kind):
    change = set_to("subject_kinds", to=["organisation", kind])

    assert refused(change) == {"GRADES-PERSONS"}


def test_an_item_about_persons_only_is_refused(refused):
    change = set_to("covers", to=[{"item": "professional_licence"}])

    assert refused(change) == {"GRADES-PERSONS"}


def test_counting_makes_nothing_graver(refused):
    assert refused(set_to("factors", 1, "times", to=3)) == {"COUNTING"}


def test_nobody_is_worse_off_for_having_no_record(refused):
    assert refused(set_to("start", to=4)) == {"WORSE-FOR-NO-RECORD"}
    assert refused(set_to("otherwise", to="c"), "labour") == {"WORSE-FOR-NO-RECORD"}


@pytest.mark.parametrize(
    "change",
    [
        set_to("grades", 1, "at_least", to=11),
        set_to("floor", to=-1),
        set_to("ceiling", to=8),
        without("grades", 1, "at_least"),
    ],
)
def test_bands_that_do_not_fall_to_the_floor_are_refused(refused, change):
    assert refused(change) == {"BANDS"}


def test_a_model_nobody_may_decide_is_refused(refused):
    assert refused(set_to("decided_by", to="lyg-nobody")) == {"NOBODY-DECIDES"}


def test_a_grade_or_model_that_is_not_there_is_refused(refused):
    assert refused(set_to("cases", 0, "grade", to="z"), "labour") == {"UNKNOWN-GRADE"}
    assert refused(set_to("replaces", to="labuor")) == {"UNKNOWN-MODEL"}


def test_a_model_that_overlaps_the_one_it_replaces_is_refused(refused):
    assert refused(set_to("replaces", to="hospital")) == {"MODEL-OVERLAP"}


def test_a_model_that_ends_before_it_begins_is_refused(refused):
    assert refused(set_to("until", to="2019-12-31")) == {"MODEL-NO-TIME"}


def test_nothing_stands_without_a_basis_that_is_listed(refused):
    assert refused(set_to("basis", to=[])) == {"MODEL-NO-BASIS"}
    assert refused(set_to("basis", 0, "law", to="city-notice-1")) == {"UNKNOWN-LAW"}
    assert refused(set_to("factors", 0, "basis", "article", to="第七条")) == {"UNKNOWN-ARTICLE"}
    assert refused(set_to("since", to="2014-12-31")) == {"LAW-NOT-IN-FORCE"}


def test_a_law_gone_before_the_model_began_carries_nothing(refused, whole):
    law = whole.entries["law"]["jiage"]
    gone = Entry({**law.data, "until": "2019-01-01"}, law.document, law.path)
    laws = {"law": {**whole.entries["law"], "jiage": gone}}

    assert refused(lambda _: None, "price", laws) == {"LAW-GONE"}


def test_a_repealed_law_ends_its_model_and_that_is_told(folder):
    folder.edit("national/laws/jiage.yaml", "status:", "until: 2027-01-01\nstatus:")

    book = folder.load()

    assert book.models["price"].until.isoformat() == "2027-01-01"
    assert "POLICY-LAW-REPEALED" in {one.code for one in book.notices}


def test_a_model_whose_item_is_closed_is_not_shown_and_that_is_told(folder):
    folder.edit("national/catalogue/honour.yaml", "disclosure: public", "disclosure: shared")

    book = folder.load()

    assert not book.models["environment"].public
    assert "POLICY-TELLS-SECRET" in {one.code for one in book.notices}
