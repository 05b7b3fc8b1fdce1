"""A new thing by what it is called: the record it begins with, and an id that nothing in the store has yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from itertools import count, islice
from typing import Any

from graphkit.ingest.validate import Validator
from graphkit.model.schema import Kind
from graphkit.stores import Store

_SAID_TOO = ("source", "claimant", "locator", "said_at")
_LONGEST = 100
_AT_ONCE = 20


def called_by(kind: Kind) -> str | None:
    """Return the field that says what a thing of a kind is called; None for relations and observations."""
    if kind.edge or kind.observation:
        return None
    if kind.id_template:
        return next(prop.name for prop in kind.properties.values() if prop.required)
    return next((name for name in ("name", "value") if name in kind.properties), None)


def free_id(store: Store, text: str, kind: Kind, taken: Collection[str] = ()) -> str:
    """Return an id made of the words of a text that names nothing in the store, nor any of those ``taken``."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text.casefold()))
    ids = _numbered("-".join(words)[:_LONGEST].rstrip("-") or kind.name.lower())
    while True:
        some = list(islice(ids, _AT_ONCE))
        held = {*taken, *(store.kinds_of(some) if store.exists() else ())}
        for id_ in some:
            if id_ not in held:
                return id_


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def new_thing(store: Store, kind: Kind, text: str, taken: Collection[str] = ()) -> dict[str, Any]:
    """Return the record of a thing that is called so, with an id that is free unless its kind derives one."""
    record = {"kind": kind.name, called_by(kind) or "name": text}
    return record if kind.id_template else record | {"id": free_id(store, text, kind, taken)}


def id_of(store: Store, record: Mapping[str, Any]) -> str | None:
    """Return the id that a record has or that its kind derives; None where nothing can be derived from it."""
    kind = store.catalog[record["kind"]]
    if kind.id_template is None:
        id_: str | None = record.get("id")
        return id_
    given = {"source": "any"} | dict(record)  # an id does not depend on who says so
    checked, wrong = Validator(store.catalog).check(kind, {0: given})
    return None if wrong else checked.ids[0]


def said_too(made: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of a new thing with who says so, and where, as the record says that it was made for.

    Whether that one is denied, and when it held, is not said of the name of a thing in it.
    """
    given = {name: record[name] for name in _SAID_TOO if name in record and record[name] != made.get("id")}
    return given | dict(made)
