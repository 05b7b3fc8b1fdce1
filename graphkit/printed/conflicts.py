"""What contradicts each other, as it is printed: what sources say, and what people decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click
import polars as pl

from graphkit import flow
from graphkit.exports import wording
from graphkit.exports.sides import Side, sides
from graphkit.graph.snapshot import Snapshot
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, note, put_json

_HEADER = (
    "says",
    "independent sources",
    "said by",
    "source",
    "publisher",
    "published",
    "reliability",
    "rating",
    "where",
)


def conflicts(view: Snapshot, rows: pl.DataFrame, limit: int, decided: Sequence[Any], as_json: bool) -> None:
    """Print the first contradictions with their sides, and the decisions that contradict each other."""
    if as_json:
        listed = _as_json(view, rows.head(limit))
        put_json({"total": len(rows), "conflicts": listed, "decisions": [asdict(clash) for clash in decided]})
        return
    lines = _listed(view, rows.head(limit))
    if decided:
        clashes = map(str, decided)
        lines += ["", "Decisions that contradict each other", *clashes]
    if lines:
        click.echo(visible("\n".join(lines).strip("\n")))
    if view.invented:
        note(wording.INVENTED)
    if rows.is_empty():
        note(f"No two claims that contradict each other were found in case {view.scope}.")
    elif len(rows) > limit:
        note(_more(limit, wording.plural(len(rows), "contradiction")))


def comparison(found: flow.Comparison, limit: int, as_json: bool) -> None:
    """Print what two cases share, and what only both together contradict."""
    shared = {"things": found.things, "identifiers": found.identifiers}
    if as_json:
        totals = {name: len(rows) for name, rows in (*shared.items(), ("conflicts", found.conflicts))}
        told = {name: rows.head(limit).to_dicts() for name, rows in shared.items()}
        told["conflicts"] = _as_json(found.both, found.conflicts.head(limit))
        put_json({"cases": found.cases, "totals": totals, **told})
        return
    a, b = found.cases
    header = ("id", "kind", f"called in {a}", "claims", f"called in {b}", "claims")
    columns = ("id", "kind", "name_a", "claims_a", "name_b", "claims_b")
    lines = []
    for name, rows in shared.items():
        first = rows.head(limit).select(columns).rows()
        lines += [f"{name.capitalize()} in both cases", as_table(header, first) if first else "None.", ""]
    lines += ["Contradictions that only both cases together have", *_listed(found.both, found.conflicts.head(limit))]
    click.echo(visible("\n".join(lines if len(found.conflicts) else [*lines, "None."])))
    if found.both.invented:
        note(wording.INVENTED)
    for name, rows in (*shared.items(), ("contradictions", found.conflicts)):
        if len(rows) > limit:
            note(_more(limit, f"{len(rows):,} {name}"))


def _more(limit: int, there: str) -> str:
    return f"The first {limit:,} of {there}; --limit shows more."


def _listed(view: Snapshot, rows: pl.DataFrame) -> list[str]:
    called, sources = wording.called(view), _sources(view)
    told = enumerate(rows.iter_rows(named=True), start=1)
    return [
        line for place, row in told for line in _lines(place, row, sides(row, sources, called, flow.catalog()), called)
    ]


def _sources(view: Snapshot) -> dict[str, Mapping[str, Any]]:
    return {source["id"]: source for source in view.sources.iter_rows(named=True)}


def _lines(place: int, row: Mapping[str, Any], found: Sequence[Side], called: wording.Names) -> Iterator[str]:
    yield f"\n{place}. {wording.question(row, called, flow.catalog())}   {_where(row)}"
    yield f"   {wording.stake(row)}"
    yield as_table(_HEADER, [cells for side in found for cells in _cells(side)])


def _where(row: Mapping[str, Any]) -> str:
    return f"{row['from']} → {row['to']}" if row["to"] else str(row["subject"])


def _cells(side: Side) -> Iterator[tuple[str, ...]]:
    for place, voice in enumerate(side.voices):
        says = (side.says, str(side.independent)) if place == 0 else ("", "")
        who = voice.who if voice.stance in ("asserts", "denies") else f"{voice.who} ({voice.stance})"
        where = " · ".join(part for part in (voice.locator, voice.held and f"held {voice.held}") if part)
        yield *says, who, voice.title, voice.publisher, voice.published, voice.reliability, voice.rating, where


def _as_json(view: Snapshot, rows: pl.DataFrame) -> list[dict[str, Any]]:
    called, sources, catalog = wording.called(view), _sources(view), flow.catalog()
    return [
        {name: value for name, value in row.items() if not name.startswith("said_")}
        | {"name": called.things.get(row["subject"], row["subject"])}
        | {"says": wording.contradiction(row, called, catalog)}
        | {"sides": [asdict(side) for side in sides(row, sources, called, catalog)]}
        for row in rows.iter_rows(named=True)
    ]
