"""Entities of FollowTheMoney that stand for a thing, as records: of which kind, under which id, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkit.ingest.importers import links, observables
from graphkit.ingest.importers.days import day
from graphkit.ingest.importers.ftm import properties, schemata
from graphkit.ingest.importers.ftm.properties import How
from graphkit.ingest.importers.ftm.said import Said, Values
from graphkit.ingest.importers.origin import Origin

_ABOUT = {"Concept": "description", "Source": "note"}
_TYPE = {"Concept": "concept_type", "Incident": "incident_type", "Organization": "org_type", "Place": "place_type"}
_TYPED_ALREADY = ("Organization", "Territory")
_NAMED_BY = {
    "Person": ("firstName", "secondName", "middleName", "lastName"),
    "Place": ("postOfficeBox", "street", "street2", "city", "postalCode", "region"),
    "Concept": ("program", "registrationNumber", "iban", "accountNumber", "publicKey", "caseNumber"),
}
"""Properties that a name is put together from when there is none; of a Concept the first one is it."""
_MAY_BE_PERSONS = ("Person", "Group")
_ANY_BODY = "A person or a body; the source does not say which."
_REFUSED_TOPICS = {"pol": "political", "rel": "religion", "gov.religion": "religion", "role.act": "political"}


def identified(given: Mapping[str, Any], values: Values) -> links.End:
    """Return the id and the kind of an entity; an account derives its id. ValueError says why there is none."""
    kind = schemata.kind(given["schema"])
    if kind != "Identifier":
        return f"ftm:{given['id']}", kind
    if "username" not in values:
        raise ValueError("has no username; an account needs one")
    service = values.get("service", ["account"])[0]
    return observables.identifier(f"handle:{service}").id(values["username"][0]), kind


def described(given: Mapping[str, Any], kind: str, values: Values, speaks: bool, origin: Origin) -> Said:
    """Return what an entity says of the thing that it stands for; ``speaks`` is whether somebody says it."""
    schema = given["schema"]
    said = Said.of(values, properties.of_thing(schema), origin)
    if kind in _MAY_BE_PERSONS:
        _withhold_topics(said, speaks, origin)
    fields = said.fields
    about = [*fields.pop("about", ()), *said.told(), *([_ANY_BODY] if kind == "Group" else [])]
    if about:
        fields[_ABOUT.get(kind, "statement")] = about
    if kind in _TYPE and schema not in _TYPED_ALREADY:
        fields[_TYPE[kind]] = [schema, *fields.get(_TYPE[kind], ())]
    if kind == "Incident":
        _put_date(said)
    if "name" in fields and kind != "Source":
        _call(said, given.get("caption"))
    elif kind != "Identifier" and "name" not in fields and (name := _name(given, kind, values)):
        fields["name"] = name
    _keep_one(said, kind, origin)
    return said


def _call(said: Said, caption: object) -> None:
    """Call a thing by its caption where that is a name, else by the first one; others are names reported of it."""
    names = said.fields["name"]
    called = caption if caption in names else names[0]
    said.fields["name"] = [called]
    others = [name for name in names if name != called]
    if others:
        said.used[How.ALSO] = [*(("", name) for name in others), *said.used.get(How.ALSO, ())]


def _name(given: Mapping[str, Any], kind: str, values: Values) -> list[str]:
    """Return the name of what has none: its caption, or its parts put together."""
    if isinstance(caption := given.get("caption"), str) and caption.strip():
        return [caption]
    parts = [values[name][0] for name in _NAMED_BY.get(kind, ()) if name in values]
    return parts[:1] if kind == "Concept" else [" ".join(parts)] if parts else []


def _withhold_topics(said: Said, speaks: bool, origin: Origin) -> None:
    """Take out topics that are refused of persons, and all of them when nobody says them: some accuse."""
    told = said.used.get(How.TOLD, [])
    kept = []
    for label, text in told:
        refused = _REFUSED_TOPICS.get(text, "political" if text.startswith("pol.") else "")
        if label != "Topic" or (speaks and not refused):
            kept.append((label, text))
        elif refused:
            said.fields.setdefault(f"topics ({refused})", []).append(text)
        else:
            origin.lost["topics of persons that nobody says"] += 1
    if told:
        said.used[How.TOLD] = kept


def _put_date(said: Said) -> None:
    """Put when something happened; an end that is not given is not known."""
    days = {name: day(text) for name, text in reversed(said.used.pop(How.DAY, []))}
    if modified := days.pop("said_at", None):
        said.used[How.DAY] = [("said_at", modified)]
    start, end = days.get("startDate", ""), days.get("endDate", "")
    date = days.get("date") or (start if start == end else f"{start}/{end}")
    if date:
        said.fields["date"] = date


def _keep_one(said: Said, kind: str, origin: Origin) -> None:
    """Keep the first value of properties that have one; of a document, which says all of it, in one text."""
    properties = origin.catalog[kind].properties
    if kind == "Source":
        notes = [*said.fields.get("note", ()), *(text for _, text in said.used.pop(How.NOTE, ()))]
        said.fields |= {"note": [" ".join(notes)]} if notes else {}
        if "published" in said.fields:
            said.fields["published"] = [day(text) for text in said.fields["published"]]
    for name, found in said.fields.items():
        known = properties.get(name)
        if known and not known.many and isinstance(found, list):
            if len(found) > 1:
                origin.lost[f"further values of {name}"] += 1
            said.fields[name] = found[:1]
