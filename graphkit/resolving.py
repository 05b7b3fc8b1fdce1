"""Which things of a case may be one by their names, and why. It proposes: nothing is merged or written down."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import polars as pl

from graphkit.candidates import naming, said_to_be_same, sources_of
from graphkit.exports import wording
from graphkit.graph.redact import unnamed_rows
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.identity.alike import LEAST, Likeness, alike
from graphkit.identity.names import name
from graphkit.identity.paired import met
from graphkit.model.entity import standing
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store

MAY_BE_ONE = (
    "Names that are alike are a reason to look and no proof: two of one name may be two, and whether they are one is "
    "decided by people. Nothing was merged."
)
ACTORS = ("Person", "Organization", "Group")
"""The kinds that are looked at when none is named."""
MANY = 20
"""How many things may have a name before it tells none of them apart."""
_TEXTS = pl.List(pl.String())
_SHARED = ("Identifier", "Domain", "Host", "Website")
_HAVING = ("USES", "OWNS", "ALIAS_OF")
_FEW = 5  # how many may share an identifier before it says nothing of any two of them
PAIRS: dict[str, pl.DataType] = {
    "score": pl.Float64(), "a": pl.String(), "b": pl.String(), "kind": pl.String(), "name_a": pl.String(),
    "name_b": pl.String(), "met_a": pl.String(), "met_b": pl.String(), "reasons": _TEXTS, "why": pl.String(),
    "said_a": pl.String(), "said_b": pl.String(), "claims": _TEXTS, "sources": _TEXTS, "command": pl.String(),
    "protected": pl.Boolean(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """What is looked for: things of these kinds whose names are at least so alike, and how many pairs are told."""

    kinds: tuple[str, ...] = ACTORS
    least: float = LEAST
    top: int = 50


@dataclass(frozen=True, slots=True)
class Doubles:
    """Things that may be one by their names.

    ``pairs`` has the most alike ones, one pair a row (``PAIRS``): the ids ``a`` and ``b``, what each is called, the
    names of both that met, ``reasons`` and ``why`` in words, who calls each so, the ids of the ``claims`` that do and
    of the ``sources`` that speak of either, ``command``, by which somebody decides that they are one, whether one of
    them is ``protected``, and ``hidden``: others are not to be told. ``of_both`` has in the same columns, without a
    command, pairs that have a name in common and are not called the same: that is no reason to make them one.
    ``found`` and ``shared`` are how many there are of each, ``names`` how many names were compared.
    """

    scope: Scope
    pairs: pl.DataFrame
    of_both: pl.DataFrame
    found: int
    shared: int
    names: int
    invented: bool
    notes: tuple[str, ...] = ()

    def to_hand_over(self) -> Doubles:
        """Return the same without what others are not to be told."""
        shown = [frame.filter(~pl.col("hidden")) for frame in (self.pairs, self.of_both)]
        hidden = [len(one) - len(kept) for one, kept in zip((self.pairs, self.of_both), shown, strict=True)]
        found, shared = self.found - hidden[0], self.shared - hidden[1]
        return replace(self, pairs=shown[0], of_both=shown[1], found=found, shared=shared)


def resolve(store: Store, scope: Scope, asked: Alike) -> Doubles:
    """Return which things of a scope may be one by their names.

    Names are compared within a kind, those that things are mainly called and their transliterations. What somebody
    decided to be two is left out; what is merged is one already. ChooseAgain when there is no such kind.
    """
    kinds = [store.catalog.entity(kind).name for kind in asked.kinds]
    return in_scope(store, scope, lambda held: _resolved(held, replace(asked, kinds=tuple(kinds))))


def _resolved(held: Scoped, asked: Alike) -> Doubles:
    claims = held.claims()
    view = held.snapshot(claims)
    things = view.entities.filter(pl.col("kind").is_in(asked.kinds)).select("id", "kind", "name", "names")
    said = naming(standing(claims, held.decided, held.catalog))
    called = _called(things, said)
    common = called.group_by("text").agg(count=pl.col("id").n_unique()).filter(pl.col("count") > MANY)
    meeting = met(called.join(common, on="text", how="anti"), asked.least)
    apart = pl.DataFrame(_apart(held), schema={"a": pl.String, "b": pl.String}, orient="row")
    pairs, of_both = _sorted_out(meeting.pairs.join(apart, on=["a", "b"], how="anti"))
    told = _Words(view, said, held.scope)
    notes = [_too_many(row) for row in common.sort("count", "text", descending=[True, False]).head(5).to_dicts()]
    notes += [f"So are things by {wording.plural(len(common) - 5, 'more name')}."] if len(common) > 5 else []
    notes += [_left_out(meeting.left_out)] if meeting.left_out else []
    return Doubles(
        held.scope, told.of(pairs.head(asked.top), True), told.of(of_both.head(asked.top), False),
        len(pairs), len(of_both), called["text"].n_unique(), view.invented, tuple(notes),
    )  # fmt: skip


def _called(things: pl.DataFrame, said: Mapping[tuple[str, str], Sequence[Any]]) -> pl.DataFrame:
    """Return what things are called, one name a row, and whether it is the main name, or a transliteration of it."""
    rows = []
    for id_, kind, main, names in things.iter_rows():
        for text in dict.fromkeys([main, *(names or ())]):
            if text:
                of = {origin for *_, origin in said.get((id_, text), ())}
                rows.append((id_, kind, text, text == main or main in of))
    return pl.DataFrame(
        rows, schema={"id": pl.String, "kind": pl.String, "text": pl.String, "main": pl.Boolean}, orient="row"
    )


def _apart(held: Scoped) -> list[tuple[str, str]]:
    """Return the pairs of things that somebody decided to be two."""
    found = set[tuple[str, str]]()
    for entry in held.decided.of("split"):
        read = sorted({held.decided.linker.read(id_) for id_ in entry["about"]})
        found.update(combinations(read, 2))
    return sorted(found)


def _sorted_out(meeting: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the pairs that may be one, by what they are mainly called, and those that have another name in common."""
    by_name = meeting.filter("main").unique(["a", "b"], keep="first", maintain_order=True)
    in_common = meeting.filter(~pl.col("main") & pl.col("same")).unique(["a", "b"], keep="first", maintain_order=True)
    return by_name, in_common.join(by_name, on=["a", "b"], how="anti")


