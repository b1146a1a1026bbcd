"""What is late in the synthetic city is what its truth, counted by other code, says."""

import csv
from datetime import date

from chengxin.city.services import make_city
from chengxin.oversight.rules.timing import schedule_of
from chengxin.policy.queries import current_rulebook


def table(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_what_is_late_in_a_city_is_what_its_truth_says(tmp_path):
    make_city(seed=3, organisations=60, records=400, out=tmp_path)
    received = {
        line["file"]: line["received_on"] for line in table(tmp_path / "truth" / "files.csv")
    }
    late_from = schedule_of("publication.reporting_deadline", current_rulebook()).late_from
    judged = {True: 0, False: 0}
    for row in table(tmp_path / "truth" / "rows.csv"):
        if row["working_days"] and row["decided_on"] >= "2018-07-25":
            came = date.fromisoformat(received[row["file"]])
            late = came >= late_from[date.fromisoformat(row["decided_on"])]
            assert late == (int(row["working_days"]) > 7), row
            judged[late] += 1
    assert all(judged.values())
