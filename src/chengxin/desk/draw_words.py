"""States of a draw for inspection, in words."""

from collections.abc import Mapping

from chengxin.desk.values import Word

DRAWS: Mapping[str, Word] = {
    "committed": Word("已承诺，待抽取", "Committed, not drawn yet", "blue"),
    "drawn": Word("已抽取", "Drawn", "green"),
    "abandoned": Word("已放弃", "Abandoned", ""),
}
