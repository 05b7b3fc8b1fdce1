"""What the properties of an entity of FollowTheMoney add up to, for things and edges alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphkit.ingest.importers.days import day
from graphkit.ingest.importers.ftm.properties import How, Table
from graphkit.ingest.importers.origin import Origin

Values = Mapping[str, list[str]]
"""The texts of each property."""
_DAYS = {"valid_from": "Start", "valid_to": "End", "said_at": "Modified", "date": "Date"}


@dataclass(slots=True)
class Said:
    """Fields by their name here, and by how else they are used the other values, each with a word for it."""

    fields: dict[str, Any] = field(default_factory=dict)
    used: dict[How, list[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Values, table: Table, origin: Origin) -> Said:
        """Return what a table makes of values; what it does not know is counted."""
        said = cls()
        fields = said.fields
        for name, found in values.items():
            how, to = table.get(name, (None, ""))
            if how is How.FIELD:
                fields[to] = [*fields[to], *found] if to in fields else found
            elif how is How.ID_NUMBER:
                fields[f"{name} (id number)"] = found
            elif how is None:
                origin.leave({name: found}, (), fields)
            else:
                said.used.setdefault(how, []).extend([(to, text) for text in found])
        return said

    def told(self) -> list[str]:
        """Return sentences on what has no field of its own."""
        return [_sentence(label, text) for label, text in self.used.get(How.TOLD, ())]

    def attribution(self, given: Mapping[str, Any], locator: str, point: bool = False) -> dict[str, Any]:
        """Return who says it, where and since when it holds; of several days for one end none is chosen."""
        notes: list[str] = [given["note"]] if "note" in given else []
        notes += [_sentence(label, text) for label, text in self.used.get(How.NOTE, ())]
        days = _days(self.used.get(How.DAY, ()))
        said = {name: found[0] for name, found in days.items() if len(found) == 1 and name != "date"}
        if point and "date" in days and not ("valid_from" in said or "valid_to" in said):
            first, *more = days.pop("date")
            said |= {} if more else {"valid_from": first, "valid_to": first}
        notes += [_sentence(_DAYS[name], ", ".join(found)) for name, found in days.items() if name not in said]
        return {**given, "locator": locator, **said, **({"note": " ".join(notes)} if notes else {})}


def _days(used: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    days: dict[str, list[str]] = {}
    for name, text in used:
        found = days.setdefault(name, [])
        if (one := day(text)) not in found:
            found.append(one)
    return days


def _sentence(label: str, text: str) -> str:
    if not label:
        return text
    return f"{label}: {text}" if "://" in text or text.endswith((".", "!", "?")) else f"{label}: {text}."
