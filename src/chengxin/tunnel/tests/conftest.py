"""A register of two, an edition in force, changed copies of its files, and four officers."""

import shutil

import pytest

from chengxin.evaluation.tests.conftest import add, book, calendar, city  # noqa: F401
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import today
from chengxin.policy.queries import rulebook_folder
from chengxin.tunnel.services import adopt_first, simulate
from chengxin.tunnel.values import ADOPT, OVERRULE, RELEASE, SIMULATE

MODEL = "lianyungang/models/environment.yaml"
TERM = "national/parameters/publication.maximum_term.yaml"


def officer(login, *verbs, unit="lyg-xyzx"):
    return Actor(login, login, unit, dict.fromkeys(verbs, Scope.ALL))


EDITOR = officer("editor", SIMULATE)
RELEASER = officer("releaser", RELEASE)
OVERSEER = officer("overseer", OVERRULE, unit="lyg-fgw")


@pytest.fixture
def in_force(city, book):  # noqa: F811
    adopt_first(root=rulebook_folder(), by=Actor.system(ADOPT), on=today())
    return book


@pytest.fixture
def changed(tmp_path):
    """A copy of the rulebook with texts replaced in one of its files."""

    def make(name, old, new, folder="changed"):
        root = tmp_path / folder
        shutil.copytree(rulebook_folder(), root)
        file = root / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return root

    return make


@pytest.fixture
def milder(changed):
    """An ordinary penalty costs two points instead of three: nobody can be worse off."""
    return changed(MODEL, "points: -3", "points: -2", "milder")


@pytest.fixture
def harsher(changed):
    """An ordinary penalty costs eight points instead of three."""
    return changed(MODEL, "points: -3", "points: -8", "harsher")


@pytest.fixture
def try_out(in_force, tmp_path):
    """Simulate a change into a folder of its own."""

    def run(target, name="report", by=EDITOR, on=None):
        return simulate(
            before=in_force, target=target, out=tmp_path / name, by=by, on=on or today(),
            book=in_force,
        )  # fmt: skip

    return run
