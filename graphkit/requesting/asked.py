"""Which requests are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from graphkit.errors import ChooseAgain, NotFound, did_you_mean
from graphkit.graph.snapshot import Snapshot
from graphkit.model import typed
from graphkit.model.schema import Catalog
from graphkit.requesting.values import Request

NONE = "none"
"""What is asked for where no outcome is on record."""


@dataclass(frozen=True, slots=True)
class RequestsAsked:
    """Which requests are told; empty where it does not matter.

    ``website`` is a domain, or the id of a website or domain, ``to`` and ``by`` are ids, ``type`` is a type of request,
    ``outcome`` one that any source says, or "none".
    """

    website: str = ""
    to: str = ""
    by: str = ""
    type: str = ""
    outcome: str = ""


ALL = RequestsAsked()
_REACHED = pl.col("type") == "HAS_DOMAIN"


def choices(catalog: Catalog, name: str) -> tuple[str, ...]:
    """Return the values that a property of a request can have."""
    return catalog["Request"].properties[name].choices


def picked(rows: tuple[Request, ...], view: Snapshot, asked: RequestsAsked, catalog: Catalog) -> tuple[Request, ...]:
    """Return those of the rows that are asked for; NotFound and ChooseAgain say what may be meant."""
    types, outcomes = choices(catalog, "request_type"), (*choices(catalog, "outcome"), NONE)
    type_, outcome = _known(asked.type, types, "type of request"), _known(asked.outcome, outcomes, "outcome")
    tests: list[Callable[[Request], bool]] = []
    if asked.website:
        ids = _sites(view, asked.website)
        tests.append(lambda row: not ids.isdisjoint(_about(row)))
    if asked.to:
        to = _id(view, asked.to)
        tests.append(lambda row: to in {party.id for party in row.addressed_to})
    if asked.by:
        by = _id(view, asked.by)
        tests.append(lambda row: by in {party.id for party in row.made_by})
    if type_:
        tests.append(lambda row: _is_of(row, type_))
    if outcome:
        tests.append(lambda row: outcome in ({one.value.lower() for one in row.outcome} or {NONE}))
    return tuple(row for row in rows if all(test(row) for test in tests))


def _known(given: str, known: tuple[str, ...], what: str) -> str:
    if given and given.lower() not in known:
        raise ChooseAgain(f"No {what} named '{given}'.{did_you_mean(given, known)} There are: {', '.join(known)}.")
    return given.lower()


def _is_of(row: Request, type_: str) -> bool:
    return type_ in ({one.value for one in row.type} if row.known_as == "request" else {"removal"})


def _about(row: Request) -> set[str]:
    return {id_ for one in row.concerns for id_ in (one.id, *(host.id for host in one.hosted_by))}


def _id(view: Snapshot, given: str) -> str:
    return str(view.things["id"][view.number(given)])


def _sites(view: Snapshot, given: str) -> set[str]:
    """Return the ids of a domain and of the websites that were reached at it, or of one of these and its others."""
    found = {str(view.things["id"][view.index[id_]]) for id_ in typed.ids(given) if id_ in view.index}
    if not found:
        near = did_you_mean(given, [id_.partition(":")[2] for id_ in view.index if id_.startswith("website:")])
        raise NotFound(f"No website or domain named '{given}' in case {view.scope}.{near}")
    reached = [row for id_ in found for row in view.neighbours(id_).filter(_REACHED).iter_rows(named=True)]
    return found | {row["id"] for row in reached}
