"""Taking what another tool wrote, as a load does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from graphkit.ingest.batch import Batch, gather
from graphkit.ingest.importers import Origin, imported
from graphkit.ingest.record import Record
from graphkit.model.schema import Catalog
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
NOW = "2026-11-24T00:00:00+00:00"
ANY_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
Path = tuple[str | int, ...]
"""The keys and numbers that lead to a part of a JSON document."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file came to: the records it was turned into, the batch made of them, and where they come from."""

    records: list[Record]
    batch: Batch
    origin: Origin

    @property
    def rejects(self) -> list[str]:
        return [str(reject) for reject in self.batch.rejects]

    @property
    def lost(self) -> dict[str, int]:
        return dict(self.origin.lost)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Return the records of a kind."""
        return [record.data for record in self.records if record.data and record.data.get("kind") == kind]

    def records_of_relations(self) -> list[dict[str, Any]]:
        """Return the records that have two ends."""
        return [record.data for record in self.records if record.data and "from" in record.data]

    def claims(self, subject: str) -> dict[str, list[str]]:
        """Return the values of each property of a thing, relations among them, in the order of the file."""
        found: dict[str, list[str]] = {}
        rows = self.batch.claims.filter(subject=subject).select("property", "value").iter_rows()
        for name, value in rows:
            found.setdefault(name, []).append(value)
        return found

    def claim(self, subject: str, name: str) -> dict[str, Any]:
        """Return the one claim on a property of a thing."""
        (row,) = self.batch.claims.filter(subject=subject, property=name).rows(named=True)
        return row


def taken(*objects: Any, file: str = "a.json", known: Mapping[str, str] | None = None, **understood: str) -> Taken:
    """Take objects of one file; ``known`` are the kinds of what the store has, by id."""
    held = known or {}
    origin = Origin(file, CATALOG, kinds_of=lambda ids: {id_: held[id_] for id_ in ids if id_ in held}, **understood)
    raw = [Record(f"{file}:[{number}]", given) for number, given in enumerate(objects, start=1)]
    records = list(imported(iter(raw), origin))
    batch = gather(records, CATALOG, origin.kinds_of, NOW)
    assert batch.read == batch.accepted + len(batch.rejects) == len(records)
    return Taken(records, batch, origin)


def paths(given: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path to each part of a document."""
    if path:
        yield path
    inside = given.items() if isinstance(given, dict) else enumerate(given) if isinstance(given, list) else ()
    for step, inner in inside:
        yield from paths(inner, (*path, step))


def put(given: Any, path: Path, value: Any) -> Any:
    """Return a document with another value at a path."""
    changed = deepcopy(given)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed
