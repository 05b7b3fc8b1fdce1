"""What holds for every file that is loaded, whatever is in it; ``Broken`` says what does not."""

from __future__ import annotations

import re
import signal
import tempfile
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from graphkit import flow
from graphkit.errors import FileUnreadable, GraphkitError
from graphkit.ingest.batch import Batch, KindsOf
from graphkit.ingest.files import Files
from graphkit.ingest.record import Record
from graphkit.ingest.sheets import mapping_file
from graphkit.ingest.sheets.mapping import FileMapping
from graphkit.last_used import LastUsed
from graphkit.stores import Store
from tests.fuzz.hostile import WITHHELD

CATALOG = flow.catalog()
SECONDS = 20
"""Seconds of work that no small file may take."""
_TWICE = 40
"""One of so many files is loaded, and loaded again."""
LONGEST = 2_000
"""Characters that a sentence may have."""
_PLACE = re.compile(r"[^\n]*?(:\d+|:\[\d+\](\.\w+\[\d+\])*|![^\n]*:\d+)")
_STEERS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]")
WAY_OUT = re.compile(
    r"\b(?:[Ss]ave|[Ww]rite|[Mm]end|[Nn]ame|Rename|[Ll]oad|Unpack|Cut|Delete|Close|[Ll]eave it out|[Kk]eep one"
    r"|use another|take that out|[Gg]ive it|Is it|is this|There are|Did you mean|must|needs?|is missing|are allowed"
    r"|refused as a bomb|are read at a time|proposes|Readable are|lists them|Sheets are|One object a line)\b"
)
"""The words by which a sentence says what to do about what is wrong."""


class Broken(AssertionError):
    """The promise does not hold."""


class _Hangs(BaseException):
    """Raised where a file takes too long; nothing on the way may catch it."""


@dataclass(slots=True)
class Watched(Files):
    """Files of which the places of all records are kept."""

    places: list[str] = field(default_factory=list)

    def records(self, kinds_of: KindsOf) -> Iterator[Record]:
        self.places.clear()
        for record in Files.records(self, kinds_of):
            self.places.append(record.place)
            yield record

    def names(self) -> list[str]:
        return [origin.file for origin in self._origins]


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a file: its files that were read, and the batch made of them; ``refusal`` is why none was."""

    watched: Watched | None = None
    batch: Batch | None = None
    refusal: str = ""

    @property
    def places(self) -> list[str]:
        return self.watched.places if self.watched else []

    @property
    def files(self) -> list[str]:
        return self.watched.names() if self.watched else []


Door = Callable[[Path], Came]


def held(door: Door, path: Path) -> Came:
    """Return what came of a file by a door; Broken when it raised, said or took what it may not."""
    try:
        with _in_time():
            came = door(path)
            if came.watched and zlib.crc32(path.read_bytes()) % _TWICE == 0:
                loaded_twice(came.watched)
    except GraphkitError as problem:
        came = Came(refusal=str(problem))
        must(isinstance(problem, FileUnreadable) or type(problem).__name__ == "ChooseAgain", f"raises {problem!r}")
        _must_be_a_refusal(came.refusal, path)
    except _Hangs as problem:
        where = "".join(traceback.format_tb(problem.__traceback__)[-4:])
        raise Broken(f"takes over {SECONDS} seconds:\n{where}") from None
    except Broken:
        raise
    except BaseException as problem:
        if isinstance(problem, KeyboardInterrupt):
            raise
        raise Broken(
            f"raises {type(problem).__name__}: {str(problem)[:300]}\n{traceback.format_exc()[-1500:]}"
        ) from problem
    if came.batch:
        _must_add_up(came, path)
        _must_be_sayable(came.batch)
    if WITHHELD.encode() in path.read_bytes():
        _must_withhold(came)
    return came


def must(holds: bool, sentence: str) -> None:
    if not holds:
        raise Broken(sentence)


@contextmanager
def _in_time() -> Iterator[None]:
    """Raise where the seconds that are worked, not those that pass, are over."""

    def over(number: int, frame: Any) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _must_be_a_refusal(said: str, path: Path) -> None:
    must(any(name in said for name in [path.name, *_inside(path)]), f"the refusal does not name the file: {said}")
    must(bool(WAY_OUT.search(said)), f"the refusal names no way out: {said}")
    _must_be_sentences([said], "refusal")


def _inside(path: Path) -> list[str]:
    """Return the names of the files in an archive, as far as it can be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist() if path.suffix == ".zip" else []
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []
    return [name for name in (name.rpartition("/")[2] for name in names) if name]


