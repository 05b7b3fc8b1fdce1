"""A claim in place of another one: the same but for what was wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from graphkit.errors import did_you_mean
from graphkit.ingest.checks import ATTRIBUTION, identifier
from graphkit.ingest.fields import CLAIMANTS
from graphkit.model import interval
from graphkit.model.claim import COLUMNS, claim_ids, relation_ids
from graphkit.model.schema import Catalog

FIXED = ("source", "recorded_at", "raw", "script", "transliteration_of", "made_by")
CHANGEABLE = ("value", *(name for name in ATTRIBUTION if name not in FIXED))
"""What of a claim can be corrected; its source and subject cannot: that is another claim."""
_STATED = ("value", "stance", "modality")

KindsOf = Callable[[list[str]], dict[str, str]]


def corrected(old: Mapping[str, Any], changes: Mapping[str, str], catalog: Catalog, kinds_of: KindsOf) -> pl.DataFrame:
    """Return a claim, as a frame with one row, that says the same as ``old`` but for the changes, and has an own id.

    An empty text takes a field out. ValueError says which field is wrong and why.
    """
    new = dict(old) | {"raw": None}
    for name, given in changes.items():
        if name not in CHANGEABLE:
            raise ValueError(f"{name}: cannot be corrected.{did_you_mean(name, CHANGEABLE)} {_ways()}")
        try:
            new[name] = _normal(name, given, new, catalog)
        except ValueError as problem:
            raise ValueError(f"{name}: {problem}") from None
    _must_hold(new, catalog)
    new |= _with_kinds(new, catalog, kinds_of)
    frame = pl.DataFrame([{name: new[name] for name in COLUMNS}], schema=COLUMNS)
    return frame.with_columns(id=pl.Series(claim_ids(frame), dtype=pl.String))


def _ways() -> str:
    return f"There are: {', '.join(CHANGEABLE)}; for another source or subject, withdraw it and add a new one."


def _normal(name: str, given: str, claim: Mapping[str, Any], catalog: Catalog) -> Any:
    if not given.strip():
        if name in _STATED:
            raise ValueError("must not be empty")
        return None
    if name != "value":
        return ATTRIBUTION[name](given)
    if claim["object_kind"]:
        return identifier(given)
    prop = catalog[claim["kind"]].properties.get(claim["property"])
    return prop.normal(given) if prop else given


def _must_hold(claim: Mapping[str, Any], catalog: Catalog) -> None:
    """Raise ValueError when the claim ends before it begins, or when nobody says a part of an allegation any more."""
    try:
        interval.held(claim["valid_from"], claim["valid_to"])
    except ValueError as problem:
        raise ValueError(f"valid_to: {problem}") from None
    if not claim["claimant"] and catalog.kinds[claim["kind"]].accuses == "always":
        raise ValueError(f"claimant: is missing; {claim['kind']} is an allegation and must say who makes it")


def _with_kinds(claim: Mapping[str, Any], catalog: Catalog, kinds_of: KindsOf) -> dict[str, Any]:
    """Return the columns of a claim that follow from the ids that it names."""
    far, claimant = claim["value"] if claim["object_kind"] else None, claim["claimant"]
    kinds = kinds_of([id_ for id_ in (far, claimant) if id_])
    for name, id_ in (("value", far), ("claimant", claimant)):
        if id_ and id_ not in kinds:
            raise ValueError(f"{name}: '{id_}' names nothing in the store; add it first")
    if claimant and kinds[claimant] not in CLAIMANTS:
        raise ValueError(f"claimant: '{claimant}' is of kind {kinds[claimant]}; who says something is a person or body")
    columns = {"claimant_kind": kinds.get(claimant) if claimant else None}
    return columns | (_relation(claim, kinds[far], catalog) if far else {})


def _relation(claim: Mapping[str, Any], kind: str, catalog: Catalog) -> dict[str, Any]:
    edge = catalog[claim["property"]].edge
    if edge and kind not in edge.to_kinds:
        raise ValueError(
            f"value: '{claim['value']}' is of kind {kind}; {claim['property']} takes {', '.join(edge.to_kinds)}"
        )
    if claim["value"] == claim["anchor"]:
        raise ValueError(f"value: '{claim['value']}' would be both ends of this {claim['property']}")
    if catalog.accusing(claim["property"], claim["anchor_kind"], kind) and not claim["claimant"]:
        raise ValueError(f"claimant: is missing; {claim['property']} is an allegation and must say who makes it")
    (about,) = relation_ids([claim["anchor"]], claim["property"], [claim["value"]], bool(edge and edge.symmetric))
    return {"about": about, "object_kind": kind}
