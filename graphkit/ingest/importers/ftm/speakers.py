"""Who says what an entity of FollowTheMoney says: the dataset that it is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.several import texts
from graphkit.ingest.record import Record

_SHOWN = 10

Datasets = tuple[str, ...]


class Speakers:
    """The sources of a file. A dataset that an entity is of alone is one, and its publisher says the entity.

    What is of several datasets, or of none, is of the file, which is based on those datasets.
    """

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._known: dict[Datasets, dict[str, Any]] = {}
        self._made: set[str] = set()
        self._mixed: dict[str, None] = {}

    def said(self, datasets: Datasets) -> tuple[dict[str, Any], list[Record]]:
        """Return the attribution of what entities of these datasets say, and records that are new with it."""
        if datasets in self._known:
            return self._known[datasets], []
        alone = datasets[0] if len(datasets) == 1 else None
        source, made = self._source(alone)
        said: dict[str, Any] = {"source": source}
        if self._origin.claimant:
            said["claimant"] = self._origin.claimant
        elif alone:
            said["claimant"] = f"ftm:publisher:{alone}"
            body = {"kind": "Group", "id": said["claimant"], "name": f"publisher of {alone}", "source": source}
            made.append(Record(self._origin.file, body))
        elif datasets:
            self._mixed |= dict.fromkeys(datasets)
            more = f" and {len(datasets) - _SHOWN} more" if len(datasets) > _SHOWN else ""
            said["note"] = f"Datasets: {', '.join(datasets[:_SHOWN])}{more}."
        self._known[datasets] = said
        return said, made

    def _source(self, dataset: str | None) -> tuple[str, list[Record]]:
        if dataset:
            id_, made = self._origin.from_source(f"ftm:{dataset}", {"name": dataset})
        else:
            id_, made = self._origin.from_source(self._origin.named_by_file("ftm"), {})
        new = [record for record in made if record.data and record.data["id"] not in self._made]
        self._made |= {record.data["id"] for record in new if record.data}
        return id_, new

    def rest(self) -> Iterator[Record]:
        """Yield what the file is based on."""
        if not self._mixed or self._origin.source:
            return
        for dataset in self._mixed:
            yield from self._source(dataset)[1]
        id_, _ = self._source(None)
        based_on = [f"ftm:{dataset}" for dataset in self._mixed]
        yield Record(self._origin.file, {"kind": "Source", "id": id_, "name": self._origin.file, "based_on": based_on})


def datasets(given: dict[str, Any], otherwise: Datasets) -> Datasets:
    """Return the datasets that an entity names."""
    named = given.get("datasets") or given.get("dataset")
    return tuple(dict.fromkeys(texts(named))) if named else otherwise
