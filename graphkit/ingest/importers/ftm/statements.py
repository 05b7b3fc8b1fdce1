"""Statements of FollowTheMoney, which say one value of one property in one dataset each, put together as entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from graphkit.ingest.record import Record

_NEEDED = {"prop", "value", "schema"}
_IDS = ("canonical_id", "entity_id")
_OF_ALL = "id"
_NO_STATEMENT = "is no statement; it needs a canonical_id or entity_id, a schema, a prop, a value and a dataset"
_NO_STATEMENTS = "has no statements; an entity needs some, or properties"


def is_statement(given: Mapping[str, Any]) -> bool:
    """Say whether an object is a statement by itself."""
    return given.keys() >= _NEEDED and any(name in given for name in _IDS)


def together(raw: Iterable[Record]) -> Iterator[Record]:
    """Yield an entity for each run of statements on one, with its statements; other records as they are."""
    for id_, run in groupby(raw, key=_subject):
        if id_ is None:
            yield from run
            continue
        alike = [(record.place, record.data) for record in run if record.data]
        place, first = alike[0]
        yield Record(place, {"id": id_, "schema": first["schema"], "statements": [data for _, data in alike]})


def _subject(record: Record) -> str | None:
    if not (record.data and is_statement(record.data)):
        return None
    return next((record.data[name] for name in _IDS if isinstance(record.data.get(name), str)), None)


def entities(given: Mapping[str, Any]) -> Iterator[dict[str, Any] | str]:
    """Yield an entity for what each dataset states of one, and the problem of each statement that is none."""
    shared = {name: value for name, value in given.items() if name not in ("statements", "datasets", "properties")}
    stated: dict[str, dict[str, list[Any]]] = {}
    schemata: dict[str, Any] = {}
    wrong = 0
    for one in given["statements"]:
        if not (isinstance(one, dict) and isinstance(one.get("prop"), str) and isinstance(one.get("dataset"), str)):
            wrong += 1
        elif one["prop"] != _OF_ALL:
            stated.setdefault(one["dataset"], {}).setdefault(one["prop"], []).append(one.get("value"))
            schemata.setdefault(one["dataset"], one.get("schema"))
    yield from [_NO_STATEMENT] * wrong
    if not (wrong or stated):
        yield _NO_STATEMENTS
    for dataset, properties in stated.items():
        schema = shared.get("schema") or schemata[dataset]
        yield shared | {"schema": schema, "datasets": [dataset], "properties": properties}
