"""When what sources say cannot all be so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import polars as pl

from graphkit.model import interval
from graphkit.model.schema import Catalog, Property

CONFLICT_COLUMNS: dict[str, pl.DataType] = {
    "about": pl.String(),
    "subject": pl.String(),
    "kind": pl.String(),
    "property": pl.String(),
    "values": pl.List(pl.String()),
    "n_claims": pl.Int64(),
    "n_sources": pl.Int64(),
    "said_values": pl.List(pl.String()),
    "said_stances": pl.List(pl.String()),
    "said_sources": pl.List(pl.String()),
    "said_claimants": pl.List(pl.String()),
}

_SAID = ("value", "stance", "source", "claimant")

Said = tuple[str, str | None, str | None, bool]
"""A value, the dates it is said to hold from and to, and whether the claim denies it."""


def differ(prop: Property | None, said: Sequence[Said]) -> bool:
    """Say whether claims on one property contradict each other.

    They do when one denies what another says at a common time, and, for a property with one value, when two
    values exclude each other at a common time: dates that share no day, otherwise texts or numbers that are
    not equal.
    ``prop`` None stands for a relation as such, of which only a denial can differ.
    """
    values = sorted({(value, start, end) for value, start, end, denies in said if not denies}, key=str)
    denied = {(value, start, end) for value, start, end, denies in said if denies}
    if any((prop is None or a[0] == b[0]) and _together(a, b) for a in values for b in denied):
        return True
    if prop is None or prop.many:
        return False
    return any(_exclude(prop, a, b) and _together(a, b) for a, b in combinations(values, 2))


Dated = tuple[str, str | None, str | None]


def _together(a: Dated, b: Dated) -> bool:
    """Say whether two claims can hold at a common time; what says nothing of time holds at any."""
    held_a, held_b = interval.held(a[1], a[2]), interval.held(b[1], b[2])
    return not (held_a and held_b) or held_a.overlaps(held_b)


def _exclude(prop: Property, a: Dated, b: Dated) -> bool:
    if a[0] == b[0]:
        return False
    return prop.type != "date" or not interval.parse(a[0]).overlaps(interval.parse(b[0]))


def conflicts(standing: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return one row a contradiction among claims that nobody retracted, by ``about`` and property.

    The four ``said_`` lists have one entry a claim: its value, stance, source, and claimant or an empty text.
    """
    found: list[dict[str, Any]] = []
    groups = _doubtful(standing, catalog).sort("about", "property", "value", "id")
    for (about, name), group in groups.group_by("about", "property", maintain_order=True):
        kind = group["kind"][0]
        prop = None if group["object_kind"][0] else catalog[kind].properties.get(str(name))
        said = [
            (value, start, end, stance == "denies")
            for value, start, end, stance in group.select("value", "valid_from", "valid_to", "stance").iter_rows()
        ]
        if differ(prop, said):
            values = group["value"].unique(maintain_order=True).to_list()
            found.append(
                {"about": about, "subject": group["anchor"][0], "kind": kind, "property": name, "values": values}
                | {"n_claims": len(group), "n_sources": group["source"].n_unique()}
                | {f"said_{part}s": group[part].fill_null("").to_list() for part in _SAID}
            )
    return pl.DataFrame(found, schema=CONFLICT_COLUMNS)


def _doubtful(standing: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return the claims on what somebody denies, or has one value and is given several."""
    one = [(kind.name, prop.name) for kind in catalog for prop in kind.properties.values() if not prop.many]
    single = pl.DataFrame(one, schema={"kind": pl.String, "property": pl.String}, orient="row")
    several = standing.filter(pl.col("object_kind").is_null()).join(single, on=["kind", "property"], how="semi")
    several = several.group_by("about", "property").agg(pl.col("value").n_unique()).filter(pl.col("value") > 1)
    denied = standing.filter(pl.col("stance") == "denies")
    doubtful = pl.concat([frame.select("about", "property") for frame in (several, denied)]).unique()
    return standing.join(doubtful, on=["about", "property"], how="semi")
