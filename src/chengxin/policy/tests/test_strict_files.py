"""A law file that could be read two ways is refused, with its line and the way out."""

import pytest

from chengxin.policy.reading.document import read_document

NAME = "national/laws/example.yaml"


def read(tmp_path, text):
    path = tmp_path / "example.yaml"
    path.write_text(text, encoding="utf-8")
    return read_document(path, NAME)


@pytest.mark.parametrize(
    "guessed",
    [
        "yes",
        "No",
        "on",
        "OFF",
        "True",
        "y",
        "null",
        "~",
        "012",
        "0x1F",
        "1_000",
        "+7",
        "1.5",
        "1e3",
        ".inf",
        "12:30",
        "2026-4-1",
        "2026-04-01T10",
    ],
)
def test_what_yaml_would_guess_at_is_refused(tmp_path, guessed):
    document, faults = read(tmp_path, f"title: 示例\nvalue: {guessed}\n")

    assert document is None
    assert [(one.file, one.line, one.code) for one in faults] == [(NAME, 2, "POLICY-GUESSED")]
    assert guessed in faults[0].reason_zh
    assert "Quote" in faults[0].way_out_en


def test_quoted_text_is_what_it_says(tmp_path):
    document, faults = read(tmp_path, "a: \"no\"\nb: '012'\nc: 7\nd: true\ne: 2026-04-01\nf: -3\n")

    assert faults == []
    assert document.data == {"a": "no", "b": "012", "c": 7, "d": True, "e": "2026-04-01", "f": -3}


def test_a_key_given_twice_is_refused_at_its_second_line(tmp_path):
    _, faults = read(tmp_path, "since: 2026-04-01\nvalue: 3\nsince: 2023-05-01\n")

    assert [(one.line, one.code) for one in faults] == [(3, "POLICY-DUPLICATE-KEY")]


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "<<: {a: 1}\n", "a: &only 1\n"])
def test_anchors_aliases_and_merges_are_refused(tmp_path, text):
    _, faults = read(tmp_path, text)

    assert {one.code for one in faults} == {"POLICY-ALIAS"}


def test_tags_empty_values_and_second_documents_are_refused(tmp_path):
    _, faults = read(tmp_path, "a: !!str 3\nb:\n---\nc: 1\n")

    assert [one.code for one in faults] == [
        "POLICY-TAG",
        "POLICY-EMPTY",
        "POLICY-SEVERAL-DOCUMENTS",
    ]


def test_a_word_such_as_on_may_be_a_key(tmp_path):
    document, faults = read(tmp_path, "on: x\n1: z\n")

    assert faults == []
    assert document.data == {"on": "x", "1": "z"}


def test_broken_yaml_and_other_encodings_say_where(tmp_path):
    _, broken = read(tmp_path, "a: [1\nb: 2\n")
    path = tmp_path / "gb.yaml"
    path.write_bytes("label: 处罚\n".encode("gb18030"))
    _, foreign = read_document(path, "gb.yaml")

    assert [(one.line, one.code) for one in broken] == [(2, "POLICY-SYNTAX")]
    assert [one.code for one in foreign] == ["POLICY-ENCODING"]


def test_every_value_knows_its_line(tmp_path):
    document, _ = read(tmp_path, "a: 1\nlist:\n  - {x: 1}\n  - x: 2\n    y: 3\n")

    assert document.line("list", 0, "x") == 3
    assert document.line("list", 1, "y") == 5
    assert document.line("list", 1, "missing") == 4
