"""Erasures: what would go, what went, and what is left that may still name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from graphkit import flow
from graphkit.model.invisible import visible
from graphkit.printed.basics import note, put_json

SHOWN = 20
_ELSEWHERE = (
    "Not reached: files that were exported, copies of the store, documents of other sources, and what others keep. "
    "Delete or make those anew."
)
_SERVER = "The server's transaction logs and backups still hold it: docs/how-to/erase.md says how long, and what to do."


def to_erase(found: flow.Erasure, id_: str) -> None:
    """Tell whoever is asked what would go."""
    note(visible(f"'{id_}' ({found.kind}) would be erased for good: {_counts(found)}. It cannot be undone."))
    for line in _left(found):
        note(visible(line))


def erased(made: flow.Erasure, address: str, as_json: bool) -> None:
    """Print what went, and what is left that names it; the names themselves are printed no more."""
    if as_json:
        put_json(asdict(made))
        return
    click.echo(
        f"Erased for good: {_counts(made)}.\nTombstone {made.tombstone}: records that name what is gone are rejected."
    )
    for line in (*_left(made), _ELSEWHERE, *([_SERVER] if "://" in address else [])):
        note(visible(line))


def _counts(found: flow.Erasure) -> str:
    parts = ((found.claims, "claim"), (found.decisions, "decision"), (found.documents, "document"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in parts)


def _left(found: flow.Erasure) -> Iterator[str]:
    if found.merged_with:
        others = ", ".join(found.merged_with[:SHOWN])
        yield f"A decision calls it the same as {others}: erase that too, if it is the same."
    if found.mentions:
        yield (
            f"Named in the words of {_some(found.mentions, 'other claim')}. Erase these too with --with-mentions, or "
            "look at each."
        )
    if found.entries:
        yield f"Named in {_some(found.entries, 'entry of a register', 'entries of registers')}. Load them anew without."


def _some(ids: list[str], one: str, many: str = "") -> str:
    noun = one if len(ids) == 1 else many or f"{one}s"
    more = f" and {len(ids) - SHOWN:,} more; --json has all" if len(ids) > SHOWN else ""
    return f"{len(ids):,} {noun}: {', '.join(ids[:SHOWN])}{more}"
