"""Handing over a scope, or a part of it, in a format that others read or that is loaded back."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from graphkit.errors import ChooseAgain, NotFound, did_you_mean
from graphkit.exports import BACK, ENDINGS, EXPORTS
from graphkit.graph.handed import Handed, handed
from graphkit.graph.redact import redacted, redacted_claims
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.graph.written import Written
from graphkit.kinds import catalog
from graphkit.model.entity import standing
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store

AROUND = 500
"""How many things a hand-over of what is around some things has at most."""


@dataclass(frozen=True)
class HandOver:
    """A scope of a store at one moment, or up to 500 things around some; protected persons are redacted.

    What a format does not need is not made. ``written`` is there for formats that are loaded back.
    """

    held: Scoped
    claims: pl.DataFrame
    around: Sequence[str]
    written: Written | None

    @cached_property
    def view(self) -> Snapshot:
        """The snapshot, not redacted; NotFound says what to do when it is empty."""
        return filled(self.held.snapshot(self.claims))

    @cached_property
    def things(self) -> list[str]:
        """The ids of what is handed over; NotFound when there is nothing of an id."""
        return _around(self.view, self.around) if self.around else self.view.things["id"].to_list()

    @cached_property
    def _handed(self) -> Handed | None:
        if self.written is None:
            return None
        ids = self.things if self.around else None
        return handed(self.written, ids, lambda: self.view, bool(self.held.protected), catalog())

    def content(self, format_: str) -> Iterator[bytes]:
        """Yield a file part by part. A format that is loaded back needs what is written."""
        if format_ in BACK and self._handed:
            yield from BACK[format_](self._handed, catalog())
        else:
            yield export_graph(self.view, format_, self.around)

    @property
    def note(self) -> str:
        """A sentence on decisions that do not go along with what is written; an empty text when all do."""
        count = self._handed.written.applied if self._handed else 0
        decisions = "1 decision is" if count == 1 else f"{count:,} decisions are"
        return f"{decisions} applied to the claims, and not in the file." if count else ""


def to_hand_over(store: Store, scope: Scope, formats: Iterable[str], around: Sequence[str] = ()) -> HandOver:
    """Return a scope, or up to 500 things around some, to be handed over in these formats.

    NotFound says what to do when no source in it says anything yet, ChooseAgain names the formats there are.
    """
    wanted = list(formats)
    for format_ in wanted:
        must_be_format(format_)

    def read(held: Scoped) -> HandOver:
        claims = held.claims()
        if claims.is_empty():
            raise _nothing(scope)
        written = held.written(claims) if any(format_ in BACK for format_ in wanted) else None
        return HandOver(held.whole(), claims, around, written)

    return in_scope(store, scope, read)


def export(store: Store, scope: Scope, format_: str, around: Sequence[str] = ()) -> Iterator[bytes]:
    """Yield a hand-over of a scope, or of up to 500 things around some, part by part, as ``to_hand_over`` has it."""
    return to_hand_over(store, scope, [format_], around).content(format_)


def export_graph(view: Snapshot, format_: str, around: Sequence[str] | None = None) -> bytes:
    """Return a hand-over of a snapshot, or of up to 500 things around some; protected persons are redacted."""
    return export_things(view, format_, _around(view, around) if around else view.things["id"].to_list())


def export_things(view: Snapshot, format_: str, kept: Sequence[str]) -> bytes:
    """Return a hand-over of these things and of what is said between them; protected persons are redacted."""
    must_be_format(format_)
    if format_ in BACK:
        raise ChooseAgain(f"'{format_}' holds claims, and a snapshot does not: use export(store, scope, '{format_}').")
    hidden, new_ids = redacted(view)
    return EXPORTS[format_](hidden, [hidden.number(new_ids.get(id_, id_)) for id_ in kept], catalog())


def _around(view: Snapshot, ids: Sequence[str]) -> list[str]:
    return view.things["id"].gather(view.around(list(ids), 1, AROUND)).to_list()


def must_be_format(name: str) -> None:
    """Raise ChooseAgain, naming the formats there are, when this is none of them."""
    if name not in ENDINGS:
        raise ChooseAgain(f"No format named '{name}'.{did_you_mean(name, ENDINGS)} There are: {', '.join(ENDINGS)}.")


def hand_over(store: Store, scope: Scope) -> tuple[Snapshot, pl.DataFrame]:
    """Return the snapshot of a scope and its claims as they may be handed over, both of one moment.

    NotFound says what to do when no source in it says anything yet.
    """
    return in_scope(store, scope, _handed_over)


def _handed_over(held: Scoped) -> tuple[Snapshot, pl.DataFrame]:
    claims = held.claims()
    view = filled(held.snapshot(claims))
    return redacted(view)[0], redacted_claims(view, standing(claims, held.decided, held.catalog))


def filled(view: Snapshot) -> Snapshot:
    """Return a snapshot; NotFound says what to do when no source in it says anything yet."""
    if view.things.is_empty():
        raise _nothing(view.scope)
    return view


def _nothing(scope: Scope) -> NotFound:
    if scope.moment:
        return NotFound(f"Case {scope} holds nothing. Choose another date, or leave it out.")
    load_it = f"graphkit load PATH --case {shlex.quote(scope.cases[0])}"
    return NotFound(f"Case {scope} holds no records yet. Load some with '{load_it}'.")
