"""Documents of sources, as they are attached, listed, opened and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from graphkit import flow
from graphkit.documents import NOUNS
from graphkit.exports import wording
from graphkit.model.defanging import defang
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, note, put_json


def attached(made: flow.Attached, as_json: bool) -> None:
    """Print what was kept, and what should be known of it."""
    entry = made.entry
    if as_json:
        put_json({"document": entry, "known": made.known, "notes": made.notes})
        return
    is_kept = "is kept already" if made.known else "is kept"
    click.echo(
        visible(
            f"{entry['file_name']} {is_kept} with source '{entry['source']}': {NOUNS[entry['media_type']]}, "
            f"{wording.size(int(entry['bytes']))}, collected by {entry['collector']}, {entry['collected']}.\n"
            f"SHA-256 {entry['sha256']}"
        )
    )
    for text in made.notes:
        note(visible(f"note: {text}"))


def documents(found: Sequence[flow.Opened], as_json: bool) -> None:
    """Print which documents there are, and where their files are."""
    if as_json:
        put_json([{"document": one.entry, "path": str(one.path)} for one in found])
        return
    for one in found:
        entry = one.entry
        url = f", from {defang(entry['url'])}" if entry["url"] else ""
        click.echo(
            visible(
                f"{entry['file_name']}   {NOUNS[entry['media_type']]}   {wording.size(int(entry['bytes']))}   "
                f"source {entry['source']}\n  collected by {entry['collector']}, {entry['collected']}{url}\n"
                f"  {one.path}"
            )
        )


def opened(found: flow.Opened, as_json: bool) -> None:
    """Print what stands at a place in a document."""
    if as_json:
        landing: dict[str, Any] = asdict(found.landing) if found.landing else {}
        put_json({"document": found.entry, "path": str(found.path), "link": found.link} | landing)
    elif found.landing:
        click.echo(visible(f"{found.entry['file_name']}, {found.landing.where}\n{found.landing.text}"))
        note(found.link)


def verified(found: flow.Verified, as_json: bool) -> None:
    """Print which documents are as they were kept, and which files are not."""
    if as_json:
        put_json({"well": not found.unwell, "ok": found.ok, "unwell": [asdict(one) for one in found.unwell]})
        return
    rows = [(one.state, one.file_name or "", ", ".join(one.sources), str(one.path)) for one in found.unwell]
    if rows:
        click.echo(visible(as_table(("state", "document", "sources", "file"), rows)))
    click.echo(f"{wording.plural(found.ok, 'document')} as kept, {wording.plural(len(rows), 'file')} not well.")
    for state, mend in {one.state: one.mend for one in found.unwell}.items():
        note(f"{state}: {mend}.")
