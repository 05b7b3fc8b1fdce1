"""Sources as they are printed: a list of them, and the entry of one."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click
import polars as pl

from graphkit import flow
from graphkit.documents import NOUNS
from graphkit.exports import wording
from graphkit.graph.scope import Scope
from graphkit.model.defanging import defang
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, put_json

_COLUMNS = {
    "id": "id",
    "name": "title",
    "publisher": "publisher",
    "published": "published",
    "reliability": "reliability",
    "n_claims": "claims",
    "retracted": "retracted by",
}


def sources(found: pl.DataFrame, scope: Scope, as_json: bool) -> None:
    """Print the sources of a scope."""
    if as_json:
        put_json(found)
    elif found.is_empty():
        click.echo(f"Case {scope} has no source yet. Load some with 'graphkit load PATH'.")
    else:
        columns = [name for name in _COLUMNS if name != "retracted" or found[name].count()]
        rows = [[visible(str(value or "")) for value in row] for row in found.select(columns).iter_rows()]
        click.echo(as_table(tuple(_COLUMNS[name] for name in columns), rows))


def source(found: flow.SourceEntry, as_json: bool) -> None:
    """Print the entry of a source and its first claims."""
    if as_json:
        told = {"source": found.entry, "n_claims": found.n_claims, "first": [asdict(claim) for claim in found.first]}
        put_json(told | {"documents": found.documents})
        return
    click.echo(visible("\n".join(_lines(found))))


def _lines(found: flow.SourceEntry) -> Iterator[str]:
    entry = found.entry
    yield f"{entry['name'] or entry['id']}   Source   {entry['id']}   case {', '.join(entry['cases'])}"
    if entry["invented"] == "true":
        yield wording.INVENTED
    for name, prop in flow.catalog()["Source"].properties.items():
        if entry[name] and name not in ("name", "cases", "invented"):
            yield f"{name.replace('_', ' ')}: {_told(entry[name], prop.type)}"
    if not entry["reliability"]:
        yield "reliability: not rated"
    for document in found.documents:
        what = f"{NOUNS[document['media_type']]}, {wording.size(int(document['bytes']))}"
        yield f"document: {document['file_name']} ({what}, sha256 {wording.short(document['sha256'])})"
    if found.documents:
        yield f"'graphkit document {shlex.quote(entry['id'])}' says where the files are."
    yield f"\n{wording.plural(found.n_claims, 'claim')}" + (", the first of them:" if found.first else " yet.")
    for claim in found.first:
        yield f"  {_said(claim, found)}"


def _told(value: Any, type_: str) -> str:
    parts = value if isinstance(value, list) else [value]
    return ", ".join(defang(part) if type_ == "url" else part for part in parts)


def _said(claim: Any, found: flow.SourceEntry) -> str:
    things = found.called.things
    who = wording.speaker(claim.claimant, claim.source, found.called)
    about = things.get(claim.subject, claim.subject)
    stance = "" if claim.stance == "asserts" else f" ({claim.stance})"
    if claim.object_kind:
        edge = flow.catalog()[claim.property].edge
        return f"{who}{stance}: {about} {edge.says if edge else claim.property} {things.get(claim.value, claim.value)}"
    return f"{who}{stance}: {about}: {claim.property.replace('_', ' ')}: {claim.value}"
