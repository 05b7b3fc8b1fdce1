"""A record as the words of a command give it: FIELD=VALUE."""

from __future__ import annotations

from collections.abc import Sequence

from graphkit.errors import ChooseAgain, Refused, did_you_mean
from graphkit.ingest.fields import Field, fields
from graphkit.ingest.readers import delimited
from graphkit.model.schema import Catalog, Kind

Record = dict[str, str | list[str]]
BY_COMMAND = {
    "Decision": "A Decision is made by its own command: 'graphkit merge', 'split', 'correct', 'withdraw', 'retract' or "
    "'undo'; nothing is added by hand.",
    "Document": "A Document is made with its file: 'graphkit attach SOURCE FILE'.",
    "Tombstone": "A Tombstone is made by 'graphkit erase'; nothing is added by hand.",
}
_TERMINAL = "or run it in a terminal to be asked."


def kind(catalog: Catalog, name: str) -> Kind:
    """Return the kind that is named; ChooseAgain when there is none, or when commands of its own make its records."""
    found = catalog[name]
    if found.name in BY_COMMAND:
        raise ChooseAgain(BY_COMMAND[found.name])
    return found


def record(catalog: Catalog, kind: Kind, words: Sequence[str]) -> Record:
    """Return the record that words like FIELD=VALUE give.

    A field that is refused, or that the kind lacks, is named in the error; its value never is.
    """
    known = {field.name for field in fields(kind)} | ({"id"} if kind.id_template else set())
    found: Record = {"kind": kind.name}
    for place, word in enumerate(words, start=1):
        name, sign, text = word.partition("=")
        name = name.strip()
        shown = "".join(char if char.isprintable() else "?" for char in name[:40])
        if not sign:
            raise ChooseAgain(f"Word {place} after {kind.name} is not written FIELD=VALUE.")
        if catalog.deny.refuses(name):
            raise Refused(f"{shown}: graphkit takes no such data on persons. Leave it out.")
        if name not in known:
            raise ChooseAgain(f"'{shown}' is no field of {kind.name}.{did_you_mean(name, known)}")
        if name in found:
            raise ChooseAgain(f"'{name}' is given twice; several values of a field are separated by |.")
        if text.strip():
            found[name] = delimited.value(name, text)
    return found


def must_be_whole(kind: Kind, record: Record, yes: bool) -> None:
    """Raise ChooseAgain, naming what is missing, where nobody can be asked."""
    missing = [field.name for field in fields(kind) if _is_missing(field, record)]
    if missing:
        shown = " and ".join(part for part in (", ".join(missing[:-1]), missing[-1]) if part)
        verb = "is" if len(missing) == 1 else "are"
        raise ChooseAgain(f"{kind.name}: {shown} {verb} missing. Give FIELD=VALUE for each, {_TERMINAL}")
    if not yes:
        raise ChooseAgain(f"Nobody can be asked here whether to write it. Give --yes to write it, {_TERMINAL}")


def _is_missing(field: Field, record: Record) -> bool:
    return field.required and field.name not in record
