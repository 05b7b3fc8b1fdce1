"""One load: every record validated, every reference checked, the good ones turned into claims."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from graphkit.errors import Rejected, did_you_mean
from graphkit.ingest.claims import Claims, needs, things
from graphkit.ingest.fields import CLAIMANTS
from graphkit.ingest.record import Record, Reject
from graphkit.ingest.validate import Valid, Validator
from graphkit.model.claim import RATINGS, as_frame
from graphkit.model.schema import Catalog, Kind
from graphkit.model.source import REGISTERS, register_schema

KindsOf = Callable[[list[str]], dict[str, str]]
_ANY_CLAIMANT = "a Person, Group, Organization or Place"
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_NOT_KEPT = json.dumps({"withheld": "this line could not be read and may hold a refused field"})


@dataclass(slots=True)
class Batch:
    """What a load holds: claims and register entries as frames, rejects, and counts of what was seen."""

    claims: pl.DataFrame
    registers: dict[str, pl.DataFrame]
    cited: list[str]
    read: int
    accepted: int
    refused_fields: int
    refused_names: list[str]
    rejects: list[Reject]
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    record: Valid
    place: str
    data: dict[str, Any]


class _Sieve:
    """Keeps the records that stand, and a reject for each that does not."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.rows: list[_Row] = []
        self.rejects: list[Reject] = []
        self.refused: Counter[str] = Counter()
        self.warnings: list[str] = []
        self.rejected: dict[str, str] = {}

    def refuse(self, row: _Row, problem: Rejected) -> None:
        if isinstance(row.data.get("id"), str):
            self.rejected.setdefault(row.data["id"], row.place)
        wrong = {_writable(name): _writable(text) for name, text in problem.wrong.items()}
        said = _writable(problem.field), _writable(problem.problem)
        self.rejects.append(Reject(row.place, *said, _again(row.data), wrong))

    def keep(self, holds: Callable[[_Row], None]) -> bool:
        """Drop the rows for which ``holds`` raises Rejected; say whether any was dropped."""
        before, kept = len(self.rows), []
        for row in self.rows:
            try:
                holds(row)
                kept.append(row)
            except Rejected as problem:
                self.refuse(row, problem)
        self.rows = kept
        return len(kept) < before

    def read(self, records: Iterable[Record]) -> int:
        """Validate all records; return how many there were."""
        validator, count = Validator(self.catalog), 0
        for record in records:
            count += 1
            if record.data is None:
                self.rejects.append(Reject(record.place, "", record.problem or "", self._withheld(record.text)))
                continue
            try:
                data, dropped = self.catalog.deny.strip(record.data)
            except RecursionError:
                self.rejects.append(Reject(record.place, "", "is nested too deeply; write it flat", _NOT_KEPT))
                continue
            self.refused.update(dropped)
            row = _Row(None, record.place, data)  # type: ignore[arg-type]  # filled in on the next line
            try:
                row.record = validator.check(data)
                self.rows.append(row)
                self._warn(row)
            except Rejected as problem:
                self.refuse(row, problem)
        return count

    def _withheld(self, text: str | None) -> str:
        if text and self.catalog.deny.mentions([text, _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)]):
            return _NOT_KEPT
        return _writable(text or "")

    def _warn(self, row: _Row) -> None:
        if row.record.kind.registry:
            return
        texts = [row.record.said[name] for name in ("summary", "quote", "note") if row.record.said.get(name)]
        texts += [text for name in ("statement", "description") for text in row.record.values.get(name, ())]
        if self.catalog.deny.mentions(texts):
            self.warnings.append(
                f"{row.place}: free text may speak of what graphkit does not record of persons; read it"
            )


def _again(data: dict[str, Any]) -> str:
    return _writable(json.dumps(data, ensure_ascii=False, default=str))


def _writable(words: str) -> str:
    """Return words that any file takes: halves of characters, which JSON allows, as JSON writes them."""
    return words.encode("utf-8", "backslashreplace").decode()


