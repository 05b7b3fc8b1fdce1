"""Records that graphkit wrote into a format of others, which carries them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record


def taken(place: str, records: list[Any], origin: Origin) -> Iterator[Record]:
    """Yield records as they are; the notes of the file say so."""
    note = f"{origin.file}: the records of graphkit in it are taken as they are."
    if note not in origin.said:
        origin.said.append(note)
    for record in records:
        if isinstance(record, dict):
            yield Record(place, record)
        else:
            yield Record(place, None, None, 'carries something that is no record; write it as {"kind": …}')