def _too_many(row: Mapping[str, Any]) -> str:
    return (
        f"{row['count']:,} things are called “{row['text']}”: too many for the name to tell any two of them. "
        f"'graphkit search {shlex.quote(row['text'])}' lists them."
    )


def _left_out(count: int) -> str:
    return (
        "Names that have nothing in common but what very many have were not compared "
        f"({wording.plural(count, 'group')}). 'graphkit match' looks single names up."
    )


class _Words:
    """Says why two things may be one."""

    def __init__(self, view: Snapshot, said: Mapping[tuple[str, str], Sequence[Any]], scope: Scope) -> None:
        self._view = view
        self._said = said
        self._names = wording.called(view)
        self._sources = sources_of(view)
        self._same = said_to_be_same(view.relations)
        self._ids = _identifiers(view)
        self._case = f" --case {shlex.quote(scope.cases[0])}" if len(scope.cases) == 1 else ""

    def of(self, pairs: pl.DataFrame, may_be_one: bool) -> pl.DataFrame:
        """Return pairs with all that is said of them, in the columns ``PAIRS`` and ``hidden``."""
        rows = [self._row(row, may_be_one) for row in pairs.iter_rows(named=True)]
        found = pl.DataFrame([tuple(row[name] for name in PAIRS) for row in rows], schema=PAIRS, orient="row")
        told = found.select("a", "b", "name_a", "name_b", "met_a", "met_b", "why").rows()
        changed = [list(row) != cleaned for row, cleaned in zip(told, unnamed_rows(self._view, told), strict=True)]
        return found.with_columns(hidden=pl.col("protected") | pl.Series(changed, dtype=pl.Boolean))

    def _row(self, row: Mapping[str, Any], may_be_one: bool) -> dict[str, Any]:
        a, b = row["a"], row["b"]
        likeness = alike(name(row["met_a"]), name(row["met_b"]))
        reasons = dict.fromkeys(reasons_of(likeness, row["met_a"] == row["met_b"]))
        words = [self._in_words(likeness, row, may_be_one)]
        for what, text in self._besides(a, b):
            reasons[what] = None
            words.append(text)
        claims = [
            claim
            for id_, text in ((a, row["met_a"]), (b, row["met_b"]))
            for claim, *_ in self._said.get((id_, text), ())
        ]
        return {
            **row, "name_a": self._names.things[a], "name_b": self._names.things[b],
            "reasons": list(reasons), "why": "; ".join(words),
            "said_a": self._speakers(a, row["met_a"]), "said_b": self._speakers(b, row["met_b"]), "claims": claims,
            "sources": sorted({*self._sources.get(a, ()), *self._sources.get(b, ())}),
            "command": f'graphkit merge {shlex.quote(a)} {shlex.quote(b)} --why ""{self._case}' if may_be_one else "",
            "protected": a in self._view.protected or b in self._view.protected,
        }  # fmt: skip

    def _in_words(self, likeness: Likeness, row: Mapping[str, Any], may_be_one: bool) -> str:
        called = [self._names.things[row["a"]], self._names.things[row["b"]]]
        here = list(dict.fromkeys([row["met_a"], row["met_b"]]))
        names = "" if here == list(dict.fromkeys(called)) else f": {' / '.join(here)}"
        return in_words(likeness, names, "the same name" if may_be_one else "a name of both")

    def _besides(self, a: str, b: str) -> Iterator[tuple[str, str]]:
        """Yield what speaks for one thing beside the names."""
        for id_ in sorted(self._ids.get(a, set()) & self._ids.get(b, set())):
            yield "shared identifier", f"both are said to use or own {self._names.things[id_]} ({id_})"
        relation = self._same.get(a, {}).get(b)
        if relation:
            who = wording.speakers(relation["claimants"], relation["voices"], self._names)
            yield (
                "said to be the same",
                f"said to be the same by {who}" + (", disputed" if relation["disputed"] else ""),
            )

    def _speakers(self, id_: str, text: str) -> str:
        spoken = [
            wording.speaker(claimant, source, self._names) for _, claimant, source, _ in self._said.get((id_, text), ())
        ]
        return ", ".join(dict.fromkeys(spoken)) or "its record"


