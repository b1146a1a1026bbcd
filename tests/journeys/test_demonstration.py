"""The demonstration's files: submitted ahead of their release, taken up again where it was cut."""

import io
import json
import sys
from datetime import date

import pytest

from chengxin.intake.models import Batch, BatchState
from chengxin.register.models import Record
from chengxin.site import arrivals
from chengxin.site.arrivals import Arrival
from chengxin.site.commands import seed

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def files(tmp_path, penalty_file):
    made = []
    for n in range(4):
        path = tmp_path / f"{n}.xlsx"
        path.write_bytes(penalty_file({"document_number": f"连市监罚〔2026〕{n}号"}))
        made.append(Arrival(path, "penalty", "lyg-scjg", ON))
    again = tmp_path / "again.xlsx"
    again.write_bytes((tmp_path / "0.xlsx").read_bytes())
    return [*made[:2], Arrival(again, "penalty", "lyg-scjg", ON), *made[2:]]


@pytest.fixture
def told(files, monkeypatch, capsys):
    """What the process that submits says, run here."""

    def run():
        asked = io.StringIO()
        for one in files:
            arrivals._ask(asked, one)
        monkeypatch.setattr(arrivals, "setup_django", lambda: None)
        monkeypatch.setattr(arrivals.signal, "signal", lambda *_: None)
        monkeypatch.setattr(sys, "stdin", io.StringIO(asked.getvalue()))
        arrivals.submit_asked()
        return [
            arrivals.Submitted(**json.loads(line))
            for line in capsys.readouterr().out.split("\n")
            if line
        ]

    return run


def test_each_file_is_told_in_its_order_and_a_file_sent_twice_by_its_refusal(told):
    first, second, again, *rest = told()

    assert [one.refusal for one in (first, second, *rest)] == [""] * 4
    assert again == arrivals.Submitted(first.number, "INTAKE-ALREADY-SUBMITTED")
    assert {one.number for one in (first, second, *rest)} == set(
        Batch.objects.values_list("number", flat=True)
    )


def test_files_submitted_before_a_kill_are_released_the_next_time(files, told, monkeypatch):
    told()  # and there it was killed
    monkeypatch.setattr(seed, "submitted", lambda _: zip(files, told(), strict=True))

    outcome = seed._take_in(files)

    assert outcome["recorded"] == 2
    assert outcome["clean"] == 2  # left for the reviewer of the tour
    assert outcome["refused INTAKE-ALREADY-SUBMITTED"] == 1
    assert Record.objects.count() == 2
    again = seed._take_in(files)
    assert again["refused INTAKE-ALREADY-SUBMITTED"] == 3
    assert Batch.objects.filter(state=BatchState.RELEASED).count() == 2
