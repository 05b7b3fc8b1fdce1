"""What graphkit does, from records to what is shown. Start reading here.

records → validate → claims → resolve → store → snapshot → analyse → show / export
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from graphkit.adding import Draft, draft
from graphkit.analytics import METRICS, metric_named
from graphkit.dossier import MAX_DOSSIER, Dossier, search, show
from graphkit.engines.rows import Rows
from graphkit.errors import ChooseAgain, NotFound, StoreMissing, did_you_mean
from graphkit.exports import EXPORTS
from graphkit.exports.network import network
from graphkit.graph.redact import redacted, redacted_claims
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.fields import fields
from graphkit.ingest.report import LoadReport
from graphkit.last_used import LastUsed
from graphkit.loading import add, check, load, load_seed, new_case, seed_cases
from graphkit.model.schema import Catalog, Kind
from graphkit.model.source import DEFAULT_CASE
from graphkit.scoped import Scoped, in_scope
from graphkit.settings import shipped
from graphkit.sources import SourceEntry, source, sources
from graphkit.stores import Store, open_store

__all__ = [
    "ACTORS",
    "MAX_DOSSIER",
    "Dossier",
    "Draft",
    "LoadReport",
    "Ranking",
    "SourceEntry",
    "add",
    "case_to_add_to",
    "cases",
    "catalog",
    "check",
    "draft",
    "export_graph",
    "fields",
    "filled_snapshot",
    "first_look",
    "hand_over",
    "kinds",
    "load",
    "load_seed",
    "must_be_format",
    "must_be_readable",
    "new_case",
    "picture",
    "query",
    "rank",
    "scope_of",
    "search",
    "seed_cases",
    "show",
    "snapshot",
    "source",
    "sources",
    "store_at",
    "use_case",
]

ACTORS = ("Person", "Group", "Organization", "Place", "Incident")
"""The kinds that a first look is about."""


@cache
def catalog() -> Catalog:
    """Return the kinds of the shipped schema."""
    return Catalog.load(shipped("schema"))


def store_at(address: str) -> Store:
    """Return the store at an address; it need not exist yet."""
    return open_store(address, catalog())


def must_be_readable(store: Store) -> None:
    """Raise the StoreError that says why a store cannot be read; one that is not there yet is well."""
    if store.exists():
        store.view()


def cases(store: Store) -> pl.DataFrame:
    """Return the cases of a store, one a row, with ``sources``, how many sources each has, and ``invented``."""
    sources = store.register("Source").explode("cases").group_by(id="cases")
    counted = sources.agg(sources=pl.len(), invented=(pl.col("invented") == "true").any())
    joined = store.register("Case").join(counted, on="id", how="left").sort("id")
    return joined.with_columns(pl.col("sources").fill_null(0), pl.col("invented").fill_null(False))


def use_case(store: Store, last_used: LastUsed, id_: str) -> None:
    """Make a case the one that is used when none is named; NotFound when there is none of this id."""
    scope_of(store, [id_], last_used)
    last_used.use(store.address, id_)


def case_to_add_to(store: Store, named: str | None, last_used: LastUsed) -> str:
    """Return the case that new sources go into: the one named, else the one last used, else the default one."""
    return named or last_used.case(store.address) or DEFAULT_CASE


def kinds(catalog: Catalog) -> dict[str, list[Kind]]:
    """Return the kinds of records by what they are: things, relations, observations, registers."""
    return {
        "Things": catalog.entities,
        "Relations": catalog.relations,
        "Observations of websites": [kind for kind in catalog if kind.observation],
        "Sources, cases and decisions": [kind for kind in catalog if kind.registry],
    }


def scope_of(store: Store, named: Sequence[str], last_used: LastUsed) -> Scope:
    """Return the scope of the cases named, else of the case last used, else of the first case there is."""
    known = store.register("Case")["id"].to_list()
    if not known:
        raise StoreMissing(f"{store.address} holds no records yet. Load some with 'graphkit load PATH'.")
    for id_ in named:
        if id_ not in known:
            raise NotFound(f"No case named '{id_}'.{did_you_mean(id_, known)} There are: {', '.join(known)}.")
    last = last_used.case(store.address)
    return Scope(tuple(named) or ((last,) if last in known and last else (known[0],)))


def snapshot(store: Store, scope: Scope) -> Snapshot:
    """Return the graph of a scope, frozen; it may be empty."""
    return in_scope(store, scope, lambda held: _frozen(held, held.claims()))


def hand_over(store: Store, scope: Scope) -> tuple[Snapshot, pl.DataFrame]:
    """Return the snapshot of a scope and its claims as they may be handed over, both of one moment.

    NotFound says what to do when no source in it says anything yet.
    """
    return in_scope(store, scope, _handed_over)


def _handed_over(held: Scoped) -> tuple[Snapshot, pl.DataFrame]:
    claims = held.claims()
    view = _filled(_frozen(held, claims))
    return redacted(view)[0], redacted_claims(view, claims)


def _frozen(held: Scoped, claims: pl.DataFrame) -> Snapshot:
    resolved = held.resolved(claims)
    sources = held.counted_sources(claims)
    about = pl.concat([resolved.entities()["id"], resolved.relations["id"]])
    decisions = held.decisions.filter(pl.col("about").is_in(about.to_list()))
    return Snapshot(resolved, sources, held.scope, held.view.version(), held.view.protected(), decisions)


def filled_snapshot(store: Store, scope: Scope) -> Snapshot:
    """Return the snapshot of a scope; NotFound says what to do when no source in it says anything yet."""
    return _filled(snapshot(store, scope))


def _filled(view: Snapshot) -> Snapshot:
    if view.entities.is_empty():
        load_it = f"graphkit load PATH --case {shlex.quote(view.scope.cases[0])}"
        raise NotFound(f"Case {view.scope} holds no records yet. Load some with '{load_it}'.")
    return view


def query(store: Store, cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
    """Answer read-only Cypher on the whole store, all cases together."""
    return store.query(cypher, params, limit, timeout)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Things by score, highest first, ties by id, and what the scores were computed on."""

    metric: str
    rows: list[dict[str, Any]]
    computed_on: str


