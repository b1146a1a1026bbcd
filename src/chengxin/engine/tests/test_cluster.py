"""A cluster finds what this process finds, and says so when it cannot."""

import socket
import subprocess
import sys
import threading
import time
from datetime import date
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.engine.errors import EngineAddressWrong, EngineFailed, EngineUnreachable
from chengxin.engine.services import cluster_worker, digest, examine_file, grouping
from chengxin.engine.tests.test_check import DAY
from chengxin.engine.tests.test_examine_file import ALL, FEW, batch, staged
from chengxin.engine.values import Program, Rule
from chengxin.policy.queries import current_rulebook

ROWS, BLOCK = 800, 500  # so the batch is two partitions
PATIENCE = 30  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def sail():
    """A Spark-compatible server of this run's own, in a process that has nothing of this one."""
    port = free_port()
    command = [Path(sys.executable).with_name("sail"), "spark", "server", "--ip", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert server.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
    yield f"sc://127.0.0.1:{port}"
    server.terminate()
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()


@pytest.fixture(scope="module")
def penalty():
    book = current_rulebook()
    return compile_item(item(book, "penalty"), book)


@pytest.fixture(scope="module")
def both(penalty, sail, tmp_path_factory):
    """The same file examined here and there; planning for a worker is what takes the time."""
    fields = (*FEW, "authority_uscc", "document_number", "penalty_kind", "decided_on", "remark")
    home = tmp_path_factory.mktemp("both")
    file, names = staged(home, batch(ROWS, 20261120, fields))
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster_worker, "BLOCK", BLOCK)
        for engine in ("", sail):
            patch.setenv("CHENGXIN_ENGINE", engine)
            folder = home / f"folder{len(found)}"
            folder.mkdir()
            found.append(examine_file(penalty, file, columns=names, on=DAY, folder=folder))
    return found


def test_a_cluster_finds_the_same_faults_and_writes_the_same_texts(both):
    here, there = both

    assert there.rows == here.rows == ROWS
    assert there.groups == here.groups
    assert digest(there.faults(severities=ALL)) == digest(here.faults(severities=ALL))
    assert list(there.faults(severities=ALL)) == list(here.faults(severities=ALL))
    assert (there.grave, there.first(["uscc"], 9)) == (here.grave, here.first(["uscc"], 9))
    assert pq.read_table(there.checked).to_pydict() == pq.read_table(here.checked).to_pydict()


def test_rows_that_repeat_each_other_are_found_across_partitions(both):
    here, there = both

    doubled = [group for group in there.groups if group.code == "INTAKE-DUPLICATE-ROW"]

    assert doubled[0].count > ROWS / 20
    assert doubled == [group for group in here.groups if group.code == "INTAKE-DUPLICATE-ROW"]


def test_a_partition_that_fails_voids_the_whole_check(sail, tmp_path, monkeypatch):
    monkeypatch.setenv("CHENGXIN_ENGINE", sail)
    monkeypatch.setattr(cluster_worker, "BLOCK", BLOCK)
    sql = "CASE WHEN \"name\" = '爆' AND \"number\" IS NOT NULL THEN error('boom') IS NULL END"
    program = Program(
        "bomb",
        ("name", "number"),
        ({"name": '"name__raw"', "number": '"number__raw"'},),
        (Rule("INTAKE-BOMB", "name", sql, "", "", ""),),
        digest="bomb",
    )
    columns = {"name": ["示例"] * ROWS, "number": ["1"] * ROWS}
    columns["name"][ROWS - 1] = "爆"
    file, names = staged(tmp_path, columns)
    folder = tmp_path / "folder"
    folder.mkdir()

    with pytest.raises(EngineFailed) as refusal:
        examine_file(program, file, columns=names, on=DAY, folder=folder)

    assert "未写入任何数据" in refusal.value.text("zh")
    assert "boom" in refusal.value.facts["reason"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["spark://127.0.0.1:7077", "127.0.0.1:50051", "sc://", "sc://host:99999", "duckdb"]
)
def test_an_address_that_is_none_is_refused(penalty, tmp_path, monkeypatch, address):
    monkeypatch.setenv("CHENGXIN_ENGINE", address)
    file, names = staged(tmp_path, {"uscc": ["91320700MA1X0T0X8T"]})

    with pytest.raises(EngineAddressWrong) as refusal:
        examine_file(penalty, file, columns=names, on=DAY, folder=tmp_path)

    assert address in refusal.value.text("en")


