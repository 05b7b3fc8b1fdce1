"""The names that things have, and which of them another name may be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from graphkit.identity import alike, grams, written
from graphkit.identity.names import Name, name
from graphkit.model import values

REASONS = ("id", "value", "name", "spelling", "similar")
"""Why a thing may be meant, the surest first."""
_LOOKED_AT = 4_000
_NEAREST = 12
_LONGEST = 200  # of a name; what is longer is text, and is looked up as it is


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that may be meant: its id, the name or value of it that was ``met``, why, and how alike, 0 to 1.

    ``but`` is what sets the two writings apart, ``differs`` the words that differ, as in ``Likeness``.
    """

    id: str
    met: str
    reason: str
    score: float
    but: tuple[str, ...] = ()
    differs: tuple[tuple[str, str], ...] = ()

    @property
    def order(self) -> tuple[int, float, str, str]:
        """Sorts hits, the surest first."""
        return REASONS.index(self.reason), -self.score, self.id, self.met


class Known:
    """Names of things, by which other names are looked up: the same ones, and those that are alike.

    Only names that share one of their rarer runs of three letters with a text are compared with it, so that tens of
    thousands are looked up among tens of thousands in seconds.
    """

    def __init__(self, ids: Mapping[str, str], named: pl.DataFrame, derived: pl.DataFrame) -> None:
        """Take ids, each with the id that is read for it, and names and values of things, one a row: id and text."""
        self._ids = ids
        self._called = _grouped(named)
        lower = derived.with_columns(pl.col("text").map_elements(values.identifier_key, return_dtype=pl.String))
        self._valued = _grouped(pl.concat([derived, lower]))
        self._names = [name(text) for text in self._called if len(text) <= _LONGEST]
        self._by_key: dict[str, list[int]] = {}
        for place, one in enumerate(self._names):
            for key in one.keys:
                self._by_key.setdefault(key, []).append(place)
        self._grams = grams.Grams([grams.spaced(one.text) for one in self._names])

    def hits(self, text: str, least: float = alike.LEAST) -> list[Hit]:
        """Return the things that a text may name, the surest first, each once, for the best reason there is."""
        sought = unicodedata.normalize("NFC", text).strip()
        best: dict[str, Hit] = {}
        for hit in sorted(self._every(sought, least), key=lambda one: one.order):
            best.setdefault(hit.id, hit)
        return list(best.values())

    def _every(self, sought: str, least: float) -> Iterator[Hit]:
        if not sought:
            return
        if sought in self._ids:
            yield Hit(self._ids[sought], sought, "id", 1.0)
        for value, left_out in written.readings(sought):
            but = (left_out,) if left_out else ()
            yield from (Hit(id_, value, "value", 1.0, but) for id_ in self._valued.get(value, ()))
        yield from (Hit(id_, sought, "name", 1.0) for id_ in self._called.get(sought, ()))
        if len(sought) <= _LONGEST:
            yield from self._written_otherwise(name(sought), least)

    def _written_otherwise(self, sought: Name, least: float) -> Iterator[Hit]:
        same = {place for key in sought.keys for place in self._by_key.get(key, ())}
        for place in sorted(same.union(self._near(sought))):
            met = self._names[place]
            found = alike.alike(sought, met)
            if met.text != sought.text and (found.but or found.score >= least):
                reason = "spelling" if found.but else "similar"
                for id_ in self._called[met.text]:
                    yield Hit(id_, met.text, reason, found.score, found.but, found.differs)

    def _near(self, sought: Name) -> list[int]:
        """Return the places of names that may be similar; a number has no similar ones."""
        if not any(map(str.isalpha, sought.joined)):
            return []
        return list(self._grams.nearest(grams.of(grams.spaced(sought.text)), _LOOKED_AT, _NEAREST))


def _grouped(given: pl.DataFrame) -> dict[str, list[str]]:
    """Return the ids of things by what they are called."""
    found: dict[str, list[str]] = {}
    for id_, text in given.select("id", "text").unique(maintain_order=True).iter_rows():
        found.setdefault(text, []).append(id_)
    return found
