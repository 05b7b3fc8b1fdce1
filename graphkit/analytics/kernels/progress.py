"""How a computation tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[[float], None]
"""Is told how much of a computation is done, 0 to 1."""


def silent(share: float) -> None:
    """Tell nobody."""
