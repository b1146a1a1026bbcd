"""States of cases and merges in words."""

from collections.abc import Mapping

from chengxin.desk.values import Word

CASES: Mapping[str, Word] = {
    "open": Word("核查中", "Being checked", "amber"),
    "upheld": Word("属实，已撤销关联", "Upheld, link undone", "green"),
    "not_upheld": Word("不属实，维持关联", "Not upheld, link stands", ""),
}
MERGES: Mapping[str, Word] = {
    "proposed": Word("待确认", "Waiting for a second officer", "amber"),
    "confirmed": Word("已合并", "Merged", "green"),
    "declined": Word("不予合并", "Declined", ""),
    "split": Word("已拆分", "Split again", "blue"),
}
