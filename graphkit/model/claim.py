"""A claim: one value of one property of one thing, in one source, said by one claimant."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import polars as pl

Stance = Literal["asserts", "denies", "reports", "retracts"]
Modality = Literal["stated", "alleged", "suspected", "estimated"]
DENIALS = ("denies", "retracts")
MAX_QUOTE = 300

_IDENTITY = (
    "subject", "property", "value", "source", "claimant", "stance", "modality",
    "said_at", "valid_from", "valid_to", "locator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. ``about`` is the entity or relation it speaks of, ``anchor`` the entity it hangs on.

    For a relation, ``property`` is its type, ``value`` the id of its far end and ``object_kind`` that
    end's kind; for a property, ``object_kind`` is None. ``kind`` is the kind of the subject.
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


NUMBERS = ("confidence", "credibility")
COLUMNS: dict[str, pl.DataType] = {
    field.name: pl.Int64() if field.name in NUMBERS else pl.String() for field in fields(Claim)
}
RATINGS = (
    "confidence", "credibility", "summary", "quote", "note", "resolution", "lang", "script", "transliteration_of",
)  # fmt: skip


def claim_id(claim: dict[str, Any]) -> str:
    """Return the claim's id: blake2b-128, in hexadecimal, over canonical JSON (NFC, sorted keys).

    Only what is said counts, by whom, where and about when; ratings and notes do not.
    """
    said = {key: _nfc(claim.get(key)) for key in _IDENTITY}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def relation_id(subject: str, relation: str, object_: str, symmetric: bool) -> str:
    """Return the id of the one relation of this type between two things."""
    ends = sorted((subject, object_)) if symmetric else [subject, object_]
    text = json.dumps([ends[0], relation, ends[1]], ensure_ascii=False, separators=(",", ":"))
    return "rel:" + hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _nfc(value: Any) -> Any:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def as_frame(claims: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Return claims as a frame with one row a claim and the columns of ``COLUMNS``."""
    columns = {name: [claim.get(name) for claim in claims] for name in COLUMNS}
    return pl.DataFrame(columns, schema=COLUMNS)


def as_claims(frame: pl.DataFrame) -> list[Claim]:
    """Return the rows of a claim frame as values."""
    return [Claim(**row) for row in frame.select(list(COLUMNS)).iter_rows(named=True)]
