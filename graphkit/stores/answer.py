"""How an engine's values leave graphkit: plain, sorted, without engine ids."""

from __future__ import annotations

import math
from typing import Any

_STRUCTURAL = ("title", "type")


def plain(value: Any) -> Any:
    """Return a value as plain data: nodes and relations as dicts, dates as ISO text."""
    if isinstance(value, dict):
        if "properties" in value and ("labels" in value or {"start", "end"} <= value.keys()):
            return _element(value)
        return {key: plain(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _element(value: dict[str, Any]) -> dict[str, Any]:
    kept = {key: plain(item) for key, item in sorted(value["properties"].items()) if key not in _STRUCTURAL}
    if "labels" in value:
        return {"labels": sorted(value["labels"]), "properties": kept}
    return {"type": value["type"], "properties": kept}
