"""JSON Schemas of the law files, and their findings in words people understand."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match

from chengxin.policy.errors import RulebookFault
from chengxin.policy.reading.document import Document
from chengxin.policy.reading.faults import fault
from chengxin.policy.reading.layout import SCHEMAS
from chengxin.policy.reading.shapes import Test, shape_test

NARROWABLE = frozenset({"item", "parameter", "codelist"})
SUFFIX = ".schema.json"
NAMES = {"string": "文字", "integer": "整数", "boolean": "true 或 false", "array": "列表"}


class Schemas:
    """The schemas of one rulebook, each compiled once."""

    def __init__(self, root: Path) -> None:
        contents = {
            path.name: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((root / SCHEMAS).glob(f"*{SUFFIX}"))
        }
        self._spelled: Mapping[str, Any] = {
            name.removesuffix(SUFFIX): _spelled_out(content, contents)
            for name, content in contents.items()
        }
        self._fits: dict[str, Test | None] = {}

    def fits(self, schema: str, data: Any) -> bool:
        """Whether `data` fits the schema of that name."""
        if schema not in self._fits:
            self._fits[schema] = shape_test(self._spelled[schema])
        test = self._fits[schema]
        return test(data) if test is not None else self._validator(schema).is_valid(data)

    def _validator(self, schema: str) -> Draft202012Validator:
        return Draft202012Validator(self._spelled[schema], format_checker=FormatChecker(["date"]))

    def faults(self, kind: str, document: Document) -> Iterator[RulebookFault]:
        """What in the document does not fit the schema of its kind."""
        narrows = kind in NARROWABLE and "narrows" in document.data
        schema = f"{kind}_narrowing" if narrows else kind
        if self.fits(schema, document.data):
            return
        for found in self._validator(schema).iter_errors(document.data):
            error = best_match([found]) or found
            path = tuple(error.absolute_path)
            zh, en = _words(error)
            problem = fault(
                "SCHEMA",
                document.file,
                document.line(*path),
                where="",
                problem=zh,
                schema=f"{schema}.schema.json",
            )
            spot = ".".join(str(part) for part in path) or "file"
            english = fault("SCHEMA", "", 0, where=spot, problem=en, schema=f"{schema}.schema.json")
            chinese = problem.reason_zh if not path else f"“{spot}”{problem.reason_zh}"
            yield RulebookFault(
                problem.file,
                problem.line,
                problem.code,
                chinese,
                english.reason_en,
                problem.way_out_zh,
                english.way_out_en,
            )


def _spelled_out(part: Any, contents: Mapping[str, Any]) -> Any:
    """A schema with every `$ref` replaced by what it points at: half the time to validate.

    References are `file`, `file#/$defs/name` or `#/$defs/name` (in the common file), never
    in a circle.
    """
    if isinstance(part, list):
        return [_spelled_out(one, contents) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        file, _, pointer = part["$ref"].partition("#")
        target: Any = contents[file or f"common{SUFFIX}"]
        for step in pointer.strip("/").split("/") if pointer else ():
            target = target[step]
        return _spelled_out(target, contents)
    return {key: _spelled_out(one, contents) for key, one in part.items() if key != "$defs"}


def _words(error: ValidationError) -> tuple[str, str]:
    value: Any = error.validator_value
    instance: Any = error.instance
    schema: Any = error.schema
    match error.validator:
        case "required":
            missing = [name for name in value if name not in instance]
            return f"缺少 {'、'.join(missing)}。", f"{', '.join(missing)} is missing"
        case "additionalProperties":
            known = schema.get("properties", {})
            extra = [name for name in instance if name not in known]
            return f"有不认识的键 {'、'.join(extra)}。", f"unknown key {', '.join(extra)}"
        case "type":
            wanted = [value] if isinstance(value, str) else value
            kinds = "或".join(NAMES.get(kind, kind) for kind in wanted)
            return (
                f"应为{kinds}，实为 {instance!r}。",
                f"{instance!r} should be of type {' or '.join(wanted)}",
            )
        case "enum":
            allowed = "、".join(str(one) for one in value)
            return (
                f"“{instance}”不在可选值之内（{allowed}）。",
                f"{instance!r} is not one of {allowed}",
            )
        case "pattern" | "format":
            return (
                f"“{instance}”书写格式不对（{value}）。",
                f"{instance!r} is not written as {value}",
            )
    return f"{error.message}。", error.message
