"""Where a search is marked."""

import pytest

from chengxin.web.rules import split_at_match


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("连云港新丝路物流有限公司", "新丝路", "新丝路"),
        ("江苏（连云港）ＡＢ公司", "(连云港)ab", "（连云港）ＡＢ"),
        ("连云港 港口 集团", "港港口集", "港 港口 集"),
        ("连云港物流", "货运", ""),
        ("连云港物流", "", ""),
        ("", "货运", ""),
    ],
)
def test_the_part_that_matches_is_marked_as_it_is_written(text, query, marked):
    before, found, after = split_at_match(text, query)
    assert found == marked
    assert before + found + after == text
