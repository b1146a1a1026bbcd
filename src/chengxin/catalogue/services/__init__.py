"""Compile a catalogue item 目录事项 into DuckDB SQL: one expression per rule, none by hand.

The same expressions check a form field, a spreadsheet and, partition by partition, a province
on a cluster. `compile_item` is the one door.
"""

from chengxin.catalogue.services.compiling import compile_item

__all__ = ["compile_item"]