def rank(view: Snapshot, metric: str, kind: str | None, top: int, among: Sequence[str] = ()) -> Ranking:
    """Return the ``top`` things of a snapshot by a metric, of one kind if given.

    With ``among`` only the relations between things of these kinds count.
    """
    wanted = catalog().entity(kind).name if kind else None
    if among:
        view = view.among([catalog().entity(name).name for name in among])
    scores = metric_named(metric, METRICS)(view)
    table = view.entities.select("id", "name", "kind").with_columns(score=scores.values)
    if wanted:
        table = table.filter(pl.col("kind") == wanted)
    table = table.sort(["score", "id"], descending=[True, False]).head(top)
    rows = [{"rank": place} | row for place, row in enumerate(table.iter_rows(named=True), start=1)]
    only = f"; only among {', '.join(among)}" if among else ""
    return Ranking(metric, rows, scores.computed_on + only)


def must_be_format(name: str) -> None:
    """Raise ChooseAgain, naming the formats there are, when this is none of them."""
    if name not in EXPORTS:
        raise ChooseAgain(f"No format named '{name}'.{did_you_mean(name, EXPORTS)} There are: {', '.join(EXPORTS)}.")


def export_graph(view: Snapshot, format_: str, ids: Iterable[str] | None = None) -> bytes:
    """Return a hand-over of a snapshot, or of up to 500 things around ``ids``; protected persons are redacted."""
    must_be_format(format_)
    kept = view.entities["id"].gather(view.around(list(ids), 1, 500)) if ids else view.entities["id"]
    hidden, new_ids = redacted(view)
    nodes = [hidden.number(new_ids.get(id_, id_)) for id_ in kept]
    return EXPORTS[format_](hidden, nodes, catalog())


def first_look(view: Snapshot, kinds: Sequence[str], budget: int) -> list[str]:
    """Return the ids a picture starts with: all things of these kinds, or the most linked ones that fit."""
    among = view.among(kinds)
    scores = METRICS["degree"](among)
    table = among.entities.select("id").with_columns(score=scores.values)
    return table.sort(["score", "id"], descending=[True, False])["id"].head(budget).to_list()


def picture(
    view: Snapshot, ids: Sequence[str], placed: Mapping[str, tuple[float, float]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Return nodes, edges and options of a picture of these things, as vis-network takes them."""
    drawn = network(view, [view.number(id_) for id_ in ids], catalog(), placed)
    nodes, edges, *_, options = drawn.get_network_data()
    return nodes, edges, json.loads(options) if isinstance(options, str) else options
