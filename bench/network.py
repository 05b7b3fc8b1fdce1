"""A store with a network of many relations, put together as columns, without records."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from graphkit import flow
from graphkit.model.change import Change, hanging
from graphkit.model.claim import COLUMNS, claim_ids, relation_ids
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve
from graphkit.model.source import empty_register
from graphkit.stores import Store

SOURCES = 1_000
CASE = "network"
_KINDS = ("Person", "Person", "Organization", "Person", "Incident")
_TYPES = ("ATTENDED_TALKS", "COOPERATES_WITH", "INVESTIGATES")
_SAID = {"stance": "asserts", "modality": "stated", "recorded_at": "2026-01-01"}


def stored(path: Path, things: int, relations: int) -> Store:
    """Return a new store with so many things and relations, of which a fifth rest on two sources; always the same."""
    chance = np.random.default_rng(relations)
    links = _links(chance, things, relations)
    again = links.sample(relations // 5, seed=1).with_columns(source=_sources(chance, relations // 5))
    claims = pl.concat([_names(chance, things), links, again], how="diagonal")
    claims = claims.with_columns(
        locator=pl.concat_str(pl.lit("page "), pl.Series(chance.integers(1, 400, len(claims)))),
        **{name: pl.lit(value) for name, value in _SAID.items()},
    )
    denied = pl.Series(chance.random(len(claims)) < 0.002) & pl.col("object_kind").is_not_null()
    claims = claims.with_columns(stance=pl.when(denied).then(pl.lit("denies")).otherwise("stance"))
    claims = pl.concat([pl.DataFrame(schema=COLUMNS), claims], how="diagonal_relaxed").select(list(COLUMNS))
    claims = claims.with_columns(id=pl.Series(claim_ids(claims))).unique("id", maintain_order=True)
    store = flow.store_at(str(path))
    change = _change(claims)
    store.update(lambda _: change)
    return store


def _change(claims: pl.DataFrame) -> Change:
    catalog = flow.catalog()
    registers = {kind: empty_register(catalog, kind) for kind in ("Source", "Case", "Decision")}
    ids = [f"report-{number}" for number in range(SOURCES)]
    rated = ["ABCDE"[number % 5] for number in range(SOURCES)]
    sources = pl.DataFrame({"id": ids, "name": ids, "cases": [[CASE]] * SOURCES, "reliability": rated})
    given = {"Source": sources, "Case": pl.DataFrame({"id": [CASE], "name": [CASE]})}
    registers |= {kind: pl.concat([registers[kind], rows], how="diagonal") for kind, rows in given.items()}
    decided = Decided(registers.pop("Decision"))
    resolved = resolve(claims, registers["Source"], decided, catalog)
    return Change(claims, registers, resolved.nodes, resolved.relations, hanging(claims, decided))


def _names(chance: np.random.Generator, things: int) -> pl.DataFrame:
    named = _things(np.arange(things))
    value = pl.concat_str(pl.lit("Name of "), "about")
    said = named.select(about="id", anchor="id", subject="id", kind="kind", anchor_kind="kind")
    return said.with_columns(property=pl.lit("name"), value=value, source=_sources(chance, things))


def _links(chance: np.random.Generator, things: int, relations: int) -> pl.DataFrame:
    """Return claims on so many relations; some things have many, most few."""
    near, far = ((things * chance.random(relations * 2) ** 1.5).astype(np.int64) for _ in range(2))
    types = pl.Series(np.array(_TYPES)[chance.integers(0, len(_TYPES), relations * 2)].tolist())
    pairs = pl.DataFrame({"near": np.minimum(near, far), "far": np.maximum(near, far), "property": types})
    pairs = pairs.filter(pl.col("near") != pl.col("far")).unique(maintain_order=True).head(relations).sort("property")
    near_end, far_end = (_things(pairs[name].to_numpy()) for name in ("near", "far"))
    about: list[str] = []
    for (name,), rows in pairs.with_columns(a=near_end["id"], b=far_end["id"]).group_by(
        "property", maintain_order=True
    ):
        edge = flow.catalog()[str(name)].edge
        about += relation_ids(rows["a"].to_list(), str(name), rows["b"].to_list(), bool(edge and edge.symmetric))
    day = pl.concat_str(pl.lit("20"), pl.Series(chance.integers(10, 25, len(pairs))), pl.lit("-03-01"))
    ends = {"anchor": near_end["id"], "anchor_kind": near_end["kind"], "value": far_end["id"]}
    frame = pl.DataFrame({**ends, "object_kind": far_end["kind"], "property": pairs["property"]})
    return frame.with_columns(
        about=pl.Series(about),
        subject=pl.Series(about),
        kind="property",
        source=_sources(chance, len(pairs)),
        valid_from=day,
        confidence=pl.Series(chance.integers(0, 21, len(pairs)) * 5),
    )


def _things(numbers: np.ndarray) -> pl.DataFrame:
    kinds = np.array(_KINDS)[numbers % len(_KINDS)].tolist()
    ids = pl.select(id=pl.concat_str(pl.lit("thing-"), pl.Series(numbers)))["id"]
    return pl.DataFrame({"id": ids, "kind": kinds})


def _sources(chance: np.random.Generator, count: int) -> pl.Series:
    numbers = pl.Series((SOURCES * chance.random(count) ** 2).astype(np.int64))
    return pl.select(pl.concat_str(pl.lit("report-"), numbers).alias("source"))["source"]
