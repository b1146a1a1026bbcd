import os
import subprocess
import sys

import pytest

from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.store import ContentMissing, ContentStore, ContentTampered


@pytest.fixture
def store(tmp_path):
    return ContentStore(tmp_path / "originals")


def test_what_is_put_in_comes_out_and_is_read_only(store):
    sha256 = store.put(b"a file")

    assert sha256 == sha256_hex(b"a file")
    assert store.get(sha256) == b"a file"
    assert store.path(sha256).stat().st_mode & 0o777 == 0o440
    assert [p.name for p in store.path(sha256).parent.iterdir()] == [sha256]


def test_the_same_file_twice_is_kept_once(store):
    first = store.put(b"twice")
    written_at = store.path(first).stat().st_mtime_ns
    assert store.put(b"twice") == first
    assert store.path(first).stat().st_mtime_ns == written_at


@pytest.mark.parametrize("change", [b"another", b""])
def test_changed_content_is_refused_and_left_as_evidence(store, change):
    sha256 = store.put(b"evidence")
    store.path(sha256).chmod(0o640)
    store.path(sha256).write_bytes(change)

    for attempt in (lambda: store.get(sha256), lambda: store.put(b"evidence")):
        with pytest.raises(ContentTampered) as refusal:
            attempt()
        assert refusal.value.facts == {"sha256": sha256, "found": sha256_hex(change)}
    assert store.path(sha256).read_bytes() == change


@pytest.mark.parametrize("address", ["0" * 64, "../../etc/passwd", "", "A" * 64, "0" * 63])
def test_what_was_never_put_in_is_missing(store, address):
    with pytest.raises(ContentMissing):
        store.get(address)


def test_a_failed_write_leaves_nothing(store, monkeypatch):
    def full_disk(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.put(b"too much")
    assert [p for p in store.root.rglob("*") if p.is_file()] == []


def test_a_kill_in_the_middle_leaves_no_file_under_its_name(store):
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from chengxin.kernel.store import ContentStore\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "ContentStore(Path(sys.argv[1])).put(b'killed')\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        [sys.executable, "-c", program, str(store.root)], env=environment, check=False
    )

    assert killed.returncode == -9
    with pytest.raises(ContentMissing):
        store.get(sha256_hex(b"killed"))
    assert store.get(store.put(b"killed")) == b"killed"


def test_a_file_on_disk_is_kept_like_its_bytes(store, tmp_path):
    source = tmp_path / "big.csv"
    source.write_bytes(b"line\n" * 500_000)
    sha256 = store.put_file(source)
    assert sha256 == store.put(source.read_bytes())
    assert store.checked_path(sha256) == store.path(sha256)
    assert store.path(sha256).read_bytes() == source.read_bytes()
    assert [p.name for p in store.path(sha256).parent.iterdir()] == [sha256]


def test_a_path_is_given_only_to_what_was_put_in(store):
    sha256 = store.put(b"evidence")
    store.path(sha256).chmod(0o640)
    store.path(sha256).write_bytes(b"changed")
    with pytest.raises(ContentTampered):
        store.checked_path(sha256)
    with pytest.raises(ContentMissing):
        store.checked_path("0" * 64)