def gather(records: Iterable[Record], catalog: Catalog, kinds_of: KindsOf, now: str) -> Batch:
    """Return what the records add up to. ``kinds_of`` gives the kinds of ids that the store knows.

    A reference may point anywhere in the same load, so references are checked when all records are
    read, and again after each drop, until every record that is left points at something.
    """
    sieve = _Sieve(catalog)
    read = sieve.read(records)
    known = kinds_of(sorted(_mentioned(sieve.rows)))
    sieve.keep(_one_kind(dict(known)))
    kinds = known | _things(sieve.rows)
    while sieve.keep(_has_needs(catalog, kinds, sieve.rejected)):
        kinds = known | _things(sieve.rows)
    maker = Claims(catalog, kinds, now)
    made: list[dict[str, Any]] = []

    def claims_of(row: _Row) -> None:
        if not row.record.kind.registry:
            made.extend(maker.of(row.record))

    if sieve.keep(claims_of):
        sieve.keep(_has_needs(catalog, known | _things(sieve.rows), sieve.rejected))
        made.clear()
        sieve.keep(claims_of)
    sieve.rejects.sort(key=lambda reject: _natural(reject.place))
    return Batch(
        claims=_once(as_frame(made)),
        registers={kind: _register(catalog, kind, sieve.rows) for kind in REGISTERS},
        cited=sorted({row.record.said["source"] for row in sieve.rows if row.record.said.get("source")}),
        read=read,
        accepted=len(sieve.rows),
        refused_fields=sieve.refused.total(),
        refused_names=sorted(sieve.refused),
        rejects=sieve.rejects,
        warnings=sieve.warnings,
    )


def _once(claims: pl.DataFrame) -> pl.DataFrame:
    """Return each claim once, as it came first, with the ratings that came last."""
    if claims["id"].is_unique().all():
        return claims
    rated = [pl.col(name).drop_nulls().last() for name in RATINGS]
    others = [pl.col(name).first() for name in claims.columns if name not in ("id", *RATINGS)]
    return claims.group_by("id", maintain_order=True).agg(*others, *rated).select(claims.columns)


def _natural(place: str) -> tuple[str, int]:
    name, _, line = place.rpartition(":")
    digits = line.strip("[]")
    return name, int(digits) if digits.isdigit() else 0


def _mentioned(rows: list[_Row]) -> set[str]:
    return {id_ for row in rows for id_ in (*things(row.record), *needs(row.record).values())}


def _things(rows: list[_Row]) -> dict[str, str]:
    return {id_: kind for row in rows for id_, kind in things(row.record).items()}


def _one_kind(kinds: dict[str, str]) -> Callable[[_Row], None]:
    def holds(row: _Row) -> None:
        for id_, kind in things(row.record).items():
            first = kinds.setdefault(id_, kind)
            if first != kind:
                raise Rejected("id", f"'{id_}' is of kind {first} already and cannot be {kind} too; use another id")

    return holds


def _nothing(id_: str, rejected: Mapping[str, str]) -> str:
    if id_ in rejected:
        return f"'{id_}' was rejected at {rejected[id_]}; mend that first"
    return f"'{id_}' names nothing in this load or in the store; load its record too"


def _has_needs(catalog: Catalog, kinds: dict[str, str], rejected: Mapping[str, str]) -> Callable[[_Row], None]:
    def holds(row: _Row) -> None:
        for field_name, id_ in needs(row.record).items():
            if id_ not in kinds:
                raise Rejected(field_name, _nothing(id_, rejected))
            wrong = field_name in ("source",) or field_name.startswith("based_on")
            if wrong and kinds[id_] != "Source":
                raise Rejected(field_name, f"'{id_}' is of kind {kinds[id_]} and not a Source")
            if field_name == "claimant" and kinds[id_] not in CLAIMANTS:
                raise Rejected(field_name, f"'{id_}' is of kind {kinds[id_]}; who says something is {_ANY_CLAIMANT}")
        if row.record.kind.name == "Decision":
            _read_corrected(row.record, catalog[kinds[row.record.values["about"][0]]])

    return holds


def _read_corrected(decision: Valid, kind: Kind) -> None:
    """Bring the values of a correction into normal form; Rejected when the thing has no such property or value."""
    name = decision.values["property"][0]
    own = {prop.name: prop for prop in kind.properties.values() if kind.is_entity and not prop.makes}
    if name not in own:
        raise Rejected("property", f"'{name}' is no property of a {kind.name}.{did_you_mean(name, own)}")
    for field_name in ("value", "read_as"):
        try:
            decision.values[field_name] = [own[name].normal(decision.values[field_name][0])]
        except ValueError as problem:
            raise Rejected(field_name, str(problem)) from None


def _register(catalog: Catalog, kind: str, rows: list[_Row]) -> pl.DataFrame:
    """Return the entries of a register; of several records with one id, later values win."""
    entries: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.record.kind.name == kind:
            entry = entries.setdefault(row.record.id, {"id": row.record.id})
            for name, given in row.record.values.items():
                entry[name] = given if catalog[kind].properties[name].many else given[0]
    return pl.DataFrame(list(entries.values()), schema=register_schema(catalog, kind))
