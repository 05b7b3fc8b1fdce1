"""The ids of one claim and of one relation."""

from typing import Any

import polars as pl

from graphkit.model.claim import claim_ids, relation_ids

SAID = (
    "subject", "property", "value", "source", "claimant", "stance", "modality", "said_at", "valid_from", "valid_to",
    "locator",
)  # fmt: skip


def claim_id(said: dict[str, Any]) -> str:
    """Return the id of a claim; what it does not say is null."""
    row = dict.fromkeys(SAID) | said
    return claim_ids(pl.DataFrame({name: [value] for name, value in row.items()}))[0]


def relation_id(subject: str, relation: str, object_: str, symmetric: bool) -> str:
    """Return the id of the relation between two things."""
    return relation_ids([subject], relation, [object_], symmetric)[0]
