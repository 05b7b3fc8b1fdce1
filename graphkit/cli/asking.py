"""Asking for what a record lacks, one field at a time, and for the things that it names and nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from graphkit import flow
from graphkit.cli.given import Record
from graphkit.cli.prompts import NOTHING, agreed, answer, explained, one_of, say
from graphkit.errors import GraphkitError
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.fields import Field, accused
from graphkit.ingest.readers import delimited
from graphkit.ingest.validate import Validator
from graphkit.last_used import LastUsed
from graphkit.model.invisible import visible
from graphkit.model.schema import Kind
from graphkit.stores import Store

ALLEGATION = "This is an allegation: it is recorded, and worded everywhere, as what the claimant says. Who says it?"


class Asking:
    """Asks for what a record of a case lacks. The store is only read."""

    def __init__(self, store: Store, kind: Kind, case: str, last_used: LastUsed) -> None:
        self._store = store
        self._kind = kind
        self._case = case
        self._validator = Validator(store.catalog)
        self._last = last_used.said(store.address, case)
        self._sources: list[Record] = []
        self._things: list[dict[str, Any]] = []

    def completed(self, record: Record, every: bool) -> list[Record]:
        """Return the record with all that was asked for, between the source and the things that are new in it.

        With ``every`` all fields of the kind are asked for, else those that are required, the name, and those that
        the last record of the case had.
        """
        say(f"{self._kind.name}: {self._kind.about} Every statement is recorded as somebody's claim.")
        record = dict(record)
        for field in self._in_order():
            if field.name in record:
                self._check_given(field, record)
                continue
            last = self._as_last_time(field)
            needed = self._accused(field, record) or field.required
            named = field.name == flow.called_by(self._kind) and not self._says_something(record)
            if needed or every or named or last:
                default = self._own_id(record) if field.name == "id" else last
                given = self._asked(self._kind, field, needed, default)
                if given is not None:
                    record[field.name] = given
        return [*self._sources, record, *(flow.said_too(made, record) for made in self._things)]

    def _in_order(self) -> list[Field]:
        """Return the fields, what the record is called first: an id is then made of that."""
        called = flow.called_by(self._kind)
        return sorted(flow.fields(self._kind), key=lambda field: field.name != called)

    def _own_id(self, record: Record) -> str:
        named = record.get(flow.called_by(self._kind) or "")
        text = named[0] if isinstance(named, list) else named
        if not text:
            return ""
        if not self._kind.registry and (near := self._near(text, (self._kind.name,))):
            say(f"Near it in this case: {near}. With the id of one of them, this is said of the same one.")
        return flow.free_id(self._store, text, self._kind)

    def _as_last_time(self, field: Field) -> str:
        """Return what the last record of the case had in a field, if that still names something in it."""
        last = self._last.get(field.name, "") if field.said else ""
        if field.name == "source" and last:
            held = Scope((self._case,)).sources(self._store.register("Source"))["id"] if self._store.exists() else ()
            return last if last in held else ""
        return last if not field.kinds or self._kind_of(last) in field.kinds else ""

    def _check_given(self, field: Field, record: Record) -> None:
        if field.name == "source" and isinstance(record["source"], str) and not self._kind_of(record["source"]):
            self._offer_source(record["source"])

    def _accused(self, field: Field, record: Record) -> bool:
        if field.name != "claimant":
            return False
        given = {side: record.get(side) for side in ("from", "to")}
        ends = {side: self._kind_of(id_) for side, id_ in given.items() if isinstance(id_, str)}
        needed = accused(self._store.catalog, self._kind, ends)
        if needed:
            say(ALLEGATION)
        return needed

    def _says_something(self, record: Record) -> bool:
        return any(name in record for name in self._kind.properties)

    def _asked(self, kind: Kind, field: Field, needed: bool, default: str = "") -> str | list[str] | None:
        say(explained(field, needed, default))
        while True:
            text = answer(field.name, default)
            if not needed and (not text or (default and text == NOTHING)):
                return None
            given = delimited.value(field.name, text)
            if isinstance(given, str) and given and field.kinds and field.name != "source":
                given = self._meant(given, field)
            problem = "is needed." if not given else self._problem(kind, field, given)
            if not problem:
                return given
            say(f"{field.name}: {problem}")

    def _problem(self, kind: Kind, field: Field, given: str | list[str]) -> str | None:
        wrong = self._validator.problem(kind, field.name, given)
        if wrong or not field.kinds:
            return wrong
        for id_ in [given] if isinstance(given, str) else given:
            found = self._kind_of(id_)
            if found is None and field.name == "source" and self._offer_source(id_):
                continue
            if found not in field.kinds:
                return self._unfit(id_, found, field)
        return None

    def _unfit(self, id_: str, found: str | None, field: Field) -> str:
        wanted = ", ".join(field.kinds)
        if found:
            return f"'{id_}' is of kind {found}; it must be one of {wanted}."
        near = self._near(id_, field.kinds)
        return f"'{id_}' names nothing in the store." + (f" Near it: {near}." if near else f" It is one of {wanted}.")

    def _meant(self, text: str, field: Field) -> str:
        """Return the id that an answer means: the text itself, the one thing that is called so, or a new thing."""
        if self._kind_of(text) or self._validator.problem(self._kind, field.name, text):
            return text
        hits = [hit for hit in self._hits(text, field.kinds) if hit["called"].casefold() == text.casefold()]
        if len(hits) == 1 and agreed(f"'{text}' is {visible(hits[0]['id'])}. Take it?", default=True):
            return str(hits[0]["id"])
        near = self._near(text, field.kinds)
        if near:
            say(f"Near '{text}': {near}.")
        if not agreed(f"'{text}' names nothing in the store. Add a new thing that is called so?"):
            return text
        return self._made(text, field)

    def _made(self, text: str, field: Field) -> str:
        kind = self._store.catalog[one_of("kind", field.kinds)]
        made = flow.new_thing(self._store, kind, text, [str(new.get("id")) for new in [*self._sources, *self._things]])
        if "id" in made:
            made["id"] = answer("id", made["id"])
        id_ = flow.id_of(self._store, made)
        wrong = self._validator.problem(kind, flow.called_by(kind) or "id", text)
        if id_ is None or wrong or self._kind_of(id_):
            say(f"{text}: {wrong or f'{id_} is there already'}")
            return id_ or text
        self._things.append(made)
        return id_

    @cached_property
    def _view(self) -> Snapshot | None:
        try:
            return flow.snapshot(self._store, Scope((self._case,))) if self._store.exists() else None
        except GraphkitError:
            return None

    def _hits(self, text: str, kinds: Sequence[str]) -> list[dict[str, Any]]:
        return self._view.near.to(text, kinds) if self._view else []

    def _near(self, text: str, kinds: Sequence[str]) -> str:
        return "; ".join(visible(f"{hit['id']} ({hit['name']})") for hit in self._hits(text, kinds))

    def _kind_of(self, id_: str) -> str | None:
        for made in [*self._sources, *self._things]:
            if flow.id_of(self._store, made) == id_:
                return str(made["kind"])
        return self._store.kinds_of([id_]).get(id_) if self._store.exists() else None

    def _offer_source(self, id_: str) -> bool:
        """Ask whether to give a source first that is not there yet, and for what it needs; say whether it is given."""
        if not agreed(f"There is no source '{id_}' yet. Give it now?", default=True):
            return False
        source = self._store.catalog["Source"]
        record: Record = {"kind": "Source", "id": id_}
        for field in flow.fields(source):
            if field.name in ("name", "publisher", "published", "url"):
                given = self._asked(source, field, field.required)
                if given is not None:
                    record[field.name] = given
        self._sources.append(record)
        return True
