"""What graphkit does, from records to what is shown. Start reading here.

records → validate → claims → resolve → store → snapshot → analyse → show / export
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from graphkit.adding import Draft, draft
from graphkit.analysing import Answer, changes, communities, key_players, likely, reach, ties
from graphkit.analytics import HEEDS, METRICS, Counting
from graphkit.analytics.stakes import at_stake
from graphkit.attaching import (
    Attached,
    Collected,
    Opened,
    Verified,
    attach,
    document_at,
    document_content,
    documents_named,
    documents_of,
    verify,
)
from graphkit.comparing import Comparison
from graphkit.comparing import compare as compared
from graphkit.deciding import Log, LogEntry, Maker, correct, log, merge, retract, split, undo, watch, withdraw
from graphkit.distribution import Distribution, distribution
from graphkit.dossier import MAX_DOSSIER, Dossier, search, show
from graphkit.engines.rows import Rows
from graphkit.erasing import Erasure, Reason, erase, erasure
from graphkit.errors import ChooseAgain, NotFound, StoreMissing, did_you_mean
from graphkit.explaining import Explanation, Wanted, explain, export_paths, format_of_paths
from graphkit.exports import listing
from graphkit.exports.network import network
from graphkit.graph.moment import NOW, Moment
from graphkit.graph.redact import redacted
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.grouping import Groups, groups
from graphkit.handed_back import HandedBack, handed_back, must_be_sheet
from graphkit.handing_over import HandOver, export, export_graph, filled, hand_over, must_be_format, to_hand_over
from graphkit.ingest.fields import fields
from graphkit.ingest.files import Files, Understood
from graphkit.ingest.report import LoadReport
from graphkit.ingest.sheets.listed import Where
from graphkit.ingest.sheets.mapping_file import read as mapping
from graphkit.kinds import catalog, kinds, kinds_by_hand, must_be_disputable
from graphkit.last_used import LastUsed
from graphkit.loading import check, check_files, load_seed, new_case, seed_cases
from graphkit.matching import CAUTION, Asked, Matched, match
from graphkit.model import typed
from graphkit.model.source import DEFAULT_CASE
from graphkit.naming import called_by, free_id, id_of, new_thing, said_too
from graphkit.pivoting import CAUTION as PIVOT_CAUTION
from graphkit.pivoting import (
    Choice,
    Evidence,
    Link,
    Pivot,
    Relatives,
    SiteGroup,
    Successor,
    as_told,
    called,
    described,
    grouped,
    happened,
    in_no_group,
    in_time,
    kept_apart,
    last_day,
    links_to_hand_over,
    named_like,
    percent,
    pivot,
    relatives,
    shares,
    why,
)
from graphkit.ranking import Ranking, firm, firm_within, rank
from graphkit.rebuilding import rebuilt
from graphkit.requesting import Requests, RequestsAsked, requests, requests_to_hand_over
from graphkit.resolving import MAY_BE_ONE, Alike, Doubles, resolve
from graphkit.sheets import ColumnUse, SheetPreview, SheetUse, in_short, needs_mapping, sheet_preview
from graphkit.snapshots import Contents, snapshot
from graphkit.sources import SourceEntry, source, sources
from graphkit.stores import Store, open_store
from graphkit.watching import add, load, load_files, newcomers
from graphkit.what_if import WhatIf, Whole, what_if, whole
from graphkit.working import Analysis, Work, is_soon, work

__all__ = [
    "ACTORS", "CAUTION", "HEEDS", "MAX_DOSSIER", "MAY_BE_ONE", "METRICS", "NOW", "PIVOT_CAUTION", "Alike", "Analysis",
    "Answer", "Asked", "Attached", "Choice", "Collected", "ColumnUse", "Comparison", "Contents", "Counting",
    "Distribution", "Dossier", "Doubles", "Draft", "Erasure", "Evidence", "Explanation", "Files", "Groups",
    "HandOver", "HandedBack", "Link", "LoadReport", "Log", "LogEntry", "Maker", "Matched", "Opened", "Pivot",
    "Ranking", "Reason", "Relatives", "Requests", "RequestsAsked", "SheetPreview", "SheetUse", "SiteGroup",
    "SourceEntry", "Successor", "Understood", "Verified", "Wanted", "WhatIf", "Where", "Whole", "Work", "add",
    "as_told", "attach", "called", "called_by", "case_to_add_to", "cases", "cases_with_websites", "catalog",
    "changes", "check", "check_files", "communities", "compare", "conflicts", "conflicts_to_hand_over", "correct",
    "described", "distribution", "document_at", "document_content", "documents_named", "documents_of", "draft",
    "erase", "erasure", "explain", "export", "export_graph", "export_paths", "fields", "filled_snapshot", "firm",
    "firm_within", "first_look", "format_of_paths", "free_id", "grouped", "groups", "hand_over", "handed_back",
    "happened", "id_of", "in_no_group", "in_short", "in_time", "is_soon", "kept_apart", "key_players", "kinds",
    "kinds_by_hand", "last_day", "likely", "links_to_hand_over", "load", "load_files", "load_seed", "log", "mapping",
    "match", "merge", "must_be_disputable", "must_be_format", "must_be_readable", "must_be_sheet", "named_like",
    "needs_mapping", "new_case", "new_thing", "newcomers", "percent", "picture", "pivot", "query", "rank", "reach",
    "rebuilt", "relatives", "requests", "requests_to_hand_over", "resolve", "retract", "said_too", "scope_of",
    "search", "seed_cases", "shares", "sheet_preview", "show", "snapshot", "source", "sources", "split", "store_at",
    "ties", "to_hand_over", "undo", "use_case", "verify", "watch", "what_if", "whole", "why", "withdraw", "work",
]  # fmt: skip

ACTORS = ("Person", "Group", "Organization", "Place", "Incident")
"""The kinds that a first look is about."""


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


def cases_with_websites(store: Store, domain: str | None = None) -> dict[str, str]:
    """Return the cases of a store where a website has a domain, or a domain an address or registration: names by id.

    With ``domain``, as somebody types it, those in which a source tells of it.
    """
    if domain is None:
        relations, of_domains = store.relations(["type", "sources"]), ["HAS_DOMAIN", "RESOLVES_TO", "REGISTERED"]
        rows = relations.filter(pl.col("type").is_in(of_domains))["sources"].explode()
    else:
        rows = store.claims_on(typed.ids(domain))["source"]
    told = store.register("Source").filter(pl.col("id").is_in(rows.unique().to_list()))
    held = told["cases"].explode().unique().to_list()
    found = cases(store).filter(pl.col("id").is_in(held)).select("id", "name")
    return {id_: name or id_ for id_, name in found.iter_rows()}


def use_case(store: Store, last_used: LastUsed, id_: str) -> None:
    """Make a case the one that is used when none is named; NotFound when there is none of this id."""
    scope_of(store, [id_], last_used)
    last_used.use(store.address, id_)


def case_to_add_to(store: Store, named: str | None, last_used: LastUsed) -> str:
    """Return the case that new sources go into: the one named, else the one last used, else the default one."""
    return named or last_used.case(store.address) or DEFAULT_CASE


def scope_of(store: Store, named: Sequence[str], last_used: LastUsed, moment: Moment = NOW) -> Scope:
    """Return the scope of the cases named, else of the case last used, else of the first case there is."""
    known = Contents.of(store).cases
    if not known:
        raise StoreMissing(f"{store.address} holds no records yet. Load some with 'graphkit load PATH'.")
    for id_ in named:
        if id_ not in known:
            raise NotFound(f"No case named '{id_}'.{did_you_mean(id_, known)} There are: {', '.join(known)}.")
    last = last_used.case(store.address)
    return Scope(tuple(named) or ((last,) if last in known and last else (known[0],)), moment)


def filled_snapshot(store: Store, scope: Scope) -> Snapshot:
    """Return the snapshot of a scope; NotFound says what to do when no source in it says anything yet."""
    return filled(snapshot(store, scope))


def query(store: Store, cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
    """Answer read-only Cypher on the whole store, all cases together."""
    return store.query(cypher, params, limit, timeout)


def conflicts(view: Snapshot, kind: str | None = None) -> pl.DataFrame:
    """Return the contradictions of a snapshot, those on which most hangs first, as ``at_stake`` counts it.

    With ``kind`` only those on things of this kind, on relations of it, and on relations of such things.
    """
    if kind is None:
        return at_stake(view)
    must_be_disputable(kind)
    return at_stake(view).filter(pl.col("kinds").list.contains(kind))


def compare(store: Store, a: str, b: str, last_used: LastUsed) -> Comparison:
    """Return what two cases share and what only both together contradict; NotFound when there is no such case."""
    scope_of(store, [a, b], last_used)
    if a == b:
        raise ChooseAgain(f"Case '{a}' is named twice. Name another one to compare it with: 'graphkit case list'.")
    return compared(store, a, b)


def conflicts_to_hand_over(view: Snapshot) -> pl.DataFrame:
    """Return the contradictions of a snapshot as a table for others; protected persons are redacted."""
    hidden = redacted(view)[0]
    return listing.conflicts(hidden, at_stake(hidden), catalog())


def first_look(view: Snapshot, kinds: Sequence[str], budget: int) -> list[str]:
    """Return the ids a picture starts with: all things of these kinds, or the most linked ones that fit."""
    among = view.among(kinds)
    scores = METRICS["degree"](among)
    table = among.things.select("id").with_columns(score=scores.values)
    return table.sort(["score", "id"], descending=[True, False])["id"].head(budget).to_list()


def picture(
    view: Snapshot, ids: Sequence[str], placed: Mapping[str, tuple[float, float]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Return nodes, edges and options of a picture of these things, as vis-network takes them."""
    drawn = network(view, [view.number(id_) for id_ in ids], catalog(), placed)
    nodes, edges, *_, options = drawn.get_network_data()
    return nodes, edges, json.loads(options) if isinstance(options, str) else options