def reasons_of(likeness: Likeness, is_one_name: bool) -> list[str]:
    """Return why two names may be of one thing: what lies between them, nothing of it twice."""
    if is_one_name:
        return ["same name"]
    return list(dict.fromkeys([*likeness.but, *likeness.how, *likeness.also]))


def in_words(likeness: Likeness, names: str, what: str = "the same name") -> str:
    """Return the same in words: what the names are, the names where they are to be told, and the words that differ."""
    if likeness.but:
        return f"{what}, written otherwise{names} ({', '.join(likeness.but)})"
    if likeness.score == 1:
        return what + names
    differs = [f"{x or '–'} / {y or '–'} ({how})" for (x, y), how in zip(likeness.differs, likeness.how, strict=True)]
    return f"similar names{names}: " + "; ".join([*differs, *likeness.also])


def _identifiers(view: Snapshot) -> dict[str, set[str]]:
    """Return the identifiers, domains and the like that few things are said to use, to own or to be, by the thing."""
    shared = view.things.filter(pl.col("kind").is_in(_SHARED)).select(to="id")
    having = view.relations.filter(pl.col("type").is_in(_HAVING))
    ends = pl.concat([having.select("from", "to"), having.select(**{"from": "to", "to": "from"})])
    linked = ends.unique().join(shared, on="to", how="semi").filter(pl.len().over("to") <= _FEW)
    found: dict[str, set[str]] = {}
    for thing, id_ in linked.iter_rows():
        found.setdefault(thing, set()).add(id_)
    return found
