"""How many examples a property test on stores tries."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings

TRIED = {"many": False}
"""Whether many are tried; ``--long`` says so before any test is collected."""


def budget(few: int, many: int) -> Any:
    """Return hypothesis settings with a few examples, or many with ``--long``; the same ones in every run."""
    count = many if TRIED["many"] else few
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=count, deadline=None, suppress_health_check=quiet, database=None, derandomize=True)
