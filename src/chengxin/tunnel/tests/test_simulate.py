"""What a simulation says of a change, and that it comes true."""

import json

from chengxin.evaluation.models import Evaluation
from chengxin.evaluation.services import evaluate
from chengxin.evaluation.tests.conftest import FACTORY, STALL, officer
from chengxin.kernel.clock import now, today
from chengxin.policy.queries import in_use, kept, rulebook_folder
from chengxin.publication.queries import public_facts
from chengxin.tunnel.queries.released import instead_of
from chengxin.tunnel.services import overrule, release, simulate
from chengxin.tunnel.services.simulating import faultless
from chengxin.tunnel.tests.conftest import EDITOR, MODEL, OVERSEER, RELEASER, TERM
from chengxin.tunnel.values import OFFICERS_COPY, PAGE, REPORT

CLERK = officer("clerk", "evaluation.run")


def model_of(made, code="environment"):
    return next(one for one in made.twin["models"] if one["code"] == code)


def test_who_moves_from_where_to_where_and_what_the_budget_says(
    try_out, harsher, add, city, tmp_path
):
    add(severity="ordinary")
    made = try_out(harsher)

    found = model_of(made)
    moves = [(one["before"], one["after"], one["count"]) for one in found["grades"]]
    assert moves == [("blue", "red", 1)]
    assert found["moved"]["worse"] == 1
    assert [one["code"] for one in made.twin["models"]] == ["environment"]
    assert {row["key"]: row["worse"] for row in found["by"]["division"]} == {"320706": 1}
    line = next(one for one in made.twin["budget"] if one["code"] == "worsened")
    assert (line["found"], line["of"], line["kept"]) == (1, 2, False)
    assert "1 / 2（50.00%），预算 2%，超出预算" in line["zh"]
    assert not line["confirmed"]
    (change,) = made.twin["changes"]
    assert (change["kind"], change["code"]) == ("model", "environment")
    assert {"path": "factors[penalty_ordinary].points", "before": "-3", "after": "-8"} in change[
        "differences"
    ]
    texts = {name: (tmp_path / "report" / name).read_text() for name in (PAGE, OFFICERS_COPY)}
    name = city[FACTORY].name
    assert name in texts[OFFICERS_COPY]
    assert name not in texts[PAGE] + (tmp_path / "report" / REPORT).read_text()
    assert json.loads((tmp_path / "report" / REPORT).read_text())["id"] == str(made.id)
    for text in texts.values():
        assert "http" not in text.replace("http-equiv", "")
        assert "<script" not in text


def test_a_shorter_term_ends_what_is_shown_and_is_told_by_item(
    try_out, changed, add, city, in_force
):
    record = add(severity="ordinary", decided_on=today().replace(month=today().month - 2))
    shorter = changed(TERM, "ordinary: 12, serious: 36}", "ordinary: 1, serious: 36}")
    made = try_out(shorter)

    (item,) = [one for one in made.twin["items"] if one["item"] == "penalty" and one["open"]]
    assert (item["stops"], item["longer"], item["starts"]) == (1, 0, 0)
    assert made.kept
    assert record in {
        one.record for one in public_facts(city[FACTORY].id, on=today(), book=in_force)
    }


def test_a_longer_term_needs_a_law_somebody_has_read(try_out, changed, add):
    add(severity="ordinary")
    made = try_out(changed(TERM, "ordinary: 12, serious: 36}", "ordinary: 24, serious: 36}"))

    assert "longer_without_law" in made.exceeded


def test_nobody_may_be_worse_off_for_having_no_record(changed, in_force, tmp_path):
    kinder = faultless(changed("lianyungang/models/comprehensive.yaml", "start: 80", "start: 90"))
    made = simulate(
        before=kinder, target=rulebook_folder(), out=tmp_path / "report", by=EDITOR, on=today(),
        book=in_force,
    )  # fmt: skip

    assert model_of(made, "comprehensive")["moved"]["worse"] == 1
    assert "worse_without_record" in made.exceeded


def test_after_the_release_an_evaluation_finds_exactly_what_was_predicted(
    try_out, changed, add, in_force, tmp_path
):
    """0 differences: the same organisations, grades and points, by every model that was touched."""
    add(severity="ordinary")
    add("commitment", code=STALL, commitment_status="kept", valid_until="2099-12-31")
    target = changed(MODEL, "points: -3", "points: -8")
    made = try_out(target)
    report = tmp_path / "report"
    overrule(report=report, reason="试", by=OVERSEER, book=in_force)
    release(target=target, report=report, by=RELEASER, on=today(), book=in_force)
    after = instead_of(in_force.edition)

    for predicted in made.twin["models"]:
        found = evaluate(model=predicted["code"], on=today(), known=now(), by=CLERK, book=after)
        assert found.digest == predicted["digest"]
        counts = dict.fromkeys(found.grades, 0)
        for row in predicted["grades"]:
            counts[row["after"]] += row["count"]
        assert dict(found.grades) == counts
    assert Evaluation.objects.filter(grade="red", edition=after.edition).count() == 1


def test_a_process_works_only_with_what_was_released(
    try_out, harsher, add, in_force, monkeypatch, tmp_path
):
    monkeypatch.setattr(in_use, "LOOKED_AT_EVERY", 0)
    monkeypatch.setattr(in_use, "_held", {})
    monkeypatch.setattr(in_use, "_gates", [])
    in_use.in_force_only_if_released(instead_of)
    monkeypatch.setenv("CHENGXIN_RULEBOOK", str(harsher))

    assert in_use.current_rulebook().edition == in_force.edition
    (harsher / "README.md").write_text("再改", encoding="utf-8")
    assert in_use.current_rulebook().edition == in_force.edition
    monkeypatch.setenv("CHENGXIN_RULEBOOK", str(rulebook_folder()))
    add(severity="minor")
    try_out(harsher)
    made = release(
        target=harsher, report=tmp_path / "report", by=RELEASER, on=today(), book=in_force
    )

    assert in_use.current_rulebook().edition == made.edition_id
    kept._held.clear()
    in_use._held.clear()
    assert in_use.current_rulebook().edition == made.edition_id
