"""Objects of MISP: what their attributes say together, by the definitions that MISP ships (misp-objects)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphkit.ingest.importers import observables
from graphkit.ingest.importers.links import End
from graphkit.ingest.importers.misp.fields import day, prose
from graphkit.ingest.importers.observables import Observable

Values = Mapping[str, list[str]]
"""The values of an object by their part in it, its ``object_relation``."""
_PROTECTED = {"Victim": "victim", "Witness": "witness", "Source": "source", "Informant": "source"}
_ADDRESSES = {
    "e-mail": observables.EMAIL,
    "phone-number": observables.PHONE,
    "fax-number": observables.PHONE,
    "nic-hdl": observables.identifier("nic-hdl"),
}
_OF_RECORD_TYPE = {"CNAME": observables.DOMAIN, "DNAME": observables.DOMAIN, "MX": observables.DOMAIN}
_IN_CERTIFICATE = {"dns_names": observables.DOMAIN, "ip": observables.HOST, "email": observables.EMAIL}
_FINGERPRINTS = ("x509-fingerprint-sha256", "x509-fingerprint-sha1", "x509-fingerprint-md5")
_TOLD_OF_CERTIFICATE = {
    "subject": "Subject",
    "issuer": "Issuer",
    "serial-number": "Serial number",
    "validity-not-before": "Not before",
    "validity-not-after": "Not after",
}


_MOST_PAIRS = 10_000


@dataclass(slots=True)
class Together:
    """What an object says: records less who says them, which parts these hold, and what of it had no place."""

    records: list[dict[str, Any]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)

    def take(self, *parts: str) -> None:
        """Count parts as held by the records, so that they make nothing by themselves."""
        self.taken.update(parts)


def together(name: str, values: Values, own_id: str) -> Together:
    """Return what an object of a name says beyond its single attributes; nothing for objects not known here."""
    said = Together()
    if name in _READ:
        _READ[name](values, own_id, said)
    return said


def _whois(values: Values, own_id: str, said: Together) -> None:
    if not values.get("domain"):
        return
    if len(values["domain"]) * len(values.get("nameserver", [])) > _MOST_PAIRS:
        said.lost.append(f"objects whois of over {_MOST_PAIRS:,} pairs of a domain and a name server")
        return
    fields = {
        "registrar": "registrar",
        "registrant_name": "registrant-name",
        "registrant_email": "registrant-email",
        "registrant_org": "registrant-org",
        "registrant_phone": "registrant-phone",
        "nameservers": "nameserver",
    }
    dates = {"created": "creation-date", "expires": "expiration-date"}
    entry = {name: _one_or_all(values[part]) for name, part in fields.items() if values.get(part)}
    entry |= {name: _one_or_all(_days(values[part])) for name, part in dates.items() if values.get(part)}
    entry["note"] = _note([*_labelled(values, {"modification-date": "Changed"}), *values.get("comment", [])])
    said.records += [{"kind": "Registration", "domain": domain} | entry for domain in values["domain"]]
    said.take(*fields.values(), *dates.values(), "modification-date", "comment")


def _domain_ip(values: Values, own_id: str, said: Together) -> None:
    names, hosts = values.get("hostname") or values.get("domain") or [], values.get("ip") or []
    seen = _seen(values, ("first-seen",), ("last-seen",))
    ports = [f"Port {', '.join(values['port'])}."] if values.get("port") else []
    note = {"note": _note([*ports, *values.get("text", [])])}
    if len(names) > 1 and len(hosts) > 1:
        said.lost.append("objects domain-ip that do not say which address belongs to which name")
        return
    said.records += [{"kind": "Resolution", "domain": name, "ip": ip} | seen | note for name in names for ip in hosts]
    if said.records:
        said.take("first-seen", "last-seen", "port", "text")
    if values.get("registration-date") and len(values.get("domain", [])) == 1:
        created = _one_or_all(_days(values["registration-date"]))
        said.records.append({"kind": "Registration", "domain": values["domain"][0], "created": created})
        said.take("registration-date")


def _passive_dns(values: Values, own_id: str, said: Together) -> None:
    type_ = next(iter(values.get("rrtype", [])), "").upper()
    seen = _seen(values, ("time_first", "zone_time_first"), ("time_last", "zone_time_last"))
    note = {"note": _note([*_labelled(values, {"count": "Times seen"}), *values.get("text", [])])}
    if len(values.get("rrname", [])) > 1:
        said.lost.append("objects passive-dns of several names")
        return
    for name in values.get("rrname", []):
        for data in values.get("rdata", []):
            if type_ in ("A", "AAAA"):
                said.records.append({"kind": "Resolution", "domain": name, "ip": data} | seen | note)
            elif type_ == "NS":
                said.records.append({"kind": "Nameserver", "domain": name, "nameserver": data} | seen | note)
            elif type_ in _OF_RECORD_TYPE:
                said.records += _pointed(name, type_, data, seen | note)
    if said.records:
        said.take("rrname", "rdata", "rrtype", "count", "text")
        said.take("time_first", "time_last", "zone_time_first", "zone_time_last")
    else:
        said.lost.append(f"objects passive-dns of type {type_[:20] or 'unknown'}")


def _pointed(name: str, type_: str, data: str, said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield two domains, and that a record of the DNS leads from the one to the other."""
    target = data.rsplit(maxsplit=1)[-1] if type_ == "MX" and data.split() else data
    ends = _id(observables.DOMAIN, name), _id(observables.DOMAIN, target)
    yield {"kind": "Domain", "domain": name}
    yield {"kind": "Domain", "domain": target}
    if all(ends) and ends[0] != ends[1]:
        yield {"kind": "RELATED_TO", "from": ends[0], "to": ends[1], "relationship": type_, **said}


