"""What people decide about things, claims and sources: made, taken back, and listed. Claims stay as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

import polars as pl

from graphkit.errors import BadRecord, ChooseAgain, NotFound, did_you_mean
from graphkit.graph.scope import Scope
from graphkit.ingest.batch import Batch, gather
from graphkit.ingest.correction import corrected
from graphkit.ingest.plan import plan
from graphkit.ingest.record import Record
from graphkit.model import typed
from graphkit.model.change import Change
from graphkit.model.claim import COLUMNS
from graphkit.model.decision import ACTIONS, Contradiction, Entry
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store
from graphkit.stores.view import View


@dataclass(frozen=True, slots=True)
class Maker:
    """Who decides, why, and in which case."""

    who: str
    why: str
    case: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A decision, and the one that undoes it, None while it is in force."""

    entry: Entry
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Log:
    """The decisions of a scope, the latest first, and those that contradict each other.

    ``names`` has in words what they are on, by id.
    """

    entries: list[LogEntry]
    contradictions: list[Contradiction]
    names: Mapping[str, str]


def merge(store: Store, maker: Maker, ids: Sequence[str], keep: str | None = None) -> Entry:
    """Decide that things are one, and return the decision.

    They are kept under ``keep``, else under the first id in the alphabet. ChooseAgain when they are one already, or
    when somebody decided that they are not.
    """
    ids = _things(store, ids)
    if len(set(ids)) < 2:
        raise ChooseAgain(f"{_quoted(set(ids))} alone cannot be merged. Name the things that are one, two at least.")

    def must_be_new(held: Scoped) -> None:
        link = held.decided.linker
        if len({link.read(id_) for id_ in ids}) == 1:
            raise ChooseAgain(f"{_quoted(ids)} are one already. 'graphkit log {ids[0]}' says by whose decision.")
        joined = set(link.with_members(ids))
        for split in held.decided.of("split"):
            if len(joined.intersection(split["about"])) > 1:
                raise ChooseAgain(f"{_told(split)} that {_quoted(split['about'])} are not one. {_undo(split)}")

    return _decide(store, maker, _merging(ids, *_things(store, [keep] if keep else [])), must_be_new)


def _merging(ids: Sequence[str], keep: str | None = None) -> Entry:
    return {"action": "merge", "about": list(ids)} | ({"keep": keep} if keep else {})


def split(store: Store, maker: Maker, ids: Sequence[str]) -> Entry:
    """Decide that things are not one, and return the decision; ChooseAgain names what merged them."""
    ids = _things(store, ids)

    def must_be_apart(held: Scoped) -> None:
        link = held.decided.linker
        if len({link.read(id_) for id_ in ids}) < len(set(ids)):
            group = set(link.with_members(ids))
            merges = [entry for entry in held.decided.of("merge") if group.issuperset(entry["about"])]
            told = "; ".join(f"{_told(entry)} ({entry['id']})" for entry in merges)
            undo = f"'graphkit undo {merges[0]['id']}'" if len(merges) == 1 else "'graphkit undo' with the wrong one"
            raise ChooseAgain(f"{_quoted(ids)} are merged: {told}. First take that back: {undo}.")

    return _decide(store, maker, {"action": "split", "about": list(ids)}, must_be_apart)


def withdraw(store: Store, maker: Maker, claims: Sequence[str]) -> Entry:
    """Decide that claims should not be in the records at all, and return the decision.

    As with ``undo``, a beginning of an id will do when only one claim has it.
    """
    ids = [_claim_meant(store, id_) for id_ in claims]

    def must_stand(held: Scoped) -> None:
        for id_ in ids:
            _must_stand(held, id_)

    return _decide(store, maker, {"action": "withdraw", "about": ids}, must_stand)


def retract(store: Store, maker: Maker, sources: Sequence[str]) -> Entry:
    """Decide that nothing these sources say counts, and return the decision."""

    def must_count(held: Scoped) -> None:
        for id_ in sources:
            if id_ in held.decided.out_by_source:
                by = held.decided.entries[held.decided.out_by_source[id_]]
                raise ChooseAgain(f"{_told(by)} to retract '{id_}' already. {_undo(by)}")

    return _decide(store, maker, {"action": "retract", "about": list(sources)}, must_count)


