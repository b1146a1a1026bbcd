"""Every read appears: all addresses of the workbench and the API are walked, the database watched.

A wrapper round every statement sees which requests read the tables that hold a subject's facts;
each of those that was answered must have left a look. A new page that reads round the rooms'
questions fails here.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from chengxin.access.services import issue_token
from chengxin.desk.tests.conftest import MODEL_BACKEND
from chengxin.desk.tests.samples import CODE, officer
from chengxin.intake.models import Batch
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import today
from chengxin.looks.models import Look
from chengxin.policy.queries import current_rulebook
from chengxin.register.models import LinkCase, Record
from chengxin.subjects.models import Subject

# What a fact of a subject stands in; a statement that reads one of them gives facts out. Cases,
# evaluations and measures are counted for the menu of every page, which gives nothing out.
FACTS = ("register_recordevent", "measures_listentry")
# Read a table above, and give nothing of any subject out; each with why.
NOTHING_OF_A_SUBJECT = {
    "desk-home": "counts of what waits",
    "desk-merges": "names of bodies, no records",
    "organisation": "public facts, read by anybody unnamed",
    "record": "a public fact, read by anybody unnamed",
}


@pytest.fixture
def watched():
    seen = []

    def note(execute, sql, params, many, context):
        if str(sql).startswith("SELECT") and "COUNT(" not in str(sql):
            seen.extend(table for table in FACTS if f'FROM "{table}"' in str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def _addresses(patterns, prefix=""):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one
        elif not str(one.pattern).startswith("my/"):
            yield from _addresses(one.url_patterns, prefix + str(one.pattern))


def _filled(route, given):
    for name, value in given.items():
        for kind in ("uuid:", "slug:", "str:", "int:", ""):
            route = route.replace(f"<{kind}{name}>", str(value))
    return route.replace("^", "").replace("$", "")


def test_whatever_reads_a_subjects_facts_leaves_a_look(held, watched):
    everything = officer("walker", *current_rulebook().roles, unit="lyg-scjg")
    desk = Client()
    desk.force_login(everything, backend=MODEL_BACKEND)
    token = issue_token(
        login="walker", label="walk", expires_on=today(), by=Actor.system("access.manage")
    )
    machine = Client(headers={"Authorization": f"Bearer {token}"})
    record = Record.objects.get(subject_id=held["firm"])
    desk.post(
        f"/desk/records/{record.id}/not-me/",
        {"on_behalf_of": "测试经办", "statement": "不是我们"},
    )
    firm = Subject.objects.get(id=held["firm"])
    number = getattr(LinkCase.objects.first(), "number", "none")
    given = {
        "record_id": record.id,
        "public_id": firm.public_id,
        "number": Batch.objects.get().number,
        "line": 1,
        "row_id": 1,
        "unit": "lyg-scjg",
        "item": "penalty",
    }
    walked, read, silent = 0, 0, []
    for route, pattern in _addresses(get_resolver().url_patterns):
        client = {"desk/": desk, "api/v": machine}.get(route[:5])
        if client is None:
            continue
        for filled in {_filled(route, given), _filled(route, given | {"number": number})}:
            address = "/" + filled
            if "<" in address:
                address = "/" + _filled(filled, {"entry_id": uuid4(), "measure_id": uuid4()})
            del watched[:]
            before = Look.objects.count()
            answer = client.get(address, {"q": CODE} if "records/" in address else {})
            walked += 1
            if answer.status_code == 200 and watched and pattern.name:
                read += 1
                quiet = Look.objects.count() == before
                if quiet and pattern.name not in NOTHING_OF_A_SUBJECT:
                    silent.append((address, sorted(set(watched))))

    assert silent == [], "\n".join(map(str, silent))
    assert walked > 60
    assert read > 5


def test_a_command_is_a_look_by_whoever_runs_the_machine(held, monkeypatch):
    from chengxin.site import startup
    from chengxin.site.cli import cli

    monkeypatch.setattr(startup, "hold", lambda home: None)
    record = Record.objects.get(subject_id=held["firm"])

    cli.main(["record", "show", str(record.id), "--json"], standalone_mode=False)

    look = Look.objects.get(via="command")
    assert look.record == record.id
    assert look.login.startswith("system:")
    assert look.purpose.startswith("command:")


def test_sealed_fields_are_a_sensitive_look_and_a_refusal_shows_too(held, person_space):
    from chengxin.kernel.actor import Scope
    from chengxin.kernel.errors import NotPermitted
    from chengxin.register.services import open_personal

    record = Record.objects.get(subject_id=held["person"])
    purposes = {"statutory_duty"}
    clerk = Actor("window", "演示窗口", "lyg-xyzx", {"subjects.read_person": Scope.ALL})
    nosy = Actor("nosy", "测试好奇", "lyg-tyj", {})
    basis = str(current_rulebook().codelist("query_purpose").basis[1])
    asked = {
        "record_id": record.id,
        "purpose": "statutory_duty",
        "known_purposes": purposes,
        "basis": basis,
    }
    open_personal(**asked, by=clerk)
    with pytest.raises(NotPermitted):
        open_personal(**asked, by=nosy)

    page = person_space.get("/my/looks/").content.decode()

    assert "查看了加密信息" in page
    assert "被拒绝" in page
    assert "履行法定职责" in page
    assert "第三十四条" in page