def _must_be_sentences(said: Iterable[str], what: str) -> None:
    for one in said:
        must(0 < len(one) <= LONGEST, f"a {what} of {len(one):,} characters: {one[:300]}")
        must(_is_text(one), f"a {what} that no file takes: {one!r}")
        must(not _STEERS.search(one), f"a {what} with what steers a terminal: {one!r}")


def _is_text(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def _must_add_up(came: Came, path: Path) -> None:
    batch = came.batch
    assert batch is not None
    must(batch.read == len(came.places), f"{len(came.places)} records came and {batch.read} are counted")
    must(
        batch.read == batch.accepted + len(batch.rejects), f"{batch.accepted} and {len(batch.rejects)} of {batch.read}"
    )
    for reject in batch.rejects:
        must(reject.place in came.places, f"nothing stands at the place of a reject: {reject}")
        must(reject.place.startswith(path.name), f"a reject does not name the file: {reject}")
        must(bool(reject.problem.strip()), f"a reject says no problem: {reject}")
        if reject.place not in came.files:  # a record made of the whole of a file
            must(bool(_PLACE.fullmatch(reject.place)), f"a reject names no place in the file: {reject}")


def _must_be_sayable(batch: Batch) -> None:
    _must_be_sentences(map(str, batch.rejects), "reject")
    _must_be_sentences((reject.problem for reject in batch.rejects), "problem")
    _must_be_sentences(batch.warnings, "warning")
    _must_be_sentences((note[:LONGEST] for note in batch.notes), "note")  # a hundred names may stand in one
    for reject in batch.rejects:
        must(
            _is_text(reject.again) and "\n" not in reject.again, f"what no file takes as a line: {reject.again[:300]!r}"
        )


def _must_withhold(came: Came) -> None:
    said = [came.refusal]
    if came.batch:
        rows = came.batch.claims.select("subject", "property", "value").iter_rows()
        said += [text for row in rows for text in row if text]
        said += [str(row) for entries in came.batch.registers.values() for row in entries.iter_rows()]
        said += [*came.batch.notes, *came.batch.warnings]
        said += [words for reject in came.batch.rejects for words in (str(reject), reject.again)]
    for text in said:
        must(WITHHELD not in text, f"what is refused of persons came out: {text[:500]}")


def nowhere() -> Store:
    """Return a store that nobody has written to."""
    return flow.store_at("/nonexistent/store.kgl")


def load(path: Path) -> Came:
    """Check a file of records."""
    return checked(Watched([path], CATALOG))


def checked(files: Watched) -> Came:
    """Check files."""
    batch = flow.check_files(nowhere(), files)
    return Came(files, batch)


def by_proposal(path: Path) -> Came:
    """Check a sheet by the mapping that is proposed for it; the mapping as it is written is the mapping."""
    preview = flow.sheet_preview(path, CATALOG)
    for use in preview.sheets:
        for record in use.records:
            flow.in_short(record)
    _must_be_sentences((question.asks for question in preview.questions), "question")
    given = mapping_file.parsed(yaml.load(preview.text, yaml.BaseLoader), CATALOG)
    must(given == preview.mapping, f"the mapping that is written is another one:\n{preview.text[:1000]}")
    kinds = [question.answer for question in preview.questions if ".kind=" in question.answer]
    answered = flow.sheet_preview(path, CATALOG, None, kinds) if kinds else preview
    return by_mapping(path, answered.mapping)


def by_mapping(path: Path, mapping: FileMapping) -> Came:
    """Check a sheet by a mapping."""
    return checked(Watched([path], CATALOG, mapping=mapping))


def loaded_twice(files: Files) -> None:
    """Load files into a store and once more; Broken when the second time changes anything."""
    with tempfile.TemporaryDirectory(prefix="graphkit-fuzz-") as folder:
        store, last = flow.store_at(f"{folder}/store.kgl"), LastUsed(Path(folder, "state"))
        try:
            again = type(files)(files.paths, store.catalog, mapping=files.mapping)
            first, second = (flow.load_files(store, again, None, last) for _ in range(2))
        finally:
            store.close()
        must(first.read == first.accepted + first.rejected, "a load does not add up")
        must(
            second.new_claims == 0 and not second.replaced, f"loading again adds {second.new_claims}, {second.replaced}"
        )
        must(list(map(str, second.rejects)) == list(map(str, first.rejects)), "loading again rejects other records")
