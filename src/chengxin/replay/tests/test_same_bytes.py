"""What was served is given back byte for byte, whatever has happened since."""

from chengxin.policy.queries.kept import editions
from chengxin.replay.tests.histories import History

ALL = (
    "add", "correct", "move", "move", "acknowledge", "merge", "rule", "doubt", "split", "decide",
    "list", "evaluate", "revoke", "end",
)  # fmt: skip


def test_after_any_history_everything_ever_served_is_served_again(history):
    told: History = history(seed=4)
    told.ask()
    for number, act in enumerate(ALL):
        told.step(act)
        if number % 2 == 0:
            told.ask()

    assert told.differing() == []
    assert len({one.answer for one in told.served}) > 5
    assert len({one.whole for one in told.served}) == len(told.served)
    assert len(editions()) == 2
    assert set(told.done) > {"add", "correct", "move", "merge", "split", "rule", "doubt"}
