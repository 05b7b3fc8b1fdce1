"""The fields a record of a kind may have, and for each the function that gives its normal form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, get_args

from graphkit.model import interval, values
from graphkit.model.claim import MAX_QUOTE, RELATION_ID, Modality, Stance
from graphkit.model.schema import Kind, Property

MAX_ID = 512
MAX_VALUES = 10_000
_REMEMBERED = 2**16

Convert = Callable[[Any], Any]
Value = tuple[str, str | None]
"""A value in normal form, and as it was written where that differs."""


def identifier(value: object) -> str:
    """Return an id as written; ValueError when it cannot be one."""
    words = values.text(value)
    if not words or len(words) > MAX_ID or "\n" in words or "\t" in words:
        raise ValueError(f"must be 1 to {MAX_ID} characters on one line")
    if words.startswith(RELATION_ID):
        raise ValueError(f"starts with '{RELATION_ID}', which is kept for relations")
    return words


def _moment(value: object) -> str:
    words = values.text(value)
    if interval.parse(words).precision != "day":
        raise ValueError("must be a day or a timestamp, such as 2014-03-01 or 2014-03-01T12:30:00Z")
    return words


def _quote(value: object) -> str:
    words = values.text(value)
    if len(words) > MAX_QUOTE:
        raise ValueError(f"is {len(words):,} characters long; {MAX_QUOTE} are allowed")
    return words


def _as_written(value: object) -> str:
    """Return words that are any, less outer white space, without bringing them into normal form."""
    values.text(value)
    return str(value).strip()


def _whole(lowest: int, highest: int, value: object) -> int:
    try:
        number = float(values.number(value))
    except ValueError:
        number = float("nan")
    if not lowest <= number <= highest or not number.is_integer():
        raise ValueError(f"must be a whole number from {lowest} to {highest}")
    return int(number)


def _credibility(value: object) -> int | None:
    rated = _whole(1, 6, value)
    return None if rated == 6 else rated


def _one_of(choices: tuple[str, ...], value: object) -> str:
    if value not in choices:
        raise ValueError(f"'{str(value)[:40]}' is not one of {', '.join(choices)}")
    return str(value)


ATTRIBUTION: dict[str, Convert] = {
    "source": identifier,
    "claimant": identifier,
    "said_at": values.date,
    "recorded_at": _moment,
    "valid_from": values.date,
    "valid_to": values.date,
    "confidence": partial(_whole, 0, 100),
    "credibility": _credibility,
    "stance": partial(_one_of, get_args(Stance)),
    "modality": partial(_one_of, get_args(Modality)),
    "locator": values.text,
    "quote": _quote,
    "summary": values.text,
    "note": values.text,
    "resolution": values.text,
    "raw": _as_written,
    "lang": values.text,
    "script": values.text,
    "transliteration_of": values.text,
    "made_by": identifier,
}
"""Who says a record, in which source, when it held, and how sure they are."""
BY_HAND_NEVER = ("made_by", "link")
"""Fields that files written by graphkit have, for what no record by hand says."""
IMPLIED = {"stance": "asserts", "modality": "stated"}


@dataclass(frozen=True, slots=True)
class Check:
    """One field of a kind; the values of a property come as a list, other fields have one."""

    name: str
    convert: Convert
    required: bool = False


def checks(kind: Kind) -> list[Check]:
    """Return the fields of a kind, each with its check."""
    said = {} if kind.registry else ATTRIBUTION
    found = {name: Check(name, convert, required=name == "source") for name, convert in said.items()}
    found |= {prop.name: Check(prop.name, _values(prop), prop.required) for prop in kind.properties.values()}
    if kind.edge:
        found |= {name: Check(name, identifier, required=True) for name in ("from", "to")}
        found["link"] = Check("link", values.flag)
    elif not kind.observation:
        found["id"] = Check("id", identifier, required=not kind.id_template)
    bounds = dict.fromkeys(kind.valid_from + kind.valid_to)
    return [*found.values(), *(Check(name, values.date) for name in bounds if name not in found)]


def absent(value: object) -> bool:
    """Say whether a field with this value is as good as left out."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _values(prop: Property) -> Convert:
    """Return what turns the value or values of a property into a list of ``Value``, each once."""
    normal: Convert = prop.normal
    normal_text = lru_cache(_REMEMBERED)(prop.normal) if prop.type not in ("text", "name", "opaque") else normal

    def one(value: object) -> Value:
        words = normal_text(value) if isinstance(value, str) else normal(value)
        written = str(value).strip()
        return words, None if written == words else written

    def many(value: object) -> list[Value]:
        if isinstance(value, str):
            return [one(value)]
        items = value if isinstance(value, list) else [value]
        if len(items) > MAX_VALUES:
            raise ValueError(f"holds {len(items):,} values; {MAX_VALUES:,} are allowed")
        if len(items) > 1 and not prop.many:
            raise ValueError("takes one value; write a record each where sources differ")
        found: dict[str, str | None] = {}
        for words, written in (one(item) for item in items if not absent(item)):
            found[words] = written or found.get(words)
        if not found:
            raise ValueError("is empty")
        return list(found.items())

    return many
