"""The subject sees everything that is held of it, and everybody who looked."""

import io
import json

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from chengxin.audit.queries import verify
from chengxin.desk.tests.conftest import signed_in
from chengxin.desk.tests.samples import CODE, PERSON
from chengxin.looks.models import Look
from chengxin.register.models import Record
from chengxin.rights.models import Question
from chengxin.rights.tests.conftest import space_of
from chengxin.visitors.values import Capacity


def test_a_firm_and_a_person_see_every_record_with_its_passport(held, firm_space, person_space):
    for space, subject in ((firm_space, held["firm"]), (person_space, held["person"])):
        record = Record.objects.get(subject_id=subject)
        assert space.get("/my/").context["facts"][0].fact.record == record.id
        assert record.document_number in space.get("/my/records/").content.decode()
        page = space.get(f"/my/records/{record.id}/").content.decode()
        assert "/way-out" not in page  # that page is of what is public; hers asks for the repair
        assert "这条信息从哪里来" in page
        assert "连云港市市场监督管理局" in page
        assert record.file_sha256 in page
    assert PERSON["证件号码"] not in page
    assert "自然人信息不向社会公示" in page


def test_nobody_sees_anothers(held, firm_space, person_space):
    record = Record.objects.get(subject_id=held["person"])

    assert firm_space.get(f"/my/records/{record.id}/").status_code == 404


def test_a_look_at_the_desk_appears_at_once_with_who_and_what_for(held, firm_space, reviewer):
    record = Record.objects.get(subject_id=held["firm"])
    assert firm_space.get("/my/").context["look_count"] == 0

    reviewer.get(f"/desk/records/{record.id}/")

    page = firm_space.get("/my/looks/")
    shown = page.context["looks"][0]
    assert (shown.login, shown.unit, shown.via) == ("reviewer", "lyg-scjg", "desk")
    assert shown.record == record.id
    assert "查看信用信息" in page.content.decode()
    assert "市场监督管理局" in page.content.decode()
    own = firm_space.get("/my/looks/?own=1")
    assert "本人或经办人" in own.content.decode()
    assert verify().ok


def test_the_unit_answers_why_but_not_who_looked(held, firm_space, reviewer):
    record = Record.objects.get(subject_id=held["firm"])
    reviewer.get(f"/desk/records/{record.id}/")
    look = firm_space.get("/my/looks/").context["looks"][0]
    assert firm_space.get(f"/my/looks/{look.id}/ask/").status_code == 200

    firm_space.post(f"/my/looks/{look.id}/ask/", {"text": "为何查看？"})

    question = Question.objects.get()
    assert question.due_on is not None
    assert firm_space.post(f"/my/looks/{look.id}/ask/").status_code == 409  # once
    said = {"number": question.number, "text": "日常监管核对处罚公示。"}
    assert reviewer.post("/desk/questions/", said).status_code == 403  # her own look
    stranger = signed_in("reviewer", login="stranger", unit="lyg-tyj")
    assert stranger.post("/desk/questions/", said).status_code == 404
    colleague = signed_in("reviewer", login="colleague")
    assert "为何查看？" in colleague.get("/desk/questions/").content.decode()
    assert colleague.post("/desk/questions/", said | {"text": " "}).status_code == 422
    assert colleague.post("/desk/questions/", said).status_code == 302
    assert colleague.post("/desk/questions/", said).status_code == 409
    assert "日常监管核对处罚公示。" in firm_space.get("/my/questions/").content.decode()


def test_an_overdue_question_says_so_on_both_sides(held, firm_space, reviewer, monkeypatch):
    from datetime import timedelta

    from chengxin.desk.views import questions as desk_view
    from chengxin.kernel.clock import today
    from chengxin.web.views.my import looks as my_view

    record = Record.objects.get(subject_id=held["firm"])
    reviewer.get(f"/desk/records/{record.id}/")
    look = firm_space.get("/my/looks/").context["looks"][0]
    firm_space.post(f"/my/looks/{look.id}/ask/")
    later = today() + timedelta(days=30)
    for view in (desk_view, my_view):
        monkeypatch.setattr(view, "today", lambda: later)

    assert "已超期" in firm_space.get("/my/questions/").content.decode()
    assert "已超期" in reviewer.get("/desk/questions/").content.decode()


def test_a_question_to_somebody_elses_look_or_the_own_is_refused(held, firm_space, person_space):
    firm_space.get("/my/records/")
    own = Look.objects.filter(via="own", subject=held["firm"]).first()

    assert firm_space.post(f"/my/looks/{own.id}/ask/").status_code == 409
    assert person_space.post(f"/my/looks/{own.id}/ask/").status_code == 404


def test_reading_agents_see_and_do_nothing_else(held, reviewer):
    space = space_of(held["firm"], Capacity.AGENT, "agent_reader")
    record = Record.objects.get(subject_id=held["firm"])
    reviewer.get(f"/desk/records/{record.id}/")
    look = space.get("/my/looks/").context["looks"][0]

    assert space.post(f"/my/looks/{look.id}/ask/").status_code == 403
    assert space.post("/my/copy.json").status_code == 403
    assert space.post("/my/copy.pdf").status_code == 403


def test_a_guardian_takes_the_copy_and_sees_no_page(held):
    space = space_of(held["person"], Capacity.GUARDIAN, "guardian")

    assert "领取未成年人的信息副本" in space.get("/my/").content.decode()
    for page in ("records", "looks", "uses", "questions", "agents"):
        assert space.get(f"/my/{page}/").status_code == 403
    assert space.post("/my/copy.json").status_code == 200


def test_the_copy_holds_everything_for_machines_and_people(held, person_space, firm_space):
    told = json.loads(person_space.post("/my/copy.json").content)
    assert [one["item"] for one in told["records"]] == ["行政处罚"]
    assert told["records"][0]["passport"]["source_unit"] == "lyg-scjg"
    assert PERSON["证件号码"] not in json.dumps(told)
    assert "score" not in json.dumps(told).lower()

    made = firm_space.post("/my/copy.pdf")
    assert made["Content-Type"] == "application/pdf"
    signed = PdfFileReader(io.BytesIO(made.content)).embedded_signatures
    assert len(signed) == 1
    assert CODE not in json.dumps(told)


@pytest.mark.parametrize("spoken", ["en", "zh-hans"])
def test_every_page_speaks_both_languages(held, firm_space, reviewer, spoken):
    record = Record.objects.get(subject_id=held["firm"])
    reviewer.get(f"/desk/records/{record.id}/")
    firm_space.get(f"/language/{spoken}")
    paths = ("", "records/", f"records/{record.id}/", "looks/", "uses/", "questions/", "agents/")
    pages = {path: firm_space.get(f"/my/{path}") for path in paths}

    assert {path for path, page in pages.items() if page.status_code != 200} == set()
    word = "Who looked" if spoken == "en" else "谁看过"
    assert all(word in page.content.decode() for page in pages.values())
