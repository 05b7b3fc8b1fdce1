"""Erasing: taking a thing or a source out of a store for good, with all that is said of it, on it and by it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from graphkit.documents import Folder
from graphkit.errors import ChooseAgain, NotFound, Stop
from graphkit.ingest.plan import reopened
from graphkit.kept import Shelf
from graphkit.last_used import LastUsed
from graphkit.model.change import Change
from graphkit.model.claim import COLUMNS, WORDS
from graphkit.model.decision import ACTIONS, Decided
from graphkit.model.schema import Catalog
from graphkit.model.source import register_schema
from graphkit.model.tombstone import KIND, Tombstones, hashed
from graphkit.model.unsettled import Unsettled
from graphkit.settings import Settings
from graphkit.stores import Store
from graphkit.stores.view import View

BLANK = "erased"
"""What stands in a decision in place of words that named what was erased."""
_REGISTERS = ("Source", "Case", "Decision", "Document")
_NAMES = ("name", "written_as")


@dataclass(frozen=True, slots=True)
class Reason:
    """Who erases, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure takes out, counted, and what it leaves that may still name what was erased.

    ``mentions`` are the ids of claims whose words hold its id or a name of it, ``entries`` those of register entries
    that do ("Source gazette-1"), ``merged_with`` the things that a decision calls the same. ``tombstone`` is the id
    of the tombstone, None before it is done.
    """

    kind: str
    claims: int
    decisions: int
    documents: int
    mentions: list[str]
    entries: list[str]
    merged_with: list[str]
    tombstone: str | None = None


def erasure(store: Store, id_: str, with_mentions: bool = False) -> Erasure:
    """Return what erasing a thing or a source would take out; nothing is written.

    NotFound when there is none of this id, ChooseAgain when it was erased already or is something else.
    """
    return store.reading(lambda view: _Erasing(view, store.catalog, id_, with_mentions).told())


def erase(store: Store, id_: str, reason: Reason, last_used: LastUsed, with_mentions: bool = False) -> Erasure:
    """Take a thing or a source out of a store for good, and return what went.

    The same errors as of ``erasure``; ChooseAgain too when the reason names what is to be erased. What is remembered
    for the next record, kept snapshots and the documents go first, then all the rest at once: whoever is stopped
    between runs it again.
    """
    for name in ("who", "why"):
        if not getattr(reason, name).strip():
            raise ChooseAgain(f"--{name} is empty; an erasure says who made it, and why.")
    made: list[Erasure] = []

    def planned(view: View) -> Change:
        erasing = _Erasing(view, store.catalog, id_, with_mentions)
        if any(erasing.holds(text) for text in (reason.who, reason.why)):
            raise ChooseAgain("--why or --who names what is to be erased, and would keep it. Write it without.")
        tombstone = erasing.tombstone(reason)
        change = erasing.change(tombstone)
        _forget(last_used, store.address, erasing.words)
        shelf.drop()
        for sha256 in erasing.files:
            Folder.of(store.address).drop(sha256)
        made.append(replace(erasing.told(), tombstone=tombstone["id"]))
        return change

    store.version()
    shelf = Shelf.of(store.address, Settings().cache)
    store.update(planned)
    shelf.drop()
    return made[-1]


def _forget(last_used: LastUsed, address: str, words: Sequence[str]) -> None:
    try:
        last_used.forget(address, words)
    except OSError as problem:
        raise Stop(
            f"What was last used cannot be forgotten in {last_used.folder}: {problem.strerror}. Nothing was erased. "
            "Make that folder writable, or set GRAPHKIT_STATE to yours."
        ) from problem


class _Erasing:
    """What goes, and what is left, as one view of a store has it."""

    def __init__(self, view: View, catalog: Catalog, id_: str, with_mentions: bool) -> None:
        self._view = view
        self._catalog = catalog
        self._id = id_
        self.kind = _kind_of(view, catalog, id_)
        self._before = {kind: view.register(kind) for kind in _REGISTERS}
        self._decided = Decided(self._before["Decision"])
        own = self._claims_that_name_it()
        self.words = [id_, *sorted(set(self._names(own)) - {id_})]
        mentioning = self._mentioning()
        self._with_mentions = with_mentions
        self._mentions = mentioning.join(own, on="id", how="anti")["id"].to_list()
        gone = {*own["id"], *(self._mentions if with_mentions else ())}
        further = self._with_corrections(gone) - set(own["id"])
        self._gone = pl.concat([own, view.claims_by_id(sorted(further))])
        decisions, gone_decisions = self._decisions_left(set(self._gone["id"]))
        documents = self._before["Document"]
        gone_documents = documents.filter(pl.col("source") == id_)
        kept = documents.filter(pl.col("source") != id_)
        self.files = sorted(set(gone_documents["sha256"]) - set(kept["sha256"]))
        self._gone_registers = {
            "Source": [id_] if self.kind == "Source" else [],
            "Document": gone_documents["id"].to_list(),
            "Decision": gone_decisions,
        }
        self._after = {**self._before, "Source": self._sources_left(), "Decision": decisions, "Document": kept}

    def told(self) -> Erasure:
        """Return what goes, counted, and what is left that holds its names."""
        left = set(self._mentions) - set(self._gone["id"])
        return Erasure(
            kind=self.kind,
            claims=len(self._gone),
            decisions=len(self._gone_registers["Decision"]),
            documents=len(self._gone_registers["Document"]),
            mentions=sorted(left),
            entries=list(self._entries_holding()),
            merged_with=[other for other in self._decided.linker.with_members([self._id]) if other != self._id],
        )

    def holds(self, text: str) -> bool:
        """Say whether a text names what goes."""
        return any(_names(word, text) for word in self.words)

    def tombstone(self, reason: Reason) -> dict[str, Any]:
        """Return the entry that keeps what goes from coming back."""
        salt = Tombstones(self._view.register(KIND)).salt()
        mentions = sorted(set(self._mentions) & set(self._gone["id"]))
        return {
            "id": f"erased-{secrets.token_hex(8)}",
            "what": self.kind,
            "who": reason.who.strip(),
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "why": reason.why.strip(),
            "salt": salt,
            "hash": hashed(self._id, salt),
            "claims": [hashed(claim, salt) for claim in mentions],
        }

    def change(self, tombstone: Mapping[str, Any]) -> Change:
        """Return the change that takes it out and leaves the graph as one made of what is left."""
        before, after = self._before, self._after
        written = {
            kind: after[kind].join(before[kind], on=after[kind].columns, how="anti", nulls_equal=True)
            for kind in ("Source", "Decision")
        }
        written[KIND] = pl.DataFrame([tombstone], schema=register_schema(self._catalog, KIND))
        weighed_anew = reopened(self._view, before["Source"], after["Source"])
        unsettled = Unsettled(self._view, self._catalog, self._decided, Decided(after["Decision"]))
        nothing = pl.DataFrame(schema=COLUMNS)
        settled = unsettled.settled(nothing, weighed_anew, after["Source"], self._gone)
        return replace(settled, registers=written, gone_registers=self._gone_registers)

    def _claims_that_name_it(self) -> pl.DataFrame:
        """Return the claims of a source; of a thing those on it, by it, with it as far end, and on its relations."""
        if self.kind == "Source":
            return self._view.claims(sources=[self._id])
        on = self._view.claims_on([self._id])
        is_end = (pl.col("anchor") == self._id) | (pl.col("value") == self._id)
        relations = on.filter(pl.col("object_kind").is_not_null() & is_end)["about"].unique()
        return pl.concat([on, self._view.claims(about=relations.to_list())]).unique("id")

    def _names(self, own: pl.DataFrame) -> Iterator[str]:
        if self.kind == "Source":
            yield from self._before["Source"].filter(pl.col("id") == self._id)["name"].drop_nulls()
            return
        named = own.filter((pl.col("about") == self._id) & pl.col("property").is_in(_NAMES))
        yield from (text for row in named.select("value", "raw").iter_rows() for text in row if text)
        for entry in self._decided.entries.values():
            if entry["action"] == "read" and entry["about"] == [self._id] and entry["property"] in _NAMES:
                yield entry["read_as"]

    def _mentioning(self) -> pl.DataFrame:
        """Return the claims whose words hold its id or a name; sources are not looked for in words."""
        found = self._view.claims_holding(self.words if self.kind != "Source" else [])
        held = [any(text and self.holds(text) for text in texts) for texts in found.select(WORDS).iter_rows()]
        return found.filter(pl.Series(held, dtype=pl.Boolean))

    def _with_corrections(self, gone: set[str]) -> set[str]:
        """Add what corrections tie to these claims: the claims they made of them, and those that they replaced.

        A claim that was replaced by an erased one would otherwise count again, although somebody found it wrong.
        """
        corrections = [entry for entry in self._decided.entries.values() if entry["action"] == "correct"]
        ids = [entry["by"] for entry in corrections]
        made_by = dict(self._view.claims_by_id(ids).select("id", "made_by").iter_rows())
        while True:
            more = set()
            for entry in corrections:
                old, new = entry["about"][0], entry["by"]
                if new in gone and entry["id"] not in self._decided.undone_by:
                    more.add(old)
                if old in gone and made_by.get(new) == entry["id"]:
                    more.add(new)
            if more <= gone:
                return gone
            gone = gone | more

    def _decisions_left(self, gone: set[str]) -> tuple[pl.DataFrame, list[str]]:
        """Return the decisions without what goes, and the ids of those of which too little is left."""
        out: set[str] = set()
        left = {id_: dict(entry) for id_, entry in self._decided.entries.items()}
        while True:
            taken = gone | out | {self._id}
            short = {id_ for id_, entry in left.items() if self._is_short(entry, taken)}
            if short == out:
                break
            out = short
        for entry in left.values():
            entry["about"] = [id_ for id_ in entry["about"] if id_ not in taken]
            entry["keep"] = None if entry["keep"] in taken else entry["keep"]
            for name in ("who", "why") if self._with_mentions else ():
                entry[name] = BLANK if self.holds(entry[name]) else entry[name]
        kept = [entry for id_, entry in left.items() if id_ not in out]
        return pl.DataFrame(kept, schema=self._before["Decision"].schema), sorted(out)

    def _is_short(self, entry: Mapping[str, Any], taken: set[str]) -> bool:
        left = [id_ for id_ in entry["about"] if id_ not in taken]
        fewer = len(left) < len(entry["about"]) and len(set(left)) < ACTIONS[entry["action"]].least
        reads = any(entry[name] and self.holds(entry[name]) for name in ("value", "read_as"))
        return fewer or entry["by"] in taken or (self._with_mentions and reads)

    def _sources_left(self) -> pl.DataFrame:
        sources = self._before["Source"]
        if self.kind != "Source":
            return sources
        others = pl.col("based_on").list.set_difference([self._id])
        named = pl.col("based_on").list.contains(self._id)
        left = sources.with_columns(based_on=pl.when(named).then(others).otherwise("based_on"))
        return left.filter(pl.col("id") != self._id)

    def _entries_holding(self) -> Iterator[str]:
        if self.kind == "Source":
            return
        for kind in _REGISTERS:
            for row in self._after[kind].iter_rows(named=True):
                texts = [text for value in row.values() for text in (value if isinstance(value, list) else [value])]
                if any(isinstance(text, str) and self.holds(text) for text in texts):
                    yield f"{kind} {row['id']}"


def _kind_of(view: View, catalog: Catalog, id_: str) -> str:
    kind = view.kinds_of([id_]).get(id_)
    if kind is None:
        if day := Tombstones(view.register(KIND)).days([id_]).get(id_):
            raise ChooseAgain(f"That was erased on {day} already; nothing of it is left.")
        raise NotFound(f"Nothing named '{id_}' in the store. Mend the id; 'graphkit search TEXT' finds it by name.")
    if kind == "Case":
        raise ChooseAgain(f"'{id_}' is a case, and cases are not erased. Erase its sources, one by one.")
    if kind != "Source" and not (kind in catalog.kinds and catalog[kind].is_entity):
        raise ChooseAgain(f"'{id_}' is a {kind}; what is erased is a thing or a source. Give the id of one.")
    return kind


def _names(word: str, text: str) -> bool:
    """Say whether a word stands in a text, ignoring case; a Latin one not as a part of a longer word."""
    found = re.escape(word.casefold())
    whole = rf"(?<!\w){found}(?!\w)" if word.isascii() else found
    return re.search(whole, text.casefold()) is not None
