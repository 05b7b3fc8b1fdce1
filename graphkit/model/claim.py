"""A claim: one value of one property of one thing, in one source, said by one claimant."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from json import JSONEncoder
from typing import Any, Literal

import polars as pl

Stance = Literal["asserts", "denies", "reports", "retracts"]
Modality = Literal["stated", "alleged", "suspected", "estimated"]
DENIALS = ("denies", "retracts")
MAX_QUOTE = 300

IDENTITY = (
    "claimant", "locator", "modality", "property", "said_at", "source", "stance", "subject",
    "valid_from", "valid_to", "value",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. ``about`` is the entity or relation it speaks of, ``anchor`` the entity it hangs on.

    For a relation, ``property`` is its type, ``value`` the id of its far end and ``object_kind`` that
    end's kind; for a property, ``object_kind`` is None. ``kind`` is the kind of the subject. ``made_by`` is the
    decision that put the claim in place of another one, None for a claim from a record.
    """

    id: str
    about: str
    anchor: str
    anchor_kind: str
    subject: str
    kind: str
    property: str
    value: str
    object_kind: str | None
    raw: str | None
    source: str
    claimant: str | None
    claimant_kind: str | None
    stance: str
    modality: str
    said_at: str | None
    valid_from: str | None
    valid_to: str | None
    recorded_at: str
    confidence: int | None
    credibility: int | None
    locator: str | None
    summary: str | None
    quote: str | None
    note: str | None
    resolution: str | None
    lang: str | None
    script: str | None
    transliteration_of: str | None
    made_by: str | None


NUMBERS = ("confidence", "credibility")
COLUMNS: dict[str, pl.DataType] = {
    field.name: pl.Int64() if field.name in NUMBERS else pl.String() for field in fields(Claim)
}
RATINGS = (
    "confidence", "credibility", "summary", "quote", "note", "resolution", "lang", "script", "transliteration_of",
)  # fmt: skip

WORDS = ("value", "raw", "locator", "summary", "quote", "note", "resolution", "transliteration_of")
"""Where a claim holds words, which may name things."""

_encode = JSONEncoder(ensure_ascii=False).encode

RATED = {name: COLUMNS[name] for name in ("id", *RATINGS, "made_by")}
"""What a load may change of a claim that is there, beside its id."""


def claim_ids(claims: pl.DataFrame) -> list[str]:
    """Return the ids of claims: blake2b-128, in hexadecimal, over canonical JSON (NFC, sorted keys).

    Only what is said counts, by whom, where and about when; ratings and notes do not.
    """
    if claims.is_empty():
        return []
    said = [pl.concat_str(pl.lit(f'"{name}":'), _as_json(claims[name])) for name in IDENTITY]
    texts = claims.select(text=pl.concat_str(pl.lit("{"), pl.concat_str(said, separator=","), pl.lit("}")))["text"]
    return [blake2b(text, digest_size=16).hexdigest() for text in texts.cast(pl.Binary).to_list()]


def _as_json(column: pl.Series) -> pl.Expr:
    """Return texts in NFC as JSON writes them, and null for none."""
    if column.null_count() == len(column):
        return pl.lit("null")
    if column.str.contains(r"[\x00-\x1f]").any():
        written = [None if text is None else _encode(unicodedata.normalize("NFC", text)) for text in column]
        return pl.lit(pl.Series(written, dtype=pl.String)).fill_null("null")
    text = pl.lit(column)
    if column.str.len_bytes().sum() != column.str.len_chars().sum():
        text = text.str.normalize("NFC")
    if column.str.contains_any(["\\", '"']).any():
        text = text.str.replace_all("\\", "\\\\", literal=True).str.replace_all('"', '\\"', literal=True)
    return pl.concat_str(pl.lit('"'), text, pl.lit('"')).fill_null("null")


RELATION_ID = "rel:"
"""How the id of every relation begins, and no other id."""


def relation_ids(subjects: Sequence[str], relation: str, objects: Sequence[str], symmetric: bool) -> list[str]:
    """Return the ids of the one relation of this type between each two things."""
    pairs = zip(subjects, objects, strict=True)
    ends = map(sorted, pairs) if symmetric else pairs
    texts = (f"[{_encode(a)},{_encode(relation)},{_encode(b)}]" for a, b in ends)
    return [RELATION_ID + blake2b(text.encode(), digest_size=12).hexdigest() for text in texts]


def as_frame(claims: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Return claims as a frame with one row a claim and the columns of ``COLUMNS``."""
    columns = {name: [claim.get(name) for claim in claims] for name in COLUMNS}
    return pl.DataFrame(columns, schema=COLUMNS)


def as_claims(frame: pl.DataFrame) -> list[Claim]:
    """Return the rows of a claim frame as values."""
    return [Claim(**row) for row in frame.select(list(COLUMNS)).iter_rows(named=True)]
