"""Importers: what other tools write, as native records. A package each, or a module of one.

``is_it`` says whether an object is one of theirs, and ``records`` turns those of a file into records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Protocol

from graphkit.ingest.importers import ftm, graphs, passive_dns, stix, whois
from graphkit.ingest.importers.misp import events, galaxies
from graphkit.ingest.importers.misp import events as misp_events
from graphkit.ingest.importers.misp import galaxies as misp_galaxies
from graphkit.ingest.importers.origin import KindsOf, Origin
from graphkit.ingest.record import Record

__all__ = ["IMPORTERS", "Importer", "KindsOf", "Origin", "events", "galaxies", "imported"]


class Importer(Protocol):
    """What a module of this package holds; ``FORMAT`` is the name of what it reads."""

    FORMAT: str

    def is_it(self, first: Mapping[str, Any]) -> bool: ...
    def records(self, raw: Iterable[Record], origin: Origin) -> Iterator[Record]: ...


IMPORTERS: tuple[Importer, ...] = (stix, misp_galaxies, misp_events, ftm, passive_dns, whois, graphs)


def imported(raw: Iterator[Record], origin: Origin) -> Iterator[Record]:
    """Yield native records, whatever the objects of a file are; the first object decides what they are."""
    first = next(raw, None)
    if first is None:
        return
    every = chain([first], raw)
    found = next((one for one in IMPORTERS if first.data and "kind" not in first.data and one.is_it(first.data)), None)
    if found:
        origin.format = found.FORMAT
        yield from found.records(every, origin)
    elif origin.source or origin.claimant:
        yield from (_attributed(record, origin) for record in every)
    else:
        yield from every


def _attributed(record: Record, origin: Origin) -> Record:
    """Return a native record with the source and the claimant that are to be understood."""
    data = record.data
    kind = origin.catalog.kinds.get(str(data.get("kind"))) if data else None
    if data is None or kind is None or kind.registry:
        return record
    understood = {"source": origin.source, "claimant": origin.claimant}
    return Record(record.place, {name: value for name, value in understood.items() if value} | data)
