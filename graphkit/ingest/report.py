"""What a load did, counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphkit.ingest.record import Reject
from graphkit.model.replaced import Replaced


@dataclass(slots=True)
class LoadReport:
    """What a load did. ``entities`` and ``relations`` are what the store holds after it.

    ``replaced`` are fields of sources and cases that had another value; ``notes`` are sentences on files
    that were left out.
    """

    read: int
    accepted: int
    rejected: int
    new_claims: int
    known_claims: int
    entities: int
    relations: int
    refused_fields: int
    seconds: float
    rerated_claims: int = 0
    refused_names: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
