"""How work is spread over the cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.progress import Told, silent
from graphkit.compiled import cores

T = TypeVar("T")


def spread(
    parts: Sequence[NDArray[np.int64]], work: Callable[[NDArray[np.int64]], T], told: Told = silent
) -> Iterator[T]:
    """Yield what ``work`` makes of each part, in their order, computed on all cores; none is held for long."""
    if cores() == 1 or len(parts) < 2:
        for done, part in enumerate(parts, start=1):
            yield work(part)
            told(done / len(parts))
        return
    with ThreadPoolExecutor(cores()) as pool:
        running = deque(pool.submit(work, part) for part in parts)
        try:
            for done in range(1, len(parts) + 1):
                yield running.popleft().result()
                told(done / len(parts))
        finally:
            pool.shutdown(cancel_futures=True)


def parts(count: int, size: int) -> list[NDArray[np.int64]]:
    """Return the numbers below ``count`` in parts of this size; which they are does not depend on the machine."""
    return [np.arange(at, min(at + size, count), dtype=np.int64) for at in range(0, count, size)]
