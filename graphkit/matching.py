"""Which names of a sheet are in a case, and why. It suggests: nothing is chosen, merged or written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from graphkit.candidates import NAMED, SAME_ID, SAME_VALUE, SIMILAR, Candidates
from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.graph.scope import Scope
from graphkit.identity.alike import LEAST
from graphkit.ingest import readers, sheets
from graphkit.ingest.readers import zipped
from graphkit.ingest.sheets.listed import Listed, Where, listed
from graphkit.ingest.sheets.sheet import Sheet
from graphkit.model.entity import standing
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store

CAUTION = (
    "A name is no identity: who is found has the same name or a similar one, and is not necessarily the same person or "
    "organization. Nothing was chosen or merged."
)
NOT_FOUND = "not found"
_TIERS = ((SAME_ID,), (SAME_VALUE,), NAMED, (SIMILAR,))
_SAME = {"Person": "person", "Organization": "organization", "Group": "group"}
_NAMES = {"row": pl.Int64(), "part": pl.Int64(), "name": pl.String()}
_FOUND = {"found": pl.String(), "candidates": pl.Int64()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked up: where in the file the names are, the kinds of things wanted, how alike a name must be."""

    where: Where = field(default_factory=Where)
    kinds: tuple[str, ...] = ()
    least: float = LEAST


@dataclass(frozen=True)
class Matched:
    """The names of a sheet, and what each may be.

    ``names`` has one row a name: the ``row`` of the sheet, which ``part`` of it (from 0) the name is, the ``name``,
    ``found``, which says in words what was found, and how many ``candidates`` there are. ``candidates`` has one row for
    each thing that a ``text`` may be, the surest first: its id, kind and name, the ``reason``, the name of it that was
    ``met``, ``why`` in words, ``score`` from 0 to 1, the ids of the ``claims`` that call it so and of the ``sources``
    that speak of it, whether it is ``protected``, and ``hidden``: others are not to be told.
    """

    listed: Listed
    scope: Scope
    names: pl.DataFrame
    candidates: pl.DataFrame
    invented: bool
    notes: tuple[str, ...]

    @cached_property
    def by_text(self) -> dict[str, list[dict[str, Any]]]:
        """The candidates of each text, the surest first."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.candidates.iter_rows(named=True):
            found.setdefault(row["text"], []).append(row)
        return found

    def to_hand_over(self) -> Matched:
        """Return the same without what others are not to be told: a name that has nothing else is not found."""
        kept = self.candidates.filter(~pl.col("hidden"))
        return replace(self, candidates=kept, names=_judged(self.names.select(list(_NAMES)), kept))


def match(store: Store, scope: Scope, file: Path, asked: Asked) -> Matched:
    """Return which names of a sheet are in a scope.

    FileUnreadable and ChooseAgain say what is wrong with the file, or that it cannot be told which column holds the
    names; Refused that nothing is taken of a column.
    """
    kinds = [store.catalog.entity(kind).name for kind in asked.kinds]
    with opened(file) as tables:
        given = listed(tables, asked.where, store.catalog.deny.refuses)
    return in_scope(store, scope, lambda held: _matched(held, given, kinds, asked.least))


@contextmanager
def opened(file: Path) -> Iterator[list[Sheet]]:
    """Give the sheets of a file, also when it is packed; FileUnreadable when it is none."""
    if not file.is_file():
        raise FileUnreadable(f"{file}: there is no such file.")
    if readers.ending(file) not in sheets.ENDINGS and file.suffix.lower() != zipped.ENDING:
        raise FileUnreadable(f"{file}: is no sheet. Sheets are {', '.join(sheets.ENDINGS)}, also as .gz, .zst or .zip.")
    with zipped.unzipped(file, sheets.ENDINGS) as inside:
        if len(inside) > 1:
            raise ChooseAgain(f"{file}: holds {len(inside):,} sheets. Unpack it, and name one of them.")
        yield sheets.opened(inside[0], readers.ending(inside[0]))


def chosen(candidates: Sequence[Mapping[str, Any]]) -> int:
    """Return how many candidates of a name, from the first on, are what ``found`` speaks of; others are less sure."""
    counts = (sum(row["reason"] in tier for row in candidates) for tier in _TIERS)
    return next((count for count in counts if count), 0)


def _matched(held: Scoped, given: Listed, kinds: Sequence[str], least: float) -> Matched:
    claims = held.claims()
    view = held.snapshot(claims)
    candidates = Candidates(view, standing(claims, held.decided, held.catalog), held.catalog, kinds)
    names = pl.DataFrame(list(_numbered(given.names)), schema=_NAMES, orient="row")
    found = candidates.of(names["name"].unique(maintain_order=True).to_list(), least)
    judged, notes, header = _judged(names, found), given.notes, given.header
    if given.doubtful and judged["found"][0] == NOT_FOUND:
        judged = judged[1:]
        notes += (f"Row {header} was taken for the name of the column: {given.columns[0]}.",)
    elif given.doubtful:
        header = 0
    return Matched(replace(given, header=header, doubtful=False), held.scope, judged, found, view.invented, notes)


def _numbered(names: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield each name with its row, and which one of its row it is."""
    last, part = 0, 0
    for row, name in names:
        part = part + 1 if row == last else 0
        last = row
        yield row, part, name


def _judged(names: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    """Add what was found of each name, in words, and the number of candidates."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in candidates.select("text", "reason", "kind").iter_rows(named=True):
        rows.setdefault(row["text"], []).append(row)
    told = [(_verdict(rows[name]), len(rows[name])) if name in rows else (NOT_FOUND, 0) for name in names["name"]]
    return names.hstack(pl.DataFrame(told, schema=_FOUND, orient="row"))


def _verdict(candidates: Sequence[Mapping[str, Any]]) -> str:
    """Return in words what the surest candidates are; of several none is chosen."""
    among = candidates[: chosen(candidates)]
    reason = among[0]["reason"]
    if reason in (SAME_ID, SAME_VALUE):
        return str(reason)
    if len(among) > 1:
        return f"{len(among)} of {'a similar' if reason == SIMILAR else 'this'} name, none chosen"
    named = "similar name" if reason == SIMILAR else "same name"
    return f"{named}, not necessarily the same {_SAME.get(among[0]['kind'], 'thing')}"
