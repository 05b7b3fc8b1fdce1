"""What must be so for a decision to be taken into the log."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from graphkit.errors import Rejected, did_you_mean
from graphkit.ingest.sieve import Entry
from graphkit.model.decision import ACTIONS, FIELDS
from graphkit.model.schema import Catalog, Kind

_ON = {"claim": "Claim", "source": "Source", "decision": "Decision"}


def wrong(decisions: Sequence[Entry], kinds: pl.DataFrame, catalog: Catalog) -> dict[int, Rejected]:
    """Return what is wrong with decisions, by the number of their record; ``kinds`` has the kinds of all ids.

    The values of a reading are brought into normal form.
    """
    named = {id_ for entry in decisions for id_ in (*entry.values["about"], *entry.values.get("by", ()))}
    kind_of = dict(kinds.filter(pl.col("id").is_in(sorted(named))).iter_rows())
    problems = {}
    for entry in decisions:
        try:
            _must_hold(entry, kind_of, catalog)
        except Rejected as problem:
            problems[entry.number] = problem
    return problems


def _must_hold(entry: Entry, kind_of: dict[str, str], catalog: Catalog) -> None:
    name = entry.values["action"][0]
    action, about = ACTIONS[name], list(dict.fromkeys(entry.values["about"]))
    _must_have_fields(entry, name)
    if len(about) < action.least:
        raise Rejected("about", f"names one thing; '{name}' takes {action.least} or more")
    if action.most and len(about) > action.most:
        raise Rejected("about", f"names {len(about)}; '{name}' takes one")
    for id_ in about:
        _must_be(id_, kind_of[id_], action.on, catalog)
    if name in ("merge", "split"):
        _must_be_alike(about, kind_of, name)
    if entry.values.get("keep", about[:1])[0] not in about:
        raise Rejected("keep", f"'{entry.values['keep'][0]}' is none of the things to merge")
    if name == "correct":
        _must_be_other_claim(entry.values["by"][0], about[0], kind_of)
    if name == "read":
        _normalise(entry, catalog[kind_of[about[0]]])


def _must_have_fields(entry: Entry, name: str) -> None:
    action = ACTIONS[name]
    for field in FIELDS:
        if field in action.needs and field not in entry.values:
            raise Rejected(field, f"is missing; '{name}' needs it")
        if field in entry.values and field not in (*action.needs, *action.may):
            raise Rejected(field, f"is no field of '{name}'; leave it out")


def _must_be_other_claim(by: str, about: str, kind_of: dict[str, str]) -> None:
    if kind_of[by] != "Claim" or by == about:
        raise Rejected("by", f"'{by}' is no other claim; name the claim that is read instead")


def _must_be(id_: str, kind: str, on: str, catalog: Catalog) -> None:
    wanted = _ON.get(on)
    fits = kind == wanted if wanted else kind in catalog.kinds and catalog[kind].is_entity
    if not fits:
        raise Rejected("about", f"'{id_}' is of kind {kind}; this is decided on a {on}")


def _must_be_alike(about: Sequence[str], kind_of: dict[str, str], name: str) -> None:
    first, *others = about
    domains = [id_ for id_ in about if kind_of[id_] == "Domain"]
    other = next((id_ for id_ in others if kind_of[id_] != kind_of[first]), None)
    if other:
        kinds = f"'{first}' is of kind {kind_of[first]} and '{other}' of kind {kind_of[other]}"
        way_out = _as_websites(domains, name) if {kind_of[first], kind_of[other]} == {"Domain", "Website"} else ""
        raise Rejected("about", f"{kinds}; only things of one kind can be one: nothing to {name}{way_out}")
    if domains and name == "merge":
        both = " and ".join(f"'{id_}'" for id_ in domains)
        never = "are domains, and two domains are never one thing: it is websites that are one"
        raise Rejected("about", f"{both} {never}{_as_websites(domains, name)}")


def _as_websites(domains: Sequence[str], name: str) -> str:
    """Return how to decide on the websites at these domains."""
    record = f'{{"kind": "Website", "domain": "{domains[0].partition(":")[2]}", "source": "…"}}'
    each = "of each" if len(domains) > 1 else "of it"
    by_hand = "add it by hand ('graphkit add Website', or the page Add)"
    return f". Load a Website record {each}, such as {record}, or {by_hand}; then {name} the websites"


def _normalise(entry: Entry, kind: Kind) -> None:
    """Bring the values of a reading into normal form; Rejected when the thing has no such property or value."""
    name = entry.values["property"][0]
    own = {prop.name: prop for prop in kind.properties.values() if not prop.makes}
    if name not in own:
        raise Rejected("property", f"'{name}' is no property of a {kind.name}.{did_you_mean(name, own)}")
    for field in ("value", "read_as"):
        try:
            entry.values[field] = [own[name].normal(entry.values[field][0])]
        except ValueError as problem:
            raise Rejected(field, str(problem)) from None
