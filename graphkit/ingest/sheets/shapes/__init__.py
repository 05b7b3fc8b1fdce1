"""The shapes that sheets have, and the records that each makes: websites, links, incidents, actors."""

from __future__ import annotations

from collections.abc import Sequence

from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import UNDECIDED as UNDECIDED
from graphkit.ingest.sheets.mapping import Column as Column
from graphkit.ingest.sheets.mapping import Part, Template
from graphkit.ingest.sheets.mapping import Same as Same
from graphkit.ingest.sheets.shapes import actors, events, given, web

_SHAPES = (web.resolutions, web.contents, events.requests, web.websites, actors.links, events.incidents, actors.actors)


def templates(found: Sequence[Profile]) -> tuple[Template, ...]:
    """Return the templates for a sheet with these columns."""
    roles = {one.role: one for one in reversed(found) if one.role}
    for shape in _SHAPES:
        if made := shape(roles, found):
            return tuple(made)
    return (_anything(found),)


def _anything(found: Sequence[Profile]) -> Template:
    """Return a template for a sheet of which nothing is known: its things are called by the first words of a row."""
    texts = [one for one in found if one.form == "text"] or list(found)
    fields: dict[str, tuple[Part, ...]] = {"name": (given.one(texts[0]),)} if texts else {}
    longer = next((one for one in found if one.form == "long"), None)
    return Template("thing", "Concept", fields | ({"description": (given.one(longer),)} if longer else {}))