def watch(store: Store, maker: Maker, websites: Sequence[str]) -> Entry:
    """Decide to watch websites, by id or domain: after each load, new ones that are linked to them are told."""
    try:
        ids = [typed.website(name) for name in websites]
    except ValueError as problem:
        raise ChooseAgain(str(problem)) from None
    return _decide(store, maker, {"action": "watch", "about": ids}, lambda held: None)


def undo(store: Store, maker: Maker, decisions: Sequence[str]) -> Entry:
    """Take decisions back, and return the decision that does; a beginning of an id will do when only one has it."""

    def must_be_in_force(held: Scoped) -> None:
        for id_ in entry["about"]:
            if by := held.decided.undone_by.get(id_):
                raise ChooseAgain(f"'{id_}' is undone already by {by}. 'graphkit undo {by}' has it back.")

    known = store.register("Decision")["id"].to_list() if store.exists() else []
    entry = {"action": "undo", "about": [_meant(id_, known, "decision") for id_ in decisions]}
    return _decide(store, maker, entry, must_be_in_force)


def correct(store: Store, maker: Maker, claim: str, changes: Mapping[str, str]) -> Entry:
    """Put a claim with these fields changed in place of one, and return the decision; the old one stays in the log."""
    id_ = _claim_meant(store, claim)

    def with_claim(held: Scoped) -> pl.DataFrame:
        old = _must_stand(held, id_)
        try:
            new = corrected(old, changes, held.catalog, held.view.kinds_of)
        except ValueError as problem:
            raise ChooseAgain(f"claim {id_}: {problem}") from None
        if new["id"][0] == id_:
            raise ChooseAgain(f"claim {id_} says that already. Change its value, dates, locator or claimant.")
        return new

    entry = {"action": "correct", "about": [id_]}
    return _decide(store, maker, entry, lambda held: None, with_claim)


def log(store: Store, scope: Scope, about: str | None = None) -> Log:
    """Return the decisions of a scope, all or those on one thing, claim, source or decision, the latest first."""
    return in_scope(store, scope, lambda held: _log(held, about))


def _log(held: Scoped, about: str | None) -> Log:
    decided = held.decided
    entries = [LogEntry(entry, decided.undone_by.get(id_)) for id_, entry in decided.entries.items()]
    if about is not None:
        near = {about, *decided.linker.with_members([about])}
        entries = [told for told in entries if near & {told.entry["id"], *told.entry["about"]}]
        if not entries and about not in held.view.kinds_of([about]):
            raise NotFound(f"Nothing named '{about}' in the store. 'graphkit log' lists all decisions of the case.")
    return Log(entries[::-1], decided.contradictions, held.names_apart([told.entry for told in entries]))


def _decide(
    store: Store,
    maker: Maker,
    given: Entry,
    must_hold: Callable[[Scoped], None],
    claim: Callable[[Scoped], pl.DataFrame] | None = None,
) -> Entry:
    """Write a decision, with the claim that it puts in place of another, and return it.

    ``must_hold`` raises what speaks against it. Both see the store as it is at the moment of writing.
    """
    for name, text in (("who", maker.who), ("why", maker.why)):
        if not text.strip():
            raise ChooseAgain(f"'{name}' is empty; a decision says who made it, and why.")
    made: list[Entry] = []

    def planned(view: View) -> Change | None:
        held = Scoped(view, Scope((maker.case,)), store.catalog)
        _must_be_here(held, given)
        must_hold(held)
        new = claim(held) if claim else pl.DataFrame(schema=COLUMNS)
        entry = _signed(dict(given) | ({"by": new["id"][0]} if claim else {}), maker)
        batch = _batch(entry, new, held)
        made.append(entry)
        return plan(batch, view, store.catalog, None, maker.case).change

    store.update(planned)
    return made[-1]


