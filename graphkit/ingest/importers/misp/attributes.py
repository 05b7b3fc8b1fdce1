"""Attributes of MISP as things: what a value of which type is, and under which id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkit.ingest.importers import observables
from graphkit.ingest.importers.links import End
from graphkit.ingest.importers.observables import Observable, identifier
from graphkit.model.schema import Made

REGISTRAR = Observable(Made("Organization", "registrar:", named=True))
_HANDLES = {
    "github-username": "github",
    "github-organisation": "github",
    "twitter-id": "twitter",
    "jabber-id": "jabber",
    "target-user": "account",
}
_HASHES = (
    "md5", "sha1", "sha224", "sha384", "sha512", "sha512/224", "sha512/256", "sha3-224", "sha3-256", "sha3-384",
    "sha3-512",
)  # fmt: skip
_LIKENESSES = ("authentihash", "cdhash", "impfuzzy", "imphash", "pehash", "ssdeep", "telfhash", "tlsh", "vhash")
_EMAILS = (
    "email", "email-src", "email-dst", "email-reply-to", "eppn", "dns-soa-email", "target-email",
    "whois-registrant-email",
)  # fmt: skip
_BY_THEMSELVES = (
    "aba-rtn", "bank-account-nr", "bic", "btc", "chrome-extension-id", "dash", "email-message-id", "email-subject",
    "email-x-mailer", "filename", "github-repository", "hassh-md5", "hasshserver-md5", "iban", "mobile-application-id",
    "mutex", "pdb", "regkey", "target-machine", "user-agent", "windows-scheduled-task", "windows-service-displayname",
    "windows-service-name", "xmr",
)  # fmt: skip
"""Types whose values are identifiers with the type as prefix."""
OBSERVED: dict[str, Observable] = {
    **dict.fromkeys(("domain", "hostname", "onion-address"), observables.DOMAIN),
    **dict.fromkeys(("ip-src", "ip-dst"), observables.HOST),
    **dict.fromkeys(_EMAILS, observables.EMAIL),
    **dict.fromkeys(("phone-number", "prtn", "whois-registrant-phone"), observables.PHONE),
    **dict.fromkeys(_HASHES, observables.FILE),
    **dict.fromkeys((f"x509-fingerprint-{name}" for name in ("md5", "sha1", "sha256")), observables.CERTIFICATE),
    **dict.fromkeys(("mac-address", "mac-eui-64"), observables.MAC),
    **{name: identifier(name) for name in (*_LIKENESSES, *_BY_THEMSELVES)},
    **{name: observables.handle(service) for name, service in _HANDLES.items()},
    "AS": observables.AS,
    "email-attachment": identifier("filename"),
    "favicon-mmh3": identifier("favicon"),
    "ja3-fingerprint-md5": identifier("ja3"),
    "jarm-fingerprint": identifier("jarm"),
    "named pipe": identifier("named-pipe"),
    "sha256": observables.CONTENT,
    "url": observables.URL,
    "vulnerability": Observable(Made("Concept", "misp:vulnerability:")),
    "weakness": Observable(Made("Concept", "misp:weakness:")),
    "whois-registrant-name": identifier("registrant-name"),
    "whois-registrant-org": identifier("registrant-org"),
    "whois-registrar": REGISTRAR,
}
_NAMED: dict[str, dict[str, str]] = {
    "campaign-id": {"kind": "Incident", "incident_type": "campaign"},
    "campaign-name": {"kind": "Incident", "incident_type": "campaign"},
    "full-name": {"kind": "Person"},
    "target-external": {"kind": "Organization"},
    "target-location": {"kind": "Place"},
    "target-org": {"kind": "Organization"},
    "threat-actor": {"kind": "Organization", "org_type": "threat actor"},
}
"""Types whose values are names. Two attributes with one name need not mean one thing, so each is a thing of its own."""


def made(type_: str, value: str, own_id: str) -> tuple[dict[str, Any], str] | None:
    """Return the thing that a value is, less who says it, and what a note should say; None for types not taken.

    ``own_id`` is for what has no id in its value. ValueError says what is wrong with the value.
    """
    if observable := OBSERVED.get(type_):
        return _observed(observable, type_, value), ""
    if named := _NAMED.get(type_):
        return {**named, "id": own_id, "name": value}, ""
    if "|" in type_ or type_ == "malware-sample":
        return _paired(type_, value)
    return None


def end(thing: Mapping[str, Any]) -> End | None:
    """Return the id and the kind of the thing that a record is of: of a resolution, the domain."""
    kind, id_ = thing["kind"], thing.get("id")
    if id_:
        return id_, kind
    observable, value = (observables.HOST, thing["ip"]) if kind == "Host" else (observables.DOMAIN, thing.get("domain"))
    try:
        return observable.id(value), observable.kind
    except ValueError:
        return None


def _observed(observable: Observable, type_: str, value: str) -> dict[str, Any]:
    match observable.kind:
        case "Domain":
            return {"kind": "Domain", "domain": value}
        case "Host":
            return {"kind": "Host", "ip": value}
        case "ContentItem":
            return {"kind": "ContentItem", "id": observable.id(value), "sha256": value}
        case "Organization":
            return {"kind": "Organization", "id": observable.id(value), "name": value}
        case "Concept":
            said = {"kind": "Concept", "id": observable.id(value), "name": value}
            return said | {"concept_type": type_, "external_id": value}
    said = {"kind": "Identifier", "id": observable.id(value), "value": value}
    return said | ({"service": _HANDLES[type_]} if type_ in _HANDLES else {})


def _paired(type_: str, value: str) -> tuple[dict[str, Any], str] | None:
    """Return the thing that a pair such as ``filename|md5`` is about; ValueError when it is no pair."""
    first, _, second = type_.partition("|") if type_ != "malware-sample" else ("filename", "|", "md5")
    head, bar, tail = value.rpartition("|") if first != "regkey" else value.partition("|")
    if not (bar and head.strip() and tail.strip()):
        raise ValueError(f"'{value[:40]}' is no pair; write {first}|{second}")
    if type_ == "domain|ip":
        return {"kind": "Resolution", "domain": head, "ip": tail}, ""
    if first == "filename" and second in OBSERVED:
        said = _observed(OBSERVED[second], second, tail)
        return (said | {"name": head}, "") if said["kind"] == "ContentItem" else (said, f"File name: {head}.")
    if second in ("port", "value") and first in OBSERVED:
        return _observed(OBSERVED[first], first, head), f"{second.capitalize()} {tail}."
    return None
