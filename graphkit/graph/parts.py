"""What a snapshot is made of: frames by name, each made when somebody first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import RLock

import polars as pl

from graphkit.errors import StoreChanged
from graphkit.kept import Kept
from graphkit.model.entity import ENTITY_COLUMNS, Resolved
from graphkit.model.relation import ORDER, RELATION_COLUMNS, linked

THINGS = ("id", "kind", "name", "ids")
WEIGHTS = ("support", "n_claims", "n_sources", "n_independent", "disputed")
TIMES = ("spans", "first_seen", "last_seen")
OF_RELATIONS = ("weights", "times", "details")
"""The parts with one row a relation beside ``links``, which has which things it is between, and its type."""
ENDS = ("from", "to")
_COUNTS = [pl.col(name).cast(pl.Int32) for name in WEIGHTS if RELATION_COLUMNS[name] == pl.Int64()]
_TOLD = ("type", "from", "from_kind", "to", "to_kind")
_NODES = "nodes-"

Frames = Mapping[str, pl.DataFrame]


class Parts:
    """Frames by name. One is there in memory, or on disk, or is made, and then stays for all who ask later.

    ``make`` returns the frame of a name, and others that came along. With ``keeps`` what is made is kept on disk.
    """

    def __init__(self, make: Callable[[Parts, str], Frames], kept: Kept | None = None, keeps: bool = False) -> None:
        self._make = make
        self._made: dict[str, pl.DataFrame] = {}
        self._lock = RLock()
        self.kept = kept
        self._keeps = keeps

    @classmethod
    def given(cls, frames: Frames) -> Parts:
        """Return parts that are all made already."""
        given = cls(only_kept)
        given.add(frames)
        return given

    def __getitem__(self, name: str) -> pl.DataFrame:
        with self._lock:
            if name not in self._made:
                found = self.kept.frame(name) if self.kept else None
                if found is None:
                    self.add(self._make(self, name))
                else:
                    self._made[name] = found
            return self._made[name]

    def add(self, frames: Frames) -> None:
        """Take parts that are made already."""
        with self._lock:
            self._made |= frames
            if self.kept and self._keeps:
                self.kept.keep(frames)

    def keep_all(self) -> None:
        """Keep what is made on disk from now on, and what was made until now."""
        with self._lock:
            self._keeps = True
            self.add(dict(self._made))

    def keep(self, names: Iterable[str]) -> bool:
        """Have these parts on disk, and say whether they are."""
        frames = {name: self[name] for name in names}
        if self.kept is None:
            return False
        return self.kept.keep({name: frame for name, frame in frames.items() if self.kept.frame(name) is None})


def nodes(kind: str) -> str:
    """Return the name of the part with the things of a kind."""
    return f"{_NODES}{kind}"


def kind(name: str) -> str:
    """Return the kind of the things that the part of this name has."""
    return name.removeprefix(_NODES)


def columns(part: str, known: Iterable[str]) -> list[str]:
    """Return those of the columns of relations that a part of ``OF_RELATIONS`` has."""
    own = {"weights": WEIGHTS, "times": TIMES}
    return list(own.get(part, [name for name in known if name not in (*_TOLD, *WEIGHTS, *TIMES)]))


def of_relations(part: str, relations: pl.DataFrame) -> pl.DataFrame:
    """Return the part of this name, ``weights``, ``times`` or ``details``, out of relations with its columns."""
    rows = relations.select(columns(part, relations.columns))
    return rows.with_columns(_COUNTS) if part == "weights" else rows


def of_resolved(resolved: Resolved, sources: pl.DataFrame, decisions: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return all parts, out of what was resolved."""
    relations = resolved.relations.sort(ORDER)
    things = resolved.entities().select(THINGS)
    return {
        "things": things,
        "links": linked(relations, things),
        **{name: of_relations(name, relations) for name in OF_RELATIONS},
        **{nodes(kind): rows for kind, rows in resolved.nodes.items()},
        "conflicts": resolved.conflicts,
        "denials": resolved.denials,
        "sources": sources,
        "decisions": decisions,
    }


def relations(parts: Parts) -> pl.DataFrame:
    """Return the relations with all of their columns, in the order in which they are resolved."""
    things, links = parts["things"], parts["links"]
    ids = {end: things["id"].gather(links[end]) for end in ENDS}
    kinds = {f"{end}_kind": things["kind"].gather(links[end]) for end in ENDS}
    named = pl.DataFrame({"type": links["type"].cast(pl.String), **ids, **kinds})
    others = [parts[name] for name in OF_RELATIONS]
    whole = pl.concat([named, *others], how="horizontal")
    own = [name for name in whole.columns if name not in RELATION_COLUMNS]
    return whole.select(*(pl.col(name).cast(type_) for name, type_ in RELATION_COLUMNS.items()), *own)


def entities(parts: Parts, kinds: Iterable[str]) -> pl.DataFrame:
    """Return the columns that all kinds share (``ENTITY_COLUMNS``), one row a thing, by id."""
    rows = {kind: parts[nodes(kind)] for kind in kinds}
    frames = [frame.with_columns(kind=pl.lit(kind)).select(list(ENTITY_COLUMNS)) for kind, frame in rows.items()]
    return pl.concat([pl.DataFrame(schema=ENTITY_COLUMNS), *frames]).sort("id")


def among(parts: Parts, wanted: Callable[[pl.DataFrame], pl.Series]) -> Parts:
    """Return the parts of the things that ``wanted`` says are wanted, and of the relations between them."""

    def kept() -> pl.Series:
        return wanted(parts["things"])

    def inside() -> pl.Series:
        links = parts["links"]
        return kept().gather(links["from"]) & kept().gather(links["to"])

    def make(made: Parts, name: str) -> Frames:
        rows = parts[name]
        if name == "things":
            return {name: rows.filter(kept())}
        if name.startswith(_NODES):
            return {name: rows.join(made["things"].select("id"), on="id", how="semi", maintain_order="left")}
        if name == "links":
            numbers = kept().cum_sum().cast(pl.Int32) - 1
            within = rows.filter(inside())
            return {name: within.with_columns(numbers.gather(within[end]).alias(end) for end in ENDS)}
        return {name: rows.filter(inside()) if name in OF_RELATIONS else rows}

    return Parts(make)


def keeping(parts: Parts, relations: pl.Series) -> Parts:
    """Return the parts of all things and of those relations for which ``relations`` is true, one entry a relation."""

    def make(_: Parts, name: str) -> Frames:
        rows = parts[name]
        return {name: rows.filter(relations) if name in (*OF_RELATIONS, "links") else rows}

    return Parts(make)


def only_kept(_: Parts, name: str) -> Frames:
    """Make no part: all that there is of a snapshot is what is kept of it."""
    raise StoreChanged(f"This part of the snapshot is not kept: {name}. Make the snapshot again from its store.")
