"""The quick test of shapes says yes exactly where the schema library does."""

import copy
import random

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from chengxin.policy.queries import rulebook_folder
from chengxin.policy.reading.layout import all_files, read_files
from chengxin.policy.reading.schemas import Schemas
from chengxin.policy.reading.shapes import shape_test

ODD = ["", "x", 0, 1, -1, True, False, None, [], {}, "2026-02-30", ["a", "a"], 10**9, "第一条"]


def spots(value, path=()):
    yield path
    if not isinstance(value, dict | list):
        return
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield from spots(part, (*path, key))


def changed(rng, data):
    """The data with one value put wrong, taken out or added."""
    data = {"root": copy.deepcopy(data)}
    path = ("root", *rng.choice(list(spots(data["root"]))))
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    kind = rng.randrange(3)
    if kind == 0 and len(path) > 1:
        parent.pop(path[-1])
    elif kind == 1 and isinstance(parent[path[-1]], dict):
        parent[path[-1]]["odd"] = rng.choice(ODD)
    else:
        parent[path[-1]] = rng.choice(ODD)
    return data["root"]


def test_both_say_the_same_of_every_file_and_of_spoiled_ones():
    root, rng = rulebook_folder(), random.Random(20260401)
    files, _ = read_files(all_files(root), ["national", "jiangsu", "lianyungang"])
    schemas = Schemas(root)
    disagreed, refused = [], 0
    for file in rng.sample(files, 90):
        schema = schemas._spelled[file.kind]
        slow = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
        quick = shape_test(schema)
        assert quick is not None, file.kind
        assert quick(file.document.data)
        for _ in range(5):
            data = changed(rng, file.document.data)
            refused += not quick(data)
            if quick(data) is not slow.is_valid(data):
                disagreed.append((file.document.file, data))

    assert disagreed == []
    assert refused > 200


@pytest.mark.parametrize("keyword", ["if", "patternProperties", "oneOf"])
def test_a_schema_with_an_unknown_keyword_is_left_to_the_library(keyword):
    assert shape_test({"type": "object", keyword: {}}) is None
