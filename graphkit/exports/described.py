"""Things and relations in sentences that name who says what, for formats with a place for words alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkit.exports import wording
from graphkit.exports.shown import Shown
from graphkit.model.schema import Catalog

Row = Mapping[str, Any]


def listed(value: Any) -> list[str]:
    """Return the values of a property that has one, several or none."""
    return list(value) if isinstance(value, list) else [value] if value else []


def thing(row: Row, shown: Shown) -> str:
    """Return what is said of a thing in words, and in which sources; an empty text when nothing is."""
    words = [word for name in ("description", "statement") for word in listed(row.get(name))]
    return f"{' '.join(words)} (Claims of {shown.cited(row['sources'])}.)" if words else ""


def relation(row: Row, shown: Shown, catalog: Catalog) -> str:
    """Return sentences on a relation: what is said, that it is an allegation or disputed where it is, and by whom."""
    ends = [shown.names.get(row[end], row[end]) for end in ("from", "to")]
    told = f"{ends[0]} {wording.phrase(row, catalog)} {ends[1]}."
    who = wording.speakers(row["claimants"], row["voices"], shown.called)
    own = [
        f"{name.replace('_', ' ').capitalize()}: {'; '.join(map(str, listed(row[name])))}."
        for name in catalog[row["type"]].properties
        if listed(row.get(name)) and name != "relationship"
    ]
    marks = ["An allegation."] if wording.alleged(row, catalog) else []
    marks += ["Disputed: it is denied or contradicted too."] if row["disputed"] else []
    return " ".join([told, *marks, *own, f"Said by {who}, in {shown.cited(row['sources'])}."])
