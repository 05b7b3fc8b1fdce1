"""Attributes of nodes and edges as fields of records: which goes where is judged once for all that have the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.model import interval
from graphkit.model.schema import Kind
from graphkit.model.values import MAX_TEXT

Spell = tuple[str | None, str | None]
"""When something held, as ``valid_from`` and ``valid_to``."""
KNOWN = ""
"""Where an attribute goes that is read by itself, or that says nothing of its own."""
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_MOMENT = re.compile("[T ]")
_DATES = ("date", "datetime")
_ALWAYS = ("inf", "infinity")
_DATED = ("valid_from", "valid_to")
CORE = ("kind", "id", "from", "to", "source", "claimant", "locator")
_MAX_CORE = 2000


@dataclass(frozen=True, slots=True)
class Plan:
    """Attributes with the fields they go to, and those that are lost, or refused; the others are known."""

    fields: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]
    refused: tuple[str, ...]


class Fields:
    """Puts attributes into records. ``named`` gives the field that an attribute of a kind goes to, or None."""

    def __init__(self, origin: Origin, named: Callable[[Kind, str], str | None]) -> None:
        self._origin = origin
        self._named = named
        self._plans: dict[tuple[str, tuple[str, ...]], Plan] = {}
        self._commons: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def put(self, record: dict[str, Any], kind: Kind, said: Mapping[str, Any]) -> None:
        """Put attributes into a record of a kind; what has no place there is counted."""
        plan = self.plan(kind, tuple(said))
        for name, field in plan.fields:
            record[field] = [*texts(record[field]), *texts(said[name])] if field in record else said[name]
        for name in plan.lost:
            self._origin.lost[name] += 1
        for name in plan.refused:
            record[name] = said[name]

    def worded(self, said: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
        """Return the words that stand under these names, however spelled, in their order, each with its first name."""
        key = tuple(said)
        spelled = self._commons.get(key)
        if spelled is None:
            spelled = self._commons[key] = {}
            for attribute in said:
                spelled.setdefault(common_name(attribute), []).append(attribute)
        found: dict[str, str] = {}
        for name in names:
            for attribute in spelled.get(name, ()):
                for word in texts(said[attribute]):
                    if isinstance(word, str) and word:
                        found.setdefault(word, name)
        return found

    def plan(self, kind: Kind, attributes: tuple[str, ...]) -> Plan:
        """Return where attributes of a kind go."""
        key = (kind.name, attributes)
        return self._plans.get(key) or self._plans.setdefault(key, self._planned(kind, attributes))

    def _planned(self, kind: Kind, attributes: tuple[str, ...]) -> Plan:
        to = {name: self._named(kind, name) for name in attributes}
        left = [name for name, field in to.items() if field is None]
        refused = [name for name in left if name != "weight" or not kind.edge]
        refused = [name for name in refused if self._origin.catalog.deny.refuses(name)]
        fields = tuple((name, field) for name, field in to.items() if field)
        return Plan(fields, tuple(name for name in left if name not in refused), tuple(refused))


def of_source(origin: Origin, own_id: str, said: Mapping[str, Any], there: Collection[str]) -> list[Record]:
    """Return the records that make the source of a graph, and who says it unless a node of the graph is that."""
    _, made = origin.from_source(own_id, said)
    return [one for one in made if one.data and (one.data["kind"] == "Source" or one.data["id"] not in there)]


def texts(value: Any) -> list[Any]:
    """Return the values of an attribute that may have several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def common_name(attribute: str) -> str:
    """Return an attribute's name as fields are written: ``Valid from`` as ``valid_from``."""
    return re.sub(r"[\s-]+", "_", attribute.strip().lower())


def one_or_many(words: list[Any]) -> Any:
    """Return values as a field has them."""
    return words[0] if len(words) == 1 else words


def spells(given: Any, times: str, origin: Origin) -> list[Spell]:
    """Return the times of a node or an edge; those that are bare numbers are counted as lost."""
    found: dict[Spell, None] = {}
    for spell in texts(given):
        if not (isinstance(spell, list) and len(spell) == 4):
            continue
        start, end, after, before = spell
        if any(_is_number(bound, times) for bound in (start, end)):
            origin.lost["times that are no dates"] += 1
            continue
        found[_bound(start, 1 if after else 0), _bound(end, -1 if before else 0)] = None
    return [spell for spell in found if any(spell)]


def _is_number(bound: object, times: str) -> bool:
    return isinstance(bound, str) and times.lower() not in _DATES and bool(_NUMBER.fullmatch(bound.strip()))


def _bound(bound: object, step: int) -> str | None:
    """Return a bound that is in the time itself, moved by a day where it is not; None when there is none."""
    if not isinstance(bound, str) or bound.strip().lower().lstrip("+-") in ("", *_ALWAYS):
        return None
    return moved(bound.strip(), step) if step else bound.strip()


def moved(day: str, step: int) -> str:
    """Return the day after a date, or before it; a moment of a day, and what is no date, stays."""
    try:
        meant = interval.parse(day)
        edge = meant.latest if step > 0 else meant.earliest
        return day if _MOMENT.search(day) or edge is None else str(edge if step > 0 else edge - timedelta(days=1))
    except (ValueError, OverflowError):
        return day


def when(held: Sequence[Spell]) -> list[dict[str, str]]:
    """Return times as fields."""
    return [{name: day for name, day in zip(_DATED, spell, strict=True) if day} for spell in held]


def repeated(
    record: dict[str, Any], main: str, more: Sequence[Mapping[str, str]], origin: Origin
) -> list[dict[str, Any]]:
    """Return a record with each of these fields added, the record itself when there are none.

    Where that would repeat very much, the later ones say no more than what it is, or are counted as lost.
    """
    later = record
    if len(more) > 1 and _size(record) * len(more) > MAX_TEXT:
        later = {name: record[name] for name in (*CORE, main) if name in record}
        if _size(later) > _MAX_CORE:
            origin.lost["repetitions of what is very long"] += len(more) - 1
            more = more[:1]
    return [{**(later if place else record), **given} for place, given in enumerate(more)] or [record]


def _size(record: Mapping[str, Any]) -> int:
    return sum(_length(part) for value in record.values() for part in texts(value))


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else MAX_TEXT if isinstance(value, dict | list) else 1
