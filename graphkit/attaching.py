"""Documents of sources: attached, found, opened at a place, and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from graphkit import documents
from graphkit.documents import Folder, Landing
from graphkit.errors import BadRecord, NotFound, did_you_mean
from graphkit.graph.scope import Scope
from graphkit.ingest.batch import gather
from graphkit.ingest.plan import plan
from graphkit.ingest.record import Record
from graphkit.model.change import Change
from graphkit.model.source import DEFAULT_CASE
from graphkit.scoped import in_scope
from graphkit.stores import Store
from graphkit.stores.view import View

BEGINNING = 6
"""Characters of a SHA-256 that name a document, if no other begins so."""


@dataclass(frozen=True, slots=True)
class Collected:
    """Who collected a file, when (now, if None), and where."""

    collector: str
    at: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A document as it is kept; ``known`` says that it was so before, ``notes`` what should be known of it."""

    entry: dict[str, Any]
    known: bool
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document, where its file is, and where a locator landed in it, if one was given."""

    entry: dict[str, Any]
    path: Path
    landing: Landing | None

    @property
    def link(self) -> str:
        """The address of the file on this machine; of a PDF, of the page."""
        page = f"#page={self.landing.page}" if self.landing and self.landing.page else ""
        return self.path.as_uri() + page


@dataclass(frozen=True, slots=True)
class Unwell:
    """A file that is not as it should be: ``state`` is changed, missing or stray, ``mend`` the way out."""

    state: str
    path: Path
    file_name: str | None
    sources: list[str]
    mend: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How many documents are as they were kept, and the files that are not."""

    ok: int
    unwell: list[Unwell]


def attach(store: Store, source: str, name: str, content: bytes, found: Collected) -> Attached:
    """Keep a file with its source; attaching the same again changes nothing, and mends what is kept of it.

    Refused and FileUnreadable say why a file is not taken, NotFound that there is no such source. The file is on
    disk before the store speaks of it.
    """
    name = PurePosixPath(name.replace("\\", "/")).name
    media_type = documents.media_type(name, content)
    folder = Folder.of(store.address)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made: list[Attached] = []
    record: dict[str, Any] = {"kind": "Document", "source": source, "file_name": name, "media_type": media_type}
    record |= {"bytes": len(content), "collector": found.collector, "collected": found.at or now}
    record |= {"url": found.url} if found.url else {}

    def planned(view: View) -> Change | None:
        of = _source(view, source)
        sha256 = documents.sha256_of(content)
        batch = gather([Record("document", record | {"sha256": sha256})], store.catalog, view.kinds_of, now)
        if batch.rejects:
            raise BadRecord("Document", batch.rejects[0].field, batch.rejects[0].problem)
        (entry,) = batch.registers["Document"].to_dicts()
        before = view.register("Document").filter(pl.col("id") == entry["id"]).to_dicts()
        folder.keep(content, media_type)
        made.append(Attached(before[0] if before else entry, bool(before), list(_notes(of, sha256))))
        return None if before else plan(batch, view, store.catalog, None, DEFAULT_CASE).change

    _source(store, source)
    store.update(planned)
    return made[-1]


def _source(view: View, id_: str) -> dict[str, Any]:
    known = view.register("Source")
    found = known.filter(pl.col("id") == id_).to_dicts()
    if not found:
        raise NotFound(f"No source named '{id_}'.{did_you_mean(id_, known['id'])} 'graphkit sources' lists them.")
    return found[0]


def _notes(source: Mapping[str, Any], sha256: str) -> Iterator[str]:
    if source["sha256"] and source["sha256"] != sha256:
        yield f"The entry of source '{source['id']}' has the hash of another file, {source['sha256']}."


def documents_of(store: Store, scope: Scope) -> dict[str, list[dict[str, Any]]]:
    """Return the documents of a scope by source, each source's by file name."""
    if not store.exists():
        return {}

    return in_scope(store, scope, lambda held: held.documents(held.source_ids))


def documents_named(store: Store, scope: Scope, given: str) -> list[dict[str, Any]]:
    """Return the documents of a source, or those whose SHA-256 begins so; NotFound when there are none."""
    by_source = documents_of(store, scope)
    every = [entry for entries in by_source.values() for entry in entries]
    starts = given.lower()
    found = by_source.get(given) or [e for e in every if len(starts) >= BEGINNING and e["sha256"].startswith(starts)]
    if not found:
        if given in store.register("Source")["id"]:
            raise NotFound(f"Source '{given}' has no document. 'graphkit attach {given} FILE' keeps one.")
        raise NotFound(
            f"No source or document named '{given}' in case {scope}.{did_you_mean(given, by_source)} "
            "'graphkit sources' lists the sources."
        )
    return found


def document_at(store: Store, entry: Mapping[str, Any], locator: str | None = None) -> Opened:
    """Return a document and where a locator lands in it; StoreError when it is not what was kept."""
    folder = Folder.of(store.address)
    landing = None
    if locator is not None:
        landing = documents.landed(document_content(store, entry), entry["media_type"], locator)
    return Opened(dict(entry), folder.path_of(entry["sha256"], entry["media_type"]), landing)


def document_content(store: Store, entry: Mapping[str, Any]) -> bytes:
    """Return a document as it was kept; StoreError when its file is missing or was changed."""
    return Folder.of(store.address).content(entry["sha256"], entry["media_type"])


def verify(store: Store) -> Verified:
    """Hash all documents of a store anew, and look for files that no entry speaks of."""
    folder = Folder.of(store.address)
    files = folder.files()
    kept = store.register("Document").group_by("sha256", "media_type").agg("source", pl.col("file_name").first())
    ok, unwell, spoken = 0, [], set()
    for entry in kept.sort("sha256", "media_type").iter_rows(named=True):
        path = folder.path_of(entry["sha256"], entry["media_type"])
        spoken.add(path)
        now = folder.hash_of(entry["sha256"], entry["media_type"])
        if now == entry["sha256"]:
            ok += 1
        else:
            sources = sorted(entry["source"])
            mend = f"Attach it again from another copy: graphkit attach {sources[0]} FILE"
            unwell.append(Unwell("missing" if now is None else "changed", path, entry["file_name"], sources, mend))
    stray = "Nothing in the store speaks of it. Delete it, or attach it to its source"
    return Verified(ok, unwell + [Unwell("stray", path, None, [], stray) for path in files if path not in spoken])
