"""XML as a stream of elements: nothing is fetched, no entity is spelled out, and no piece of it is without end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import stream
from graphkit.ingest.record import Record

Attributes = dict[str, str]
_MAX_NAMES = 10_000
_LONG = f"of over {stream.MAX_LINE // 2**20} MiB"


class Elements(ABC):
    """Makes records of the elements of one file. Names of elements come without the prefix of their namespace.

    ``made`` holds the records that are ready. Text is gathered from ``listen`` on, until ``heard`` is asked for it.
    """

    root: str

    def __init__(self, name: str) -> None:
        self.name = name
        self.made: list[Record] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.SkippedEntityHandler = self._skipped
        self._words: list[str] = []
        self._starts: Mapping[str, Callable[[Attributes], None]] = self.starts()
        self._ends: Mapping[str, Callable[[], None]] = self.ends()
        self._labels = self.labels()
        self._passed_over = 0
        self._held = 0
        self._locals: dict[str, str] = {}
        self._is_root = True

    @abstractmethod
    def starts(self) -> Mapping[str, Callable[[Attributes], None]]:
        """Return what is done where an element of a name begins; others are passed over with all that is in them."""

    @abstractmethod
    def ends(self) -> Mapping[str, Callable[[], None]]:
        """Return what is done where an element of a name ends."""

    @abstractmethod
    def other(self, name: str) -> None:
        """Take note of an element that is passed over."""

    def labels(self) -> Mapping[str, Callable[[str], None]]:
        """Return what is done with the text of an element of a name, also in one that is passed over."""
        return {}

    @abstractmethod
    def close(self) -> None:
        """Make the records that can be made when all is read; FileUnreadable when it was no graph."""

    def read(self, path: Path) -> Iterator[Record]:
        """Yield the records of a file; FileUnreadable says on which line it is not what it should be."""
        fed = 0
        for chunk in stream.text(path):
            self._parse(chunk)
            fed += len(chunk)
            if fed - self._parser.CurrentByteIndex > stream.MAX_LINE:
                raise self.unreadable(f"a tag or comment {_LONG}")
            yield from self._ready()
        self._parse(b"", last=True)
        self.close()
        yield from self._ready()

    def _ready(self) -> list[Record]:
        ready, self.made = self.made, []
        return ready

    def _parse(self, chunk: bytes, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as problem:
            wrong = f"is not XML: {expat.ErrorString(problem.code)}; save it anew with what wrote it"
            raise self.unreadable(wrong, problem.lineno) from None
        except (ValueError, LookupError) as problem:
            raise self.unreadable(f"cannot be read: {problem}; save it as UTF-8") from None

    @property
    def place(self) -> str:
        """Where what is read now stands."""
        return f"{self.name}:{self._parser.CurrentLineNumber}"

    def unreadable(self, why: str, line: int | None = None) -> FileUnreadable:
        """Return an error that stops the load, with the line that is read now."""
        return FileUnreadable(f"{self.name}:{line or self._parser.CurrentLineNumber}: {why}.")

    def add(self, place: str, **data: Any) -> None:
        """Make a record."""
        self.made.append(Record(place, data))
        self._held = 0

    def say(self, said: dict[str, Any], name: str, value: str) -> None:
        """Add a value under a name that may have some already; what says nothing is left out."""
        if not value:
            return
        self.hold(name, value)
        if name not in said:
            said[name] = value
        elif isinstance(said[name], list):
            said[name].append(value)
        else:
            said[name] = [said[name], value]

    def listen(self) -> None:
        """Gather text from here on."""
        self._words = []
        self._parser.CharacterDataHandler = self._hear

    def heard(self) -> str:
        """Return the text that was gathered, and gather no more."""
        self._parser.CharacterDataHandler = None
        words, self._words = "".join(self._words).strip(), []
        return words

    def _hear(self, words: str) -> None:
        self.hold(words)
        self._words.append(words)

    def hold(self, *words: str) -> None:
        """Count words as part of what is being read, which may not grow without end."""
        self._held += sum(map(len, words)) + len(words)
        if self._held > stream.MAX_LINE:
            raise self.unreadable(f"a node or edge {_LONG}")

    def _local(self, name: str) -> str:
        if len(self._locals) == _MAX_NAMES:
            raise self.unreadable(f"has elements of over {_MAX_NAMES:,} names")
        local = name.rpartition(":")[2]
        self._locals[name] = local
        return local

    def _begin(self, name: str, attributes: Attributes) -> None:
        local = self._locals.get(name) or self._local(name)
        if self._is_root:
            self._is_root = False
            if local != self.root:
                wrong = f"begins with <{name[:40]}> where <{self.root}> should stand"
                raise self.unreadable(f"{wrong}; name the file by what it is")
        if self._passed_over:
            self._passed_over += 1
            if local in self._labels:
                self.listen()
        elif start := self._starts.get(local):
            start(attributes)
        else:
            self._passed_over = 1
            self.other(name)

    def _finish(self, name: str) -> None:
        if self._passed_over:
            self._passed_over -= 1
            if label := self._labels.get(self._locals[name]):
                label(self.heard())
        elif end := self._ends.get(self._locals[name]):
            end()

    def _doctype(self, name: str, system: str | None, public: str | None, has_own: int) -> None:
        if has_own:
            raise self.unreadable("declares entities or the like in <!DOCTYPE … [ ]>; take that out")

    def _skipped(self, name: str, is_parameter: int) -> None:
        raise self.unreadable(f"names the entity &{name[:40]};, which nothing declares; write out what it stands for")
