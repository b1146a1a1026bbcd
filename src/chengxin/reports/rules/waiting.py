"""Run the signing library's coroutines to their end."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine, in an event loop of its own.

    In a thread of its own too: the caller may stand inside a running loop already (a browser
    test, an asynchronous server), where a second one is refused.
    """
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, work).result()
