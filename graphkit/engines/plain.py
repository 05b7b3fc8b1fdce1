"""How an engine's values leave graphkit: plain, sorted, without engine ids."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any


def plain(value: Any, hidden: Collection[str]) -> Any:
    """Return a value as plain data: nodes and relations as dicts, dates as ISO text.

    Properties of nodes and relations that are in ``hidden``, those an engine keeps for itself, are left out.
    """
    if isinstance(value, dict):
        if "properties" in value and ("labels" in value or {"start", "end"} <= value.keys()):
            return _element(value, hidden)
        return {key: plain(value[key], hidden) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [plain(item, hidden) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _element(value: dict[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    kept = {key: plain(item, hidden) for key, item in sorted(value["properties"].items()) if key not in hidden}
    if "labels" in value:
        return {"labels": sorted(value["labels"]), "properties": kept}
    return {"type": value["type"], "properties": kept}
