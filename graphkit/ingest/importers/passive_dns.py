"""Passive DNS in JSON, in the Common Output Format (draft-dulaunoy-dnsop-passive-dns-cof)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record

FORMAT = "passive DNS"
_KINDS = {"A": ("Resolution", "ip"), "AAAA": ("Resolution", "ip"), "NS": ("Nameserver", "nameserver")}
_SEEN = {
    "first_seen": ("time_first", "zone_time_first", "time_first_ms"),
    "last_seen": ("time_last", "zone_time_last", "time_last_ms"),
}
_KNOWN = {"rrname", "rrtype", "rdata", *(name for names in _SEEN.values() for name in names)}
_NO_ROW = "is no row of passive DNS; it needs rrname, rrtype and rdata"


def is_it(first: Mapping[str, Any]) -> bool:
    """Say whether an object is a row of passive DNS, or the beginning of a stream of them."""
    row = _row(first)
    return {"rrname", "rrtype", "rdata"} <= row.keys() or (set(first) == {"cond"} and first["cond"] == "begin")


def records(raw: Iterable[Record], origin: Origin) -> Iterator[Record]:
    """Yield the source of the rows, then a record for each value that a name had."""
    source, made = origin.from_source(origin.named_by_file("passive-dns"), {})
    yield from made
    said_by = {"source": source} | ({"claimant": origin.claimant} if origin.claimant else {})
    for record in raw:
        if record.data is None or set(record.data) == {"cond"}:
            yield from [record] if record.data is None else []
            continue
        row = _row(record.data)
        if not {"rrname", "rrtype", "rdata"} <= row.keys():
            yield Record(record.place, None, record.text, _NO_ROW)
            continue
        kind, field = _KINDS.get(str(row["rrtype"]).upper(), ("", ""))
        if not kind:
            origin.lost[f"records of type {row['rrtype']}"] += 1
            continue
        seen = {name: day for name, names in _SEEN.items() if (day := _day(row, names))}
        rest: dict[str, Any] = {}
        origin.leave(row, _KNOWN, rest)
        data = row["rdata"] if isinstance(row["rdata"], list) else [row["rdata"]]
        name = str(row["rrname"]).removesuffix(".")
        for value in data:
            said = {"kind": kind, "domain": name, field: str(value).removesuffix(".")}
            yield Record(record.place, said | seen | said_by | rest)
            rest = {}


def _row(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row; in a stream each stands under ``obj``."""
    inner = given.get("obj")
    return inner if isinstance(inner, dict) else given


def _day(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """Return a day of a row: seconds or thousandths since 1970, or as it is written."""
    given = next((row[name] for name in names if row.get(name)), None)
    if isinstance(given, int | float):
        try:
            return datetime.fromtimestamp(given / 1000 if given > 10**11 else given, UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return str(given)
    return str(given)[:10] if given else None