def _signed(given: Entry, maker: Maker) -> Entry:
    """Return a decision with who made it, when, why, in which case, and an id made of all that."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {**given, "who": maker.who.strip(), "when": when, "why": maker.why.strip(), "case": maker.case}
    digest = blake2b(json.dumps(entry, sort_keys=True).encode(), digest_size=4).hexdigest()
    return {"kind": "Decision", "id": f"{given['action']}-{digest}", **entry}


def _batch(entry: Entry, claim: pl.DataFrame, held: Scoped) -> Batch:
    """Return what writes a decision and a claim; a claim that a record made stays as it is."""

    def kinds_of(ids: list[str]) -> dict[str, str]:
        return held.view.kinds_of(ids) | dict.fromkeys(claim["id"], "Claim")

    batch = gather([Record("decision", dict(entry))], held.catalog, kinds_of, entry["when"])
    if batch.rejects:
        raise BadRecord(entry["action"], batch.rejects[0].field, batch.rejects[0].problem)
    recorded = held.view.claims_by_id(claim["id"].to_list()).filter(pl.col("made_by").is_null())
    written = claim.with_columns(made_by=pl.lit(entry["id"]), recorded_at=pl.lit(entry["when"]))
    batch.claims = written.join(recorded, on="id", how="anti").select(list(COLUMNS))
    return batch


def _must_be_here(held: Scoped, given: Entry) -> None:
    """Raise NotFound when something decided on is not in the case."""
    on = ACTIONS[given["action"]].on
    for id_ in given["about"]:
        if on == "thing":
            here = not held.touching(id_, 1).is_empty()
        elif on == "claim":
            here = held.view.claims_by_id([id_])["source"].is_in(held.source_ids).any()
        elif on == "source":
            here = id_ in held.source_ids
        else:
            here = id_ in held.decided.entries
        if not here:
            raise NotFound(f"No {on} named '{id_}' in case {held.scope}. Mend the id, or name its case with --case.")


def _must_stand(held: Scoped, id_: str) -> Mapping[str, Any]:
    """Return a claim; ChooseAgain when a decision sets it aside already."""
    (claim,) = held.view.claims_by_id([id_]).to_dicts()
    by = held.decided.set_aside_by(held.view.claims_by_id([id_]))[0]
    if by is None:
        return claim
    entry = held.decided.entries.get(by)
    if entry is None or by in held.decided.undone_by:
        raise ChooseAgain(f"claim {id_} was made by {by}, which is undone. 'graphkit undo' of the undoing has it back.")
    instead = f" Correct claim {entry['by']}, which is in its place, or:" if entry["by"] else ""
    raise ChooseAgain(f"claim {id_} is set aside: {_told(entry)} so.{instead} {_undo(entry)}")


def _claim_meant(store: Store, given: str) -> str:
    known = store.claims_starting(given, 6) if store.exists() and given.strip() else []
    if not known:
        raise NotFound(f"No claim named '{given}'. 'graphkit show ID' gives the ids of the claims on a thing.")
    return _meant(given, known, "claim")


def _things(store: Store, given: Sequence[str]) -> list[str]:
    """Return the ids of things, each by its id or, a website, by its domain."""
    return [typed.known(one, store.kinds_of) for one in given] if store.exists() else list(given)


def _meant(given: str, known: Iterable[str], what: str) -> str:
    """Return the id that is meant by itself or by its beginning."""
    ids = list(known)
    found = [given] if given in ids else [id_ for id_ in ids if given and id_.startswith(given)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"No {what} named '{given}'.{did_you_mean(given, ids)} 'graphkit log' lists them.")
    raise ChooseAgain(f"'{given}' can be {' or '.join(sorted(found)[:5])}. Write more of it.")


def _quoted(ids: Iterable[str]) -> str:
    return " and ".join(f"'{id_}'" for id_ in ids)


def _told(entry: Entry) -> str:
    return f"{entry['who']} decided on {entry['when'][:10]}"


def _undo(entry: Entry) -> str:
    return f"'graphkit undo {entry['id']}' takes that back."