def _x509(values: Values, own_id: str, said: Together) -> None:
    prints = [print_ for part in _FINGERPRINTS for print_ in values.get(part, [])]
    found = dict.fromkeys(filter(None, (_id(observables.CERTIFICATE, print_) for print_ in prints)))
    if not found:
        return
    main, *others = found
    note = _note([*_labelled(values, _TOLD_OF_CERTIFICATE), *values.get("text", [])])
    said.records.append({"kind": "Identifier", "id": main, "value": prints[0], "note": note})
    said.records += [{"kind": "ALIAS_OF", "from": other, "to": main} for other in others]
    for part, observable in _IN_CERTIFICATE.items():
        ends = filter(None, (_id(observable, value) for value in values.get(part, [])))
        said.records += [{"kind": "RELATED_TO", "from": main, "to": end, "relationship": part} for end in ends]
    said.take(*_TOLD_OF_CERTIFICATE, "text")


def _person(values: Values, own_id: str, said: Together) -> None:
    whole = [part for name in ("first-name", "middle-name", "last-name") for part in values.get(name, [])]
    names = values.get("full-name") or ([" ".join(whole)] if whole else [])
    roles = values.get("role", [])
    entry = {
        "name": names,
        "position": [word for part in ("function", "occupation", "title") for word in values.get(part, [])],
        "statement": [prose(text) for text in values.get("text", [])],
        "protected": next((_PROTECTED[role] for role in roles if role in _PROTECTED), None),
    }
    said.records.append({"kind": "Person", "id": own_id} | {name: value for name, value in entry.items() if value})
    said.records += _also_called("Person", own_id, values.get("alias", []))
    services = values.get("instant-messaging-used", [])
    service = services[0].lower() if len(services) == 1 else "account"
    for handle in values.get("handle", []):
        if id_ := _id(observables.handle(service), handle):
            said.records.append({"kind": "Identifier", "id": id_, "value": handle, "service": service})
            said.records.append({"kind": "USES", "from": own_id, "to": id_})
    said.records += _used(own_id, {**_ADDRESSES, "ip-src": observables.HOST}, values)
    said.lost += ["role"] * sum(role not in _PROTECTED for role in roles)
    said.take("first-name", "middle-name", "last-name", "full-name", "alias", "handle", "function", "occupation")
    said.take("title", "text", "role", "nic-hdl", "instant-messaging-used")


