"""A quick yes or no: does a value fit a schema? The words for a no come from the schema library.

A schema is turned once into plain functions; walking it again for every file cost more than
reading the files. Only the keywords our schemas use are known; a schema with any other is left
to the library alone.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

Test = Callable[[Any], bool]

SILENT: Final = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description"})
TYPES: Final[Mapping[str, Test]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


class UnknownKeyword(Exception):
    """The schema says something this reader does not know."""


def shape_test(schema: Mapping[str, Any]) -> Test | None:
    """A function that answers as the schema library would; None if the schema is beyond us."""
    try:
        return _compiled(schema)
    except UnknownKeyword:
        return None


def _compiled(schema: Mapping[str, Any]) -> Test:
    tests = [_KEYWORDS[key](schema[key]) for key in schema if key in _KEYWORDS]
    known = SILENT | _KEYWORDS.keys() | _OF_OBJECTS
    if not schema.keys() <= known:
        raise UnknownKeyword(str(schema.keys() - known))
    if schema.keys() & _OF_OBJECTS:
        tests.append(_members(schema))
    if len(tests) == 1:
        return tests[0]
    return lambda value: all(test(value) for test in tests)


def _members(schema: Mapping[str, Any]) -> Test:
    """`properties`, `required` and `additionalProperties`, which speak of each other."""
    known = {name: _compiled(part) for name, part in schema.get("properties", {}).items()}
    required = frozenset(schema.get("required", ()))
    rest = schema.get("additionalProperties", True)
    others = _compiled(rest) if isinstance(rest, dict) else lambda _: rest is not False

    def test(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        return required <= value.keys() and all(
            known.get(name, others)(part) for name, part in value.items()
        )

    return test


def _type(wanted: str | list[str]) -> Test:
    tests = [TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    return tests[0] if len(tests) == 1 else lambda value: any(test(value) for test in tests)


def _one_of(allowed: list[Any]) -> Test:
    pairs = {(type(one), one) for one in allowed}  # true is not 1
    return lambda value: isinstance(value, str | int | bool) and (type(value), value) in pairs


def _items(schema: Mapping[str, Any]) -> Test:
    each = _compiled(schema)
    return lambda value: not isinstance(value, list) or all(map(each, value))


def _names(schema: Mapping[str, Any]) -> Test:
    each = _compiled(schema)
    return lambda value: not isinstance(value, dict) or all(map(each, value))


def _unique(wanted: bool) -> Test:  # noqa: FBT001  the keyword's own value
    def test(value: Any) -> bool:
        if not wanted or not isinstance(value, list):
            return True
        seen = [(type(one), one) for one in value]
        return all(one not in seen[:at] for at, one in enumerate(seen))

    return test


def _pattern(text: str) -> Test:
    found = re.compile(text).search
    return lambda value: not isinstance(value, str) or found(value) is not None


def _format(name: str) -> Test:
    if name != "date":
        raise UnknownKeyword(name)

    def test(value: Any) -> bool:
        if not isinstance(value, str):
            return True
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return len(value) == len("2026-04-01")

    return test


def _sized(kind: type[str | list[Any] | dict[str, Any]], least: int, most: float) -> Test:
    return lambda value: not isinstance(value, kind) or least <= len(value) <= most


def _bounded(least: float, most: float) -> Test:
    number = TYPES["integer"]
    return lambda value: not number(value) or least <= value <= most


def _any(schemas: list[Any]) -> Test:
    tests = [_compiled(one) for one in schemas]
    return lambda value: any(test(value) for test in tests)


def _all(schemas: list[Any]) -> Test:
    tests = [_compiled(one) for one in schemas]
    return lambda value: all(test(value) for test in tests)


ENDLESS: Final = float("inf")
_OF_OBJECTS: Final = frozenset({"properties", "required", "additionalProperties"})
_KEYWORDS: Final[Mapping[str, Callable[[Any], Test]]] = {
    "type": _type,
    "enum": _one_of,
    "const": lambda value: _one_of([value]),
    "items": _items,
    "propertyNames": _names,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "format": _format,
    "minLength": lambda least: _sized(str, least, ENDLESS),
    "maxLength": lambda most: _sized(str, 0, most),
    "minItems": lambda least: _sized(list, least, ENDLESS),
    "minProperties": lambda least: _sized(dict, least, ENDLESS),
    "minimum": lambda least: _bounded(least, ENDLESS),
    "maximum": lambda most: _bounded(-ENDLESS, most),
    "anyOf": _any,
    "allOf": _all,
}
