"""Peers that go row by row: pydantic and frictionless; `peers.py` runs them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from penalties import COLUMNS

Found = tuple[int, int, dict[str, int]]
"""Rows read, rows with a fault, rule → faults."""


def pydantic(file: Path) -> Callable[[], Found]:
    """Constraints of columns in its Rust core, the rest in one validator of the row.

    That one runs only on rows whose columns hold, and rows are not seen beside each other: it
    finds fewer faults.
    """
    import csv
    from typing import Annotated, Literal

    from common_rules import LONGEST, ORGANISED, PAPERS, PENALTIES, PERSON, REQUIRED
    from pydantic import (
        BaseModel,
        StringConstraints,
        TypeAdapter,
        ValidationError,
        create_model,
        model_validator,
    )
    from python_rules import broken

    kinds = frozenset(PENALTIES)
    lists: dict[str, Any] = {
        "subject_kind": Literal[*ORGANISED, *PERSON],
        "id_type": Literal[*PAPERS],
    }

    class Base(BaseModel):
        @model_validator(mode="after")
        def _together(self) -> "Base":
            if names := list(broken(self.__dict__, kinds)):
                raise ValueError("|".join(names))
            return self

    fields: dict[str, Any] = {}
    for name in COLUMNS:
        limits = StringConstraints(max_length=LONGEST.get(name), pattern="^[^\ufffd]*$")
        kind = lists.get(name, Annotated[str, limits])
        fields[name] = (kind, ...) if name in REQUIRED else (kind | None, None)
    rows_of = TypeAdapter(create_model("Penalty", __base__=Base, **fields))
    causes = {"string_too_long": "not too long", "literal_error": "in its list"}
    causes |= {"string_pattern_mismatch": "not damaged", "string_type": "present"}

    def run() -> Found:
        faults: dict[str, int] = {}
        rows = bad = 0
        with file.open(encoding="utf-8", newline="") as stream:
            for cells in csv.reader(stream):
                if not rows:
                    rows = 1
                    continue
                rows += 1
                row = {n: c.strip() or None for n, c in zip(COLUMNS, cells, strict=True)}
                try:
                    rows_of.validate_python(row)
                except ValidationError as error:
                    bad += 1
                    for one in error.errors(include_url=False):
                        name = f"{(one['loc'] or ('',))[0]} {causes.get(one['type'], '')}"
                        found = one["msg"].removeprefix("Value error, ").split("|")
                        for rule in found if one["type"] == "value_error" else [name]:
                            faults[rule] = faults.get(rule, 0) + 1
        return rows - 1, bad, faults

    return run


def frictionless(file: Path) -> Callable[[], Found]:
    """Constraints of columns in its schema, the rest in a check of its own kind."""
    from common_rules import LONGEST, NATURAL_KEY, ORGANISED, PAPERS, PENALTIES, PERSON, REQUIRED
    from frictionless import Check, Checklist, Resource, Schema, errors, fields, system
    from python_rules import broken

    kinds = frozenset(PENALTIES)
    lists = {"subject_kind": [*ORGANISED, *PERSON], "id_type": list(PAPERS)}
    schema = Schema()
    for name, label in COLUMNS.items():
        limits: dict[str, Any] = {"required": name in REQUIRED, "pattern": "[^\ufffd]*"}
        if name in LONGEST:
            limits["maxLength"] = LONGEST[name]
        if name in lists:
            limits["enum"] = lists[name]
        schema.add_field(fields.StringField(name=label, constraints=limits))

    class Together(Check):
        Errors = [errors.RowError]  # noqa: RUF012  its own way

        def validate_row(self, row: Any) -> Any:
            cells = {name: row[label] for name, label in COLUMNS.items()}
            key = tuple(cells[name] for name in NATURAL_KEY)
            names = list(broken(cells, kinds))
            if all(key) and key in seen:
                names.append(f"{NATURAL_KEY[0]} not reported twice")
            seen.add(key)
            for name in names:
                yield errors.RowError.from_row(row, note=name)

    seen: set[tuple[Any, ...]] = set()
    words = {"required": "present", "maxLength": "not too long", "enum": "in its list"}
    names = {label: name for name, label in COLUMNS.items()}

    def run() -> Found:
        with system.use_context(trusted=True):
            resource = Resource(
                path=file.name, basepath=str(file.parent), schema=schema, encoding="utf-8"
            )
            report = resource.validate(Checklist(checks=[Together()]), limit_errors=10**9)
        found: dict[str, int] = {}
        bad = set()
        for error in report.tasks[0].errors:
            bad.add(error.row_number)
            cause = next(
                (said for word, said in words.items() if word in error.note), "not damaged"
            )
            label = getattr(error, "field_name", None)
            rule = f"{names[label]} {cause}" if label else error.note
            found[rule] = found.get(rule, 0) + 1
        return report.tasks[0].stats["rows"], len(bad), found

    return run