def _organization(values: Values, own_id: str, said: Together) -> None:
    entry = {
        "name": values.get("name", []),
        "org_type": [
            word for part in ("type-of-organization", "legal-form", "sector") for word in values.get(part, [])
        ],
        "statement": [prose(text) for part in ("description", "text") for text in values.get(part, [])],
        "external_id": [id_ for part in ("registration-number", "misp-uuid") for id_ in values.get(part, [])],
    }
    said.records.append(
        {"kind": "Organization", "id": own_id} | {name: value for name, value in entry.items() if value}
    )
    aliases = [alias for part in ("alias", "commercial-name") for alias in values.get(part, [])]
    said.records += _also_called("Organization", own_id, aliases)
    said.records += _used(own_id, _ADDRESSES, values)
    said.take("name", "alias", "commercial-name", "type-of-organization", "legal-form", "sector", "description", "text")
    said.take("registration-number", "misp-uuid")


def _also_called(kind: str, own_id: str, aliases: list[str]) -> list[dict[str, Any]]:
    return [{"kind": kind, "id": own_id, "name": aliases, "stance": "reports"}] if aliases else []


def _used(own_id: str, kinds: Mapping[str, Observable], values: Values) -> Iterator[dict[str, Any]]:
    """Yield by which addresses somebody is reached; those that no attribute makes by itself are made here."""
    for part, observable in kinds.items():
        for value in values.get(part, []):
            if id_ := _id(observable, value):
                if part == "nic-hdl":
                    yield {"kind": "Identifier", "id": id_, "value": value}
                yield {"kind": "USES", "from": own_id, "to": id_}


def _id(observable: Observable, value: str) -> str | None:
    """Return the id of a value; None when it has none, which the record of the value says."""
    try:
        return observable.id(value)
    except ValueError:
        return None


def _seen(values: Values, first: Iterable[str], last: Iterable[str]) -> dict[str, Any]:
    bounds = {"valid_from": first, "valid_to": last}
    found = {
        name: next((day(values[part][0]) for part in parts if values.get(part)), None) for name, parts in bounds.items()
    }
    return {name: value for name, value in found.items() if value}


def _days(values: Iterable[str]) -> list[Any]:
    return [found for value in values if (found := day(value))]


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _labelled(values: Values, labels: Mapping[str, str]) -> Iterator[str]:
    for part, label in labels.items():
        if values.get(part):
            yield f"{label}: {', '.join(values[part])}."


def _note(parts: Iterable[str]) -> str:
    return " ".join(map(prose, parts))


_READ: dict[str, Callable[[Values, str, Together], None]] = {
    "whois": _whois,
    "domain-ip": _domain_ip,
    "passive-dns": _passive_dns,
    "x509": _x509,
    "person": _person,
    "organization": _organization,
    "legal-entity": _organization,
    "news-agency": _organization,
}
_STANDS_FOR = {
    "asn": ("asn",),
    "domain-ip": ("hostname", "domain"),
    "file": ("sha256", "sha512", "sha1", "md5", "malware-sample"),
    "url": ("url",),
    "vulnerability": ("id",),
    "whois": ("domain",),
    "x509": _FINGERPRINTS,
}
_BEING = {
    "person": "Person",
    "organization": "Organization",
    "legal-entity": "Organization",
    "news-agency": "Organization",
}


def stands_for(name: str, values: Values, own_id: str, ends: Mapping[str, list[End]]) -> End | None:
    """Return the one thing that an object is, given what its attributes are; None when it is several or none."""
    if name in _BEING:
        return own_id, _BEING[name]
    if name == "passive-dns":
        found = [(id_, "Domain") for value in values.get("rrname", []) if (id_ := _id(observables.DOMAIN, value))]
    else:
        found = next((ends[part] for part in _STANDS_FOR.get(name, ()) if ends.get(part)), [])
    return found[0] if len(set(found)) == 1 else None
