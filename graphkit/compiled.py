"""How loops are compiled, and how many cores there are to run them on."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


class _Later:
    """A function that is compiled when it is first called, so that nobody waits for numba who calls none."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._made: Callable[..., Any] | None = None
        update_wrapper(self, function)

    def __call__(self, *given: Any) -> Any:
        return self.made()(*given)

    def made(self) -> Callable[..., Any]:
        """Return it compiled, and those that it calls before it."""
        if self._made is None:
            known = self._function.__globals__
            for name in self._function.__code__.co_names:
                other = known.get(name)
                if isinstance(other, _Later) and other is not self:
                    known[name] = other.made()
            self._made = known[self._function.__name__] = _compiled(self._function)
        return self._made


def compiled(function: F) -> F:
    """Compile a function at its first call, for all later processes too; it runs without Python's lock."""
    return cast(F, _Later(function))


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    try:
        made = numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:  # nowhere to keep what was compiled
        made = numba.njit(nogil=True)(function)
    return cast(Callable[..., Any], made)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
