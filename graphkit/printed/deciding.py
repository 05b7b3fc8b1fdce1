"""Decisions, as they are made and as the log has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from graphkit import flow
from graphkit.exports import wording
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, note, put_json


def decided(entry: Mapping[str, Any], told: flow.Log, as_json: bool) -> None:
    """Print a decision that was made, and which ones it contradicts."""
    if as_json:
        put_json(dict(entry))
    else:
        (logged,) = [one.entry for one in told.entries if one.entry["id"] == entry["id"]]
        click.echo(visible(f"{wording.decided(logged, told.names)}\n'graphkit undo {entry['id']}' takes it back."))
    _contradicted(told)


def log(told: flow.Log, as_json: bool) -> None:
    """Print decisions, the latest first."""
    if as_json:
        put_json(asdict(told))
        return
    if not told.entries:
        note("Nobody decided anything here yet.")
        return
    rows = [
        (one.entry["id"], f"undone by {one.undone_by}" if one.undone_by else "", wording.decided(one.entry, told.names))
        for one in told.entries
    ]
    click.echo(visible(as_table(("decision", "", "what"), rows)))
    _contradicted(told)


def _contradicted(told: flow.Log) -> None:
    for clash in told.contradictions:
        note(visible(str(clash)))
