"""Answers of whois and RDAP as JSON, as the common clients and services write them: one Registration each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.whois import contacts, fields, rdap
from graphkit.ingest.record import Record

FORMAT = "whois or RDAP"
_WHOLE = {"ErrorMessage", "WhoisRecord", "rdapConformance", "whoisRecords"}
_LISTS = ("whoisRecords", "records")
_NO_ANSWER = "is no answer of whois or RDAP; it needs the name of the domain, as domain_name, ldhName or so"
_ERROR = "is an error of the server or the client and no registration; ask again, or leave it out"
_NO_MATCH = "says that there is no registration of this name; leave it out"
_NOTHING = "says nothing of a registration (no match, or a failed query); ask again, or leave it out"


def is_it(first: Mapping[str, Any]) -> bool:
    """Say whether an object is an answer on a domain, or the error that came instead."""
    if not _WHOLE.isdisjoint(first) or rdap.is_rdap(first):
        return True
    return fields.is_answer(first)


def records(raw: Iterable[Record], origin: Origin) -> Iterator[Record]:
    """Yield the source of the answers, then a record for each of them."""
    source, made = origin.from_source(origin.named_by_file("whois"), {})
    yield from made
    said = {"source": source, "claimant": origin.claimant} if origin.claimant else {"source": source}
    for record in _answers(raw):
        if record.data is None:
            yield record
            continue
        found = _registration(record.data, origin)
        if isinstance(found, str):
            yield Record(record.place, None, record.text, found)
        else:
            found |= said
            yield Record(record.place, found)


def _answers(raw: Iterable[Record]) -> Iterator[Record]:
    """Yield the answers that stand by themselves, and those in the lists of a service."""
    for record in raw:
        name = next((name for name in _LISTS if record.data and isinstance(record.data.get(name), list)), None)
        if record.data is None or name is None:
            yield record
            continue
        file = record.place.rpartition(":")[0]
        for number, given in enumerate(record.data[name], start=1):
            place = f"{file}:[{number}]"
            yield Record(place, given) if isinstance(given, dict) else Record(place, None, None, _NO_ANSWER)


def _registration(given: Mapping[str, Any], origin: Origin) -> dict[str, Any] | str:
    """Return what an answer says, less who says it, or why it says nothing."""
    if rdap.is_error(given) or "ErrorMessage" in given:
        return _ERROR
    if rdap.is_rdap(given):
        if other := rdap.other(given):
            return f"is RDAP on an object of the class '{other}'; only answers on domains are read"
        given = rdap.flat(given)
    else:
        given = contacts.flat(given)
    said = fields.registration(given, origin)
    if fields.says_something(said):
        fields.leave(given, said, origin)
        return said
    if fields.says_no_match(given):
        return _NO_MATCH
    if "error" in given or "_exception" in given:
        return _ERROR
    return _NOTHING if fields.names_a_domain(given) else _NO_ANSWER
