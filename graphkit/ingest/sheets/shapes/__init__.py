"""The shapes that sheets have, and the records that each makes: websites, links, incidents, actors."""

from __future__ import annotations

from collections.abc import Sequence

from graphkit.ingest.sheets import called
from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import UNDECIDED as UNDECIDED
from graphkit.ingest.sheets.mapping import Column as Column
from graphkit.ingest.sheets.mapping import Part, Template
from graphkit.ingest.sheets.mapping import Same as Same
from graphkit.ingest.sheets.shapes import actors, events, given, web

_SHAPES = (web.resolutions, web.contents, events.requests, web.websites, actors.links, events.incidents)


def templates(found: Sequence[Profile], title: str = "") -> tuple[Template, ...]:
    """Return the templates for a sheet with these columns and this name."""
    roles = {one.role: one for one in reversed(found) if one.role}
    for shape in _SHAPES:
        if made := shape(roles, found):
            return tuple(made)
    known = called.titled(title)
    return tuple(actors.actors(roles, found, known)) or (_anything(found, known),)


def _anything(found: Sequence[Profile], known: str | None) -> Template:
    """Return a template for a sheet of which nothing is known: its things are called by the first words of a row."""
    texts = [one for one in found if one.form == "text"] or list(found)
    fields: dict[str, tuple[Part, ...]] = {"name": (given.one(texts[0]),)} if texts else {}
    longer = next((one for one in found if one.form == "long"), None)
    ids = (Column((one.name,), id="actor") for one in found if one.role == "id")
    if id_ := next(ids, None):
        fields = {"id": (id_,)} | fields
    told = "description" if known is None else "statement"
    return Template("thing", known or UNDECIDED, fields | ({told: (given.one(longer),)} if longer else {}))
