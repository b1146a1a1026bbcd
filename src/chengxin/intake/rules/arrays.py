"""Small Arrow values made from bytes.

`pa.array` and `pa.scalar` load pandas first where it is installed: a second of the processor.
"""

from array import array
from collections.abc import Iterable
from typing import Any

import pyarrow as pa


def int32s(numbers: Iterable[int]) -> Any:
    """Whole numbers of 32 bits as an Arrow array."""
    packed = array("i", numbers)
    return pa.Array.from_buffers(pa.int32(), len(packed), [None, pa.py_buffer(packed)])


def text_scalar(text: str) -> Any:
    """A text as an Arrow scalar."""
    data = text.encode()
    buffers = [None, pa.py_buffer(array("i", (0, len(data)))), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), 1, buffers)[0]
