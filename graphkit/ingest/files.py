"""The files of a load, read one after the other as native records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.ingest import readers, sheets
from graphkit.ingest.importers import KindsOf, Origin, imported
from graphkit.ingest.readers import zipped
from graphkit.ingest.record import Record
from graphkit.ingest.sheets.mapping import FileMapping
from graphkit.model.schema import Catalog

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Understood:
    """Who says, and in which source, what the records of a file do not attribute themselves. Ids."""

    source: str | None = None
    claimant: str | None = None


@dataclass(slots=True)
class Files:
    """Record files among files and folders, all read by ``mapping`` where there is one.

    FileUnreadable and ChooseAgain are raised as by ``readers.found``.
    """

    paths: Sequence[Path]
    catalog: Catalog
    understood: Understood = Understood()
    mapping: FileMapping | None = None
    progress: Progress | None = None
    _found: readers.Found = field(init=False)
    _origins: list[Origin] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._found = readers.found(self.paths, self._endings)

    @property
    def found(self) -> list[Path]:
        """The record files that there are."""
        return self._found.files

    def records(self, kinds_of: KindsOf) -> Iterator[Record]:
        """Yield all records; ``kinds_of`` gives the kinds of ids that the store knows."""
        self._origins.clear()
        count = 0
        for path, inside in self._opened():
            name = path.name if path == inside else f"{path.name}/{inside.name}"
            origin = Origin(name, self.catalog, self.understood.source, self.understood.claimant, kinds_of)
            self._origins.append(origin)
            for record in self._read(inside, origin) if path == inside else self._read_packed(path, inside, origin):
                count += 1
                if self.progress and count % 1000 == 0:
                    self.progress(name, count)
                yield record

    @property
    def _endings(self) -> tuple[str, ...]:
        return sheets.ENDINGS if self.mapping else readers.ENDINGS

    def _opened(self) -> Iterator[tuple[Path, Path]]:
        """Yield each file, with the file to read in its place: those inside of it when it is an archive."""
        for path in self._found.files:
            with zipped.unzipped(path, self._endings) as inside:
                yield from ((path, one) for one in inside)

    def _read_packed(self, archive: Path, path: Path, origin: Origin) -> Iterator[Record]:
        """Yield the records of a file in an archive, whose name comes first wherever the file is named."""
        try:
            for record in self._read(path, origin):
                yield replace(record, place=_named_first(archive, record.place))
        except (FileUnreadable, ChooseAgain) as problem:
            raise type(problem)(_named_first(archive, str(problem))) from problem

    def _read(self, path: Path, origin: Origin) -> Iterator[Record]:
        if self.mapping:
            return sheets.records(path, readers.ending(path), self.mapping, origin)
        return imported(readers.read(path), origin)

    def notes(self) -> list[str]:
        """Return sentences on files that were left out, on what others were taken for, and on what had no place."""
        beside = (note for path in self._found.files for note in zipped.left_out(path, self._endings))
        return [*self._found.notes(), *beside, *(note for origin in self._origins for note in origin.notes())]


def _named_first(archive: Path, words: str) -> str:
    return words if words.startswith(f"{archive.name}/") else f"{archive.name}/{words}"