def test_nobody_there_is_said_at_once(penalty, tmp_path, monkeypatch):
    monkeypatch.setenv("CHENGXIN_ENGINE", f"sc://127.0.0.1:{free_port()}/;token=secret")
    file, names = staged(tmp_path, {"uscc": ["91320700MA1X0T0X8T"]})

    with pytest.raises(EngineUnreachable) as refusal:
        examine_file(penalty, file, columns=names, on=DAY, folder=tmp_path)

    assert "secret" not in str(refusal.value)


@pytest.mark.filterwarnings("ignore::UserWarning:pyspark.*")
def test_somebody_who_speaks_something_else_is_no_cluster(penalty, tmp_path, monkeypatch):
    other = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    monkeypatch.setenv("CHENGXIN_ENGINE", f"sc://127.0.0.1:{other.server_port}")
    file, names = staged(tmp_path, {"uscc": ["91320700MA1X0T0X8T"]})

    with pytest.raises(EngineUnreachable):
        examine_file(penalty, file, columns=names, on=DAY, folder=tmp_path)

    other.shutdown()
    other.server_close()


def by_key(keys):
    """Two tables, and a question each of whose answers needs all rows of a key."""
    rows = keys * 7
    facts = pa.table(
        {
            "owner": [f"o{(row * 31) % keys}" for row in range(rows)],
            "made_on": pa.array([date(2020 + row % 7, 1, 2) for row in range(rows)], pa.date32()),
        }
    )
    owners = pa.table({"owner": [f"o{key}" for key in range(keys)], "since": [2020] * keys})
    counted = (
        "SELECT owner, count_if(made_on >= make_date(since, 6, 1))::BIGINT AS found,"
        " list(year(made_on) ORDER BY made_on)::BIGINT[] AS years FROM owners"
        " LEFT JOIN facts USING (owner) GROUP BY owner"
    )
    none = "SELECT owner, 0::BIGINT AS found, NULL::BIGINT[] AS years FROM owners WHERE since < 0"
    return facts, owners, [counted, none, counted]


def sorted_rows(table):
    return sorted(map(str, table.to_pylist()))


def test_statements_over_the_rows_of_a_key_answer_the_same_on_a_cluster(
    sail, monkeypatch, tmp_path
):
    facts, owners, statements = by_key(300)
    pq.write_table(facts, tmp_path / "facts.parquet")
    answer = {"owner": "string", "found": "bigint", "years": "array<bigint>"}
    tables = {"facts": tmp_path / "facts.parquet", "owners": owners}
    question = grouping.Question(statements, tables, "owner", answer)
    monkeypatch.setattr(grouping, "AT_ONCE", 500)  # so the rows are five partitions

    monkeypatch.setenv("CHENGXIN_ENGINE", "")
    here = grouping.answered(question)
    monkeypatch.setenv("CHENGXIN_ENGINE", sail)
    there = grouping.answered(question)

    assert here.num_rows == 600
    assert max(row["found"] for row in here.to_pylist()) > 0
    assert sorted_rows(there) == sorted_rows(here)


def test_a_statement_that_fails_on_a_cluster_says_so(sail, monkeypatch):
    facts, owners, _ = by_key(3)
    tables = {"facts": facts, "owners": owners}
    wrong = grouping.Question(["SELECT owner FROM nowhere"], tables, "owner", {"owner": "string"})
    monkeypatch.setenv("CHENGXIN_ENGINE", sail)
    with pytest.raises(EngineFailed) as said:
        grouping.answered(wrong)
    assert sail in said.value.text("en")
