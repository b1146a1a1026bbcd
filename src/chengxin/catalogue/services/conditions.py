"""Conditions on a coded field, each asked once a row: a column beside the field."""

from collections.abc import Iterator, Mapping, Sequence

from chengxin.catalogue.services.texts import column, listed
from chengxin.catalogue.values import Condition, Field, FieldType


def column_of(condition: Condition) -> str:
    """Name of the column that says whether the condition holds."""
    return f"{condition.field}__is_{'_or_'.join(condition.is_in)}"


def condition_columns(fields: Sequence[Field]) -> Mapping[str, str]:
    """Column → SQL for every condition on codes; never NULL."""
    types = {field.name: field.type for field in fields}
    return {column_of(one): _holds(one, types[one.field]) for one in _on_codes(fields)}


def _on_codes(fields: Sequence[Field]) -> Iterator[Condition]:
    for field in fields:
        for condition in (field.required_when, field.blank_when):
            if condition is not None and not condition.filled:
                yield condition


def _holds(condition: Condition, kind: FieldType) -> str:
    there, wanted = column(condition.field), listed(condition.is_in)
    if kind is FieldType.CODES:
        return f"coalesce(list_has_any(string_split({there}, ';'), [{wanted}]), false)"
    return f"coalesce({there} IN ({wanted}), false)"
