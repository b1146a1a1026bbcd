"""Identifiers sort by time, and by part within a thing."""

from datetime import datetime, timedelta

import pytest

from chengxin.kernel.uuids import PARTS, part_of, time_ordered
from chengxin.kernel.zone import SHANGHAI

NOON = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)


def test_later_things_sort_after_earlier_ones():
    made = [time_ordered(NOON + timedelta(milliseconds=n)) for n in range(50)]
    assert made == sorted(made)


def test_an_identifier_is_of_version_7_and_never_comes_twice():
    made = {time_ordered(NOON) for _ in range(1000)}
    assert len(made) == 1000
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {"specified in RFC 4122"}


def test_the_parts_of_a_thing_sort_by_number_and_are_always_the_same():
    whole = time_ordered(NOON)
    parts = [part_of(whole, n) for n in (0, 1, 2, 255, 256, 70_000, PARTS - 1)]
    assert parts == sorted(parts)
    assert len(set(parts)) == len(parts)
    assert part_of(whole, 7) == part_of(part_of(whole, 9), 7)
    assert {one.version for one in parts} == {7}


@pytest.mark.parametrize("number", [-1, PARTS])
def test_a_number_no_file_has_is_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        part_of(time_ordered(NOON), number)
