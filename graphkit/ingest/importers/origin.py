"""Where the records of a file come from: what is to be understood of all of them, and what had no place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphkit.ingest.record import Record
from graphkit.model.invisible import in_brief, visible
from graphkit.model.schema import Catalog

KindsOf = Callable[[list[str]], dict[str, str]]
_NAMED = 100
_NO_NAME = re.compile(r"[^\w.-]+")


@dataclass(slots=True)
class Origin:
    """One file of a load.

    ``source`` and ``claimant`` are the ids that hold for records which name none themselves. ``kinds_of`` gives the
    kinds of ids that the store knows. ``format`` is what the file turned out to be, and ``lost`` counts, by name,
    the fields and objects that no record has a place for. ``said`` are sentences on what else a reader should know.
    """

    file: str
    catalog: Catalog
    source: str | None = None
    claimant: str | None = None
    kinds_of: KindsOf = lambda ids: {}
    format: str = ""
    lost: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def from_source(self, own_id: str, said: Mapping[str, Any]) -> tuple[str, list[Record]]:
        """Return the id of the source of this file, and the records that make it and who says it.

        ``own_id`` is the id that the file itself gives it. Who loads may name another source, and who says it; what
        the store has of these is not made again.
        """
        id_ = self.source or own_id
        made = []
        if not (self.source and self.kinds_of([self.source])):
            given = {name: value for name, value in said.items() if value}
            made.append(Record(self.file, {"kind": "Source", "id": id_, "name": self.file} | given))
        if self.claimant and not self.kinds_of([self.claimant]):
            body = {"kind": "Organization", "id": self.claimant, "name": self.claimant, "source": id_}
            made.append(Record(self.file, body))
        return id_, made

    def named_by_file(self, prefix: str) -> str:
        """Return an id made of the name of the file."""
        return f"{prefix}:{_NO_NAME.sub('-', self.file).strip('-') or 'file'}"

    def leave(self, given: Mapping[str, Any], known: Iterable[str], into: dict[str, Any]) -> None:
        """Count the fields of an object that are not known; those that are refused go along, to be counted as such."""
        for name in given.keys() - set(known):
            if given[name] in (None, "", [], {}):
                continue
            if self.catalog.deny.refuses(str(name)):
                into[name] = given[name]
            else:
                self.lost[str(name)] += 1

    def notes(self) -> list[str]:
        """Return sentences on what the file was taken for, and on what of it had no place."""
        said = [f"{self.file}: read as {self.format}."] if self.format else []
        said += self.said
        if self.lost:
            counts = ", ".join(f"{_shown(name)} ({count:,})" for name, count in self.lost.most_common(_NAMED))
            more = f" and {len(self.lost) - _NAMED:,} names more" if len(self.lost) > _NAMED else ""
            said.append(f"{self.file}: no place here for {counts}{more}.")
        return said


def _shown(name: str) -> str:
    """Return a name on one line and of bearable length."""
    return visible(in_brief(" ".join(name.split())))
