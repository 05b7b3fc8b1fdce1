"""MISP events, as MISP exports them and as feeds carry them (MISP core format, draft-dulaunoy-misp-core-format)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers import tlp
from graphkit.ingest.importers.misp.event import Event
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record

FORMAT = "MISP events"
_PARTS = ("Attribute", "Object", "Orgc")
_NO_EVENT = 'is no MISP event; it needs a uuid, as in {"Event": {"uuid": …, "info": …}}'
_NO_LIST = "response is no list of events; export events, not attributes alone"


def is_it(first: Mapping[str, Any]) -> bool:
    """Say whether an object is an event, or an answer of MISP with events."""
    return "Event" in first or "response" in first or ("info" in first and any(name in first for name in _PARTS))


def records(raw: Iterable[Record], origin: Origin) -> Iterator[Record]:
    """Yield the source that each event is and who made it, then a record for each thing and each relation."""
    if origin.source:
        yield from _in_one_source(list(_events(raw)), origin)
        return
    for record in _events(raw):
        if record.data is None:
            yield record
            continue
        event = Event(record.place, record.data, origin)
        source, made = origin.from_source(event.own_id, event.about())
        yield from made
        yield from event.records(source, made)


def _in_one_source(read: list[Record], origin: Origin) -> Iterator[Record]:
    """Yield the one source that whoever loads has named, then what all of the events say."""
    events = [Event(record.place, record.data, origin) for record in read if record.data is not None]
    about = [event.about() for event in events]
    strictest = tlp.strictest(said["tlp"] for said in about if said["tlp"])
    if len(about) > 1:
        origin.lost["titles, dates and notes of events that are one source here"] += len(about)
    source, made = origin.from_source("", about[0] if len(about) == 1 else {"tlp": strictest})
    yield from made
    yield from (record for record in read if record.data is None)
    for event in events:
        yield from event.records(source, made)


def _events(raw: Iterable[Record]) -> Iterator[Record]:
    """Yield each event, whatever holds it; with a problem what is none."""
    for record in raw:
        if record.data is None:
            yield record
        elif "response" in record.data:
            yield from _answered(record.place, record.data["response"])
        else:
            yield _event(record.place, record.data)


def _answered(place: str, given: Any) -> Iterator[Record]:
    if isinstance(given, dict) and "Event" in given:
        yield _event(f"{place}.response", given)
    elif isinstance(given, list):
        yield from (_event(f"{place}.response[{number}]", one) for number, one in enumerate(given, start=1))
    else:
        yield Record(place, None, None, _NO_LIST)


def _event(place: str, given: Any) -> Record:
    event = given.get("Event", given) if isinstance(given, dict) else None
    uuid = event.get("uuid") if isinstance(event, dict) else None
    if not isinstance(uuid, str) or not uuid.strip():
        return Record(place, None, None, _NO_EVENT)
    return Record(place, event)
