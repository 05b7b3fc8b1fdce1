"""Clusters of MISP galaxies as things: of which kind, under which id, and which field says what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.ingest.importers.misp.fields import joined, listed, prose
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.several import texts
from graphkit.model import values

ACTOR = "threat actor"
_KINDS = (
    ("Technique", r"attack-pattern|techniques?|attck4fraud"),
    ("Mitigation", r"course-of-action|countermeasures?|mitigations?|preventive-measure"),
    ("Incident", r"campaigns?"),
    ("Organization", r"threat-actor|intrusion-set|activity-group|ics-groups|360net"),
    ("Organization", r"agencies|vendor|producer|universities"),
    ("Software", r"malware|malpedia|tools?|software|ransomware|rat|botnet|banker|backdoor|stealer|exploit-kit|tds"),
    ("Software", r"android|cryptominers?"),
    ("Place", r"country|region|target-information"),
)
_BY_TYPE = tuple((kind, re.compile(rf"(?:.*-)?(?:{words})(?:-.*)?")) for kind, words in _KINDS)
_ACTORS = re.compile(r".*(?:threat-actor|intrusion-set|activity-group|ics-groups|360net).*")
_BY_CATEGORY = {
    "actor": "Organization",
    "attack-pattern": "Technique",
    "course-of-action": "Mitigation",
    "measure": "Mitigation",
    "malware": "Software",
    "tool": "Software",
}
_TYPE_FIELD = {
    "Software": "software_type",
    "Organization": "org_type",
    "Incident": "incident_type",
    "Place": "place_type",
    "Concept": "concept_type",
}
_OF_SEVERAL_TYPES = ("Software", "Organization", "Concept")
_MORE_TYPES = ("type", "threat-actor-classification")
_REFERENCES = ("refs", "references", "sources", "official-refs")
_TOLD = {
    "capabilities": "Capabilities",
    "cfr-target-category": "Target category",
    "cfr-type-of-incident": "Type of incident",
    "mode-of-operation": "Mode of operation",
    "motive": "Motive",
    "sector": "Sector",
    "since": "Since",
    "targeted-sector": "Targeted sector",
    "victimology": "Victimology",
}
_SUSPECTED = {
    "cfr-suspected-state-sponsor": "Suspected state sponsor",
    "cfr-suspected-victims": "Suspected victims",
    "suspected-victims": "Suspected victims",
    "microsoft-origin-threat": "Origin according to Microsoft",
    "GRU": "GRU",
}
"""What the galaxy itself calls a suspicion, or says of who may be behind an actor."""
_NAMED_BY = "origin:"
_KNOWN = ("uuid", "value", "description", "meta", "related", "revoked")


def kind(type_: str, category: str = "") -> tuple[str, str]:
    """Return the kind of the clusters of a galaxy, and what each of them is in words."""
    found = next((kind for kind, form in _BY_TYPE if form.fullmatch(type_)), None)
    found = found or _BY_CATEGORY.get(category, "Concept")
    if found == "Organization" and (category == "actor" or _ACTORS.fullmatch(type_)):
        return found, ACTOR
    return found, "campaign" if found == "Incident" else type_.replace("-", " ")


def id_of(type_: str, name: str, uuid: object) -> str:
    """Return the id of a cluster; one that is only named, as in a tag, has its name there."""
    return f"misp:{uuid}" if isinstance(uuid, str) and uuid else f"misp:galaxy:{type_}:{values.identifier_key(name)}"


def thing(given: Mapping[str, Any], type_: str, category: str) -> dict[str, Any]:
    """Return that there is a cluster: its kind, id, name and type."""
    found, word = kind(type_, category)
    said = {"kind": found, "id": id_of(type_, given["value"], given.get("uuid")), "name": given["value"]}
    return said | ({_TYPE_FIELD[found]: word} if found in _TYPE_FIELD else {})


def described(given: Mapping[str, Any], type_: str, category: str, origin: Origin) -> Iterator[dict[str, Any]]:
    """Yield what a galaxy says of a cluster, by which names others call it, and what it suspects; less who says it."""
    said = thing(given, type_, category)
    meta = given.get("meta") or {}
    if not isinstance(meta, dict):
        origin.lost["meta"] += 1
        meta = {}
    fields, actor = origin.catalog[said["kind"]].properties, said.get("org_type") == ACTOR
    about = "description" if "description" in fields else "statement"
    same = {"kind": said["kind"], "id": said["id"]}
    names = listed(meta.get("synonyms"))
    for name, value, used in list(_fields(given, meta, said, about, origin)):
        if value and (name in fields or name == "note"):
            said[name] = value
        elif value:
            origin.lost[used] += 1
    origin.leave(given, _KNOWN, said)
    origin.leave(
        meta, {*_known_meta(said["kind"], actor), *(name for name in meta if name.startswith(_NAMED_BY))}, said
    )
    yield said
    if names:
        yield same | {"name": names, "stance": "reports"}
    yield from (same | guess for guess in _guesses(meta, about, actor))


def _fields(
    given: Mapping[str, Any], meta: Mapping[str, Any], said: Mapping[str, Any], about: str, origin: Origin
) -> Iterator[tuple[str, Any, str]]:
    """Yield fields of a record with their values, and the field of the cluster that they were made of."""
    type_field = _TYPE_FIELD[said["kind"]] if said["kind"] in _OF_SEVERAL_TYPES else "type"
    more = [word for name in _MORE_TYPES for word in listed(meta.get(name))]
    yield type_field, [*listed(said.get(type_field)), *more] if more else None, "type"
    told = [_sentence(f"{words}: {text}") for name, words in _TOLD.items() if (text := joined(meta.get(name)))]
    yield about, [*listed(prose(given.get("description"))), *told, *_naming(meta)], "description"
    yield "external_id", listed(meta.get("external_id")), "external_id"
    yield "reference", _addresses(meta, origin), "refs"
    yield "platform", listed(meta.get("mitre_platforms")), "mitre_platforms"
    yield "tactic", [phase.rpartition(":")[2] for phase in texts(meta.get("kill_chain"))], "kill_chain"
    if said["kind"] == "Organization" and said.get("org_type") != ACTOR:
        yield "country", meta.get("country"), "country"
    if True in (given.get("revoked"), meta.get("revoked")):
        yield "note", "Revoked by who made it.", "revoked"


def _guesses(meta: Mapping[str, Any], about: str, actor: bool) -> Iterator[dict[str, Any]]:
    """Yield where an actor is suspected to be from, and what else is suspected of it."""
    if actor and meta.get("country"):
        rated = meta.get("attribution-confidence")
        guess = {
            "country": meta["country"],
            "modality": "suspected",
            "note": "Where it is suspected to be from, not where it is seated.",
        }
        yield guess | ({"confidence": rated} if rated is not None else {})
    told = [_sentence(f"{words}: {text}") for name, words in _SUSPECTED.items() if (text := joined(meta.get(name)))]
    if told:
        yield {about: told, "modality": "suspected"}


def _known_meta(kind: str, actor: bool) -> set[str]:
    known = {"synonyms", "external_id", "mitre_platforms", "kill_chain", "revoked", *_MORE_TYPES, *_REFERENCES}
    known |= {*_TOLD, *_SUSPECTED}
    if kind == "Organization":
        known.add("country")
    return known | {"attribution-confidence"} if actor else known


def _naming(meta: Mapping[str, Any]) -> Iterator[str]:
    """Yield who is said to have given an actor which of its names."""
    for name, value in meta.items():
        if name.startswith(_NAMED_BY) and (text := joined(value)):
            yield _sentence(f"The name {name.removeprefix(_NAMED_BY)} is that of {text}")


def _addresses(meta: Mapping[str, Any], origin: Origin) -> list[str]:
    found = [ref for name in _REFERENCES for ref in listed(meta.get(name))]
    good = []
    for ref in found:
        try:
            good.append(values.url(ref))
        except ValueError:
            origin.lost["refs that are no web address"] += 1
    return good


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
