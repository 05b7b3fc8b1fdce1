"""What looking up the names of a sheet prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from graphkit import flow
from graphkit.exports import wording
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, note, put_json

_ROWS = 200
_NOT_FOUND = 50
_OF_ONE = 8


def matched(found: flow.Matched, as_json: bool) -> None:
    """Print what was found of each name, what was not found, and what a name is worth."""
    if as_json:
        put_json(_as_json(found))
        return
    there = found.names.filter(found.names["candidates"] > 0)
    rows = [row for name in there.head(_ROWS).iter_rows(named=True) for row in _rows(name, found)]
    if rows:
        header = ("row", "name", "found", "kind", "id", "why", "how sure", "sources")
        click.echo(as_table(header, [tuple(map(visible, map(str, row))) for row in rows]) + "\n")
    if len(there) > _ROWS:
        note(
            f"There are more: only the first {_ROWS:,} of {len(there):,} names found are here. --out or --json has all."
        )
    gone = found.names.filter(found.names["candidates"] == 0)
    names = [f"{name} (row {row})" for row, name in gone.head(_NOT_FOUND).select("row", "name").iter_rows()]
    more = f" and {len(gone) - _NOT_FOUND:,} more" if len(gone) > _NOT_FOUND else ""
    click.echo(f"Found: {len(there):,} of {wording.plural(len(found.names), 'name')} in case {found.scope}.")
    if names:
        click.echo(visible(f"Not found: {', '.join(names)}{more}."))
    _say(found)


def handed_back(out: Path, found: flow.Matched, made: flow.HandedBack) -> None:
    """Say what was written, and what is not in it."""
    for text in made.notes:
        note(f"note: {text}")
    hidden = found.candidates.filter("hidden").height
    if hidden:
        note(f"note: {out} says nothing of what is protected: {wording.plural(hidden, 'candidate')} not in it.")
    note(f"{out}: {len(made.content):,} bytes, case {found.scope}.")


def _say(found: flow.Matched) -> None:
    for text in found.notes:
        note(f"note: {visible(text)}")
    if found.invented:
        note(wording.INVENTED)
    note(flow.CAUTION)


def _rows(name: dict[str, Any], found: flow.Matched) -> Iterator[tuple[Any, ...]]:
    """Yield a row for what is found and for each that is less sure; the name stands in the first."""
    candidates = found.by_text[name["name"]]
    first: tuple[Any, ...] = (name["row"], name["name"], name["found"])
    for candidate in candidates[:_OF_ONE]:
        mark = " (protected)" if candidate["protected"] else ""
        told = (candidate["kind"], candidate["id"] + mark, candidate["why"], f"{candidate['score']:g}")
        yield (*first, *told, len(candidate["sources"]))
        first = ("", "", "")
    if len(candidates) > _OF_ONE:
        yield ("", "", "", "", f"and {len(candidates) - _OF_ONE:,} more", "", "", "")


def _as_json(found: flow.Matched) -> dict[str, Any]:
    names = [
        {"row": row["row"], "name": row["name"], "found": row["found"], "candidates": _told(found, row["name"])}
        for row in found.names.iter_rows(named=True)
    ]
    return {
        "sheet": found.listed.sheet.title,
        "columns": found.listed.columns,
        "case": str(found.scope),
        "caution": flow.CAUTION,
        "notes": [*([wording.INVENTED] if found.invented else []), *found.notes],
        "names": names,
    }


def _told(found: flow.Matched, text: str) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in row.items() if name not in ("text", "hidden")}
        for row in found.by_text.get(text, [])
    ]
