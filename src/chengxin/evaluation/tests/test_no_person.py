"""No table, no column and no model anywhere adds up over a natural person (charter 1)."""

import ast
import re
import uuid
from datetime import date
from pathlib import Path

from django.apps import apps
from django.db import connection

import chengxin
from chengxin.evaluation.rules import grades_sql, judge
from chengxin.evaluation.services import evaluate
from chengxin.evaluation.tests.samples import BOOK, ON, fact
from chengxin.evaluation.values import KINDS, Business
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values.models import ModelSubject
from chengxin.subjects.models import Subject
from chengxin.subjects.values import SubjectKind

PERSON = SubjectKind.NATURAL_PERSON.value
JUDGING = re.compile(
    r"(^|_)(grade|score|rank|rating|tier|level|points?|risk|trust|stars?)(s?$|_)", re.IGNORECASE
)
HOUSE = Path(chengxin.__file__).parent
TOTALS = {"Sum", "Avg", "Max", "Min", "StdDev", "Variance"}


def our_tables():
    return [one for one in apps.get_models() if one.__module__.startswith("chengxin.")]


def about_subjects(model):
    return any(
        field.is_relation and field.related_model is Subject for field in model._meta.fields
    ) or any("subject" in field.name for field in model._meta.fields)


def test_a_column_that_judges_stands_only_where_the_database_refuses_persons(db):
    judging = [
        model
        for model in our_tables()
        if (model is Subject or about_subjects(model))
        and any(JUDGING.search(field.name) for field in model._meta.fields)
    ]

    assert Subject not in judging
    for model in judging:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE contype = 'c' AND conrelid = %s::regclass",
                [model._meta.db_table],
            )
            checks = [text for (text,) in cursor.fetchall()]
        kept_out = [one for one in checks if "legal_person" in one and PERSON not in one]
        assert kept_out, model.__name__


def test_no_view_of_the_database_adds_up_anything(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind IN ('v', 'm') AND nspname = 'public'"
        )
        assert cursor.fetchall() == []


def test_the_kinds_a_model_may_have_leave_persons_out():
    assert PERSON not in KINDS
    assert {one.value for one in ModelSubject} == {"organisation", "sole_trader"}
    for model in BOOK.models.values():
        assert set(model.subject_kinds) <= set(ModelSubject)
        assert PERSON not in grades_sql(model, f"DATE '{ON}'")


def test_no_function_takes_a_person_for_an_organisation():
    facts = [fact(item, record=item, severity="serious") for item in ("penalty", "honour")]

    for model in BOOK.models.values():
        for kind in (PERSON, "", "person", "household", "family"):
            assert judge(model, Business("p", kind, "320722", "F"), facts, ON) is None


def test_the_code_totals_nothing_per_person():
    """Where a sum or mean is taken in the database, nothing says natural person beside it."""
    wrong = []
    for file in HOUSE.rglob("*.py"):
        if {"tests", "migrations"} & set(file.parts):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            called = {
                ast.unparse(one.func).split(".")[-1]
                for one in ast.walk(node)
                if isinstance(one, ast.Call)
            }
            text = ast.unparse(node)
            persons = re.search(r"kind\s*=\s*['\"]natural_person|filter\([^)]*NATURAL_PERSON", text)
            if called & TOTALS and persons and "exclude" not in text:
                wrong.append(f"{file.relative_to(HOUSE)}:{node.lineno}")

    assert wrong == []


def test_a_person_with_many_records_appears_in_no_evaluation(city):
    person = Subject.objects.create(kind=PERSON, origin="intake", created_at=now())
    _records_of(person, 3)
    by = Actor.system("evaluation.run")

    for code in BOOK.models:
        evaluate(model=code, on=date(2026, 11, 20), known=now(), by=by, book=BOOK)

    for table in ("evaluation", "snapshot", "definition"):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM evaluation_{table} t WHERE t::text LIKE %s",
                [f"%{person.id}%"],
            )
            assert cursor.fetchone() == (0,)


def _records_of(person, count):
    from chengxin.kernel.canonical import sha256_hex
    from chengxin.register.services import append
    from chengxin.register.values import NewRecord

    def new(number):
        return NewRecord(
            item="penalty", subject=person.id, subject_kind=PERSON, unit="lyg-sthj",
            natural_key=sha256_hex(f"p{number}".encode()), adverse=True, disclosure="by_consent",
            decided_on=date(2026, 10, 1), document_number=f"人{number}",
            facts={"severity": "serious"}, personal={}, basis="测试", batch=uuid.uuid4(), row=1,
            file_sha256="ab" * 32,
        )  # fmt: skip

    append(
        new=[new(number) for number in range(count)],
        by=Actor.system("intake.release"), edition=BOOK.edition,
    )  # fmt: skip
