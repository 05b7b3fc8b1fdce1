"""Asking for the fields of a record in a terminal, one by one, and again when an answer cannot be taken."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import Any

import click

from graphkit import flow
from graphkit.cli.given import Record
from graphkit.errors import GraphkitError, did_you_mean
from graphkit.ingest.fields import Field, accused
from graphkit.ingest.readers import delimited
from graphkit.ingest.validate import Validator
from graphkit.last_used import LastUsed
from graphkit.model.schema import Catalog, Kind
from graphkit.stores import Store

_NAMES = ("name", "value", "domain")
ALLEGATION = "This is an allegation: it is recorded, and worded everywhere, as what the claimant says. Who says it?"


def at_terminal() -> bool:
    """Say whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agreed(question: str, default: bool = False) -> bool:
    """Ask yes or no."""
    _let_be_interrupted()
    return click.confirm(question, default=default, err=True)


def _let_be_interrupted() -> None:
    """Let Ctrl+C end a question at once: with the handler that polars sets, the system goes on reading instead."""
    if hasattr(signal, "siginterrupt"):
        signal.siginterrupt(signal.SIGINT, True)


def kind(catalog: Catalog) -> Kind:
    """Ask for a kind until there is one."""
    while True:
        name = _answer("kind (such as Person; 'graphkit add --list' lists them)")
        if name in catalog.kinds:
            return catalog[name]
        if name:
            _say(f"There is no kind '{name}'.{did_you_mean(name, catalog.kinds)}")


class Asking:
    """Asks for what a record lacks. The store is only read."""

    def __init__(self, store: Store, kind: Kind, cases: Sequence[str], last_used: LastUsed) -> None:
        self._store = store
        self._kind = kind
        self._cases = cases
        self._last_used = last_used
        self._validator = Validator(store.catalog)
        self._new: list[Record] = []

    def completed(self, record: Record, every: bool) -> list[Record]:
        """Return the record with all that was asked for, after the source that it needs when that is new.

        With ``every`` all fields of the kind are asked for, else those that are required and the name.
        """
        _say(f"{self._kind.name}: {self._kind.about} Every statement is recorded as somebody's claim.")
        record = dict(record)
        for field in flow.fields(self._kind):
            if field.name in record:
                self._check_given(field, record)
                continue
            needed = self._accused(field, record) or field.required
            if needed or every or (field.name in _NAMES and not self._says_something(record)):
                answer = self._asked(self._kind, field, needed)
                if answer is not None:
                    record[field.name] = answer
        return [*self._new, record]

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
            _say(ALLEGATION)
        return needed

    def _says_something(self, record: Record) -> bool:
        return bool(self._kind.edge) or any(name in record for name in self._kind.properties)

    def _asked(self, kind: Kind, field: Field, needed: bool) -> str | list[str] | None:
        _say(_explained(field, needed))
        while True:
            text = _answer(field.name)
            if not text and not needed:
                return None
            answer = delimited.value(field.name, text)
            problem = "is needed." if not answer else self._problem(kind, field, answer)
            if not problem:
                return answer
            _say(f"{field.name}: {problem}")

    def _problem(self, kind: Kind, field: Field, answer: str | list[str]) -> str | None:
        wrong = self._validator.problem(kind, field.name, answer)
        if wrong or not field.kinds:
            return wrong
        for id_ in [answer] if isinstance(answer, str) else answer:
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
        near = "; ".join(f"{hit['id']} ({hit['name']})" for hit in self._near(id_) if hit["kind"] in field.kinds)
        return f"'{id_}' names nothing in the store." + (f" Near it: {near}." if near else f" Add it first: {wanted}.")

    def _near(self, text: str) -> list[dict[str, Any]]:
        if not self._store.exists():
            return []
        try:
            return flow.search(self._store, flow.scope_of(self._store, self._cases, self._last_used), text, 20)
        except GraphkitError:
            return []

    def _kind_of(self, id_: str) -> str | None:
        if any(made["id"] == id_ for made in self._new):
            return "Source"
        return self._store.kinds_of([id_]).get(id_) if self._store.exists() else None

    def _offer_source(self, id_: str) -> bool:
        """Ask whether to give a source first that is not there yet, and for what it needs; say whether it is given."""
        if not agreed(f"There is no source '{id_}' yet. Give it now?", default=True):
            return False
        source = self._store.catalog["Source"]
        record: Record = {"kind": "Source", "id": id_}
        for field in flow.fields(source):
            if field.name in ("name", "publisher", "published", "url"):
                answer = self._asked(source, field, field.required)
                if answer is not None:
                    record[field.name] = answer
        self._new.append(record)
        return True


def _explained(field: Field, needed: bool) -> str:
    parts = [f"\n{field.name}: {field.about}"]
    parts += [f"One of {', '.join(field.choices)}."] if field.choices else []
    parts += [f"The id of a {', '.join(field.kinds)}."] if field.kinds else []
    parts += ["Several are separated by |."] if field.many else []
    return " ".join(parts) + ("" if needed else " Enter leaves it out.")


def _answer(name: str) -> str:
    _let_be_interrupted()
    answer: str = click.prompt(name, default="", show_default=False, err=True)
    return answer.strip()


def _say(text: str) -> None:
    click.echo(text, err=True)
