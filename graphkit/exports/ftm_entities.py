"""What entities of FollowTheMoney say of things and relations; the claims behind it travel beside that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from graphkit.exports import described, wording
from graphkit.exports.described import listed
from graphkit.exports.shown import Shown
from graphkit.model import interval
from graphkit.model.schema import Catalog

_SCHEMATA = {
    "Person": "Person",
    "Group": "LegalEntity",
    "Organization": "Organization",
    "Place": "Address",
    "Incident": "Event",
}
_ACCOUNT = "handle:"
_NARROWER = {
    "Organization": ("org_type", frozenset({"Company", "PublicBody"})),
    "Concept": (
        "concept_type",
        frozenset(
            {
                "Airplane", "BankAccount", "Contract", "CourtCase", "Position", "Project", "RealEstate", "Security",
                "Vehicle", "Vessel",
            }
        ),
    ),
}  # fmt: skip
"""Kinds whose type may be the name of a schema: the property, and the schemata."""
_ASSETS = frozenset({"Airplane", "BankAccount", "Company", "RealEstate", "Security", "Vehicle", "Vessel"})
_BODIES = frozenset({"Organization", "Company", "PublicBody"})
_LEGAL = _BODIES | {"Person", "LegalEntity"}
_CODES = (
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca "
    "cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga "
    "gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp "
    "ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms "
    "mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs "
    "ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw "
    "tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_COUNTRIES = frozenset(_CODES.split())
"""Countries as ISO 3166-1 has them, in small letters as FollowTheMoney has these."""
_WEB = re.compile(r"https?://[^\s/]+\.\S+")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
Row = Mapping[str, Any]
Properties = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class End:
    """The entity at an end of a relation."""

    id: str
    schema: str


@dataclass(frozen=True, slots=True)
class _Edge:
    """A schema for a relation: where its ends stand, of which schemata they are, and what ``field`` is in its words."""

    schema: str
    start: str
    end: str
    starts: Collection[str]
    ends: Collection[str]
    field: str
    words: str


_EDGES = {
    "OWNS": _Edge("Ownership", "owner", "asset", _LEGAL, _ASSETS, "share", "percentage"),
    "EMPLOYED_BY": _Edge("Employment", "employee", "employer", {"Person"}, _BODIES, "role", "role"),
}


def schema(kind: str, row: Row) -> str:
    """Return the schema for a thing, an empty text when there is none."""
    if kind in _NARROWER:
        name, schemata = _NARROWER[kind]
        found = next((word for word in listed(row.get(name)) if word in schemata), "")
        return found or _SCHEMATA.get(kind, "")
    if kind == "Identifier":
        return "UserAccount" if str(row["id"]).startswith(_ACCOUNT) else ""
    return _SCHEMATA.get(kind, "")


@dataclass(frozen=True)
class Said:
    """What entities say of what is shown."""

    shown: Shown
    catalog: Catalog

    @cached_property
    def _disputed(self) -> set[tuple[str, str]]:
        return set(self.shown.conflicts.select("about", "property").iter_rows())

    @cached_property
    def notices(self) -> list[str]:
        """What every hand-over says of itself; the first one alone stands on every entity, where data is invented."""
        return wording.notices(self.shown.view)

    @property
    def _invented(self) -> list[str]:
        return self.notices[:-1]

    def _agreed(self, row: Row) -> dict[str, Any]:
        """Return the values that no claims contradict each other about."""
        return {name: value for name, value in row.items() if (row["id"], name) not in self._disputed}

    def thing(self, schema: str, row: Row) -> Properties:
        """Return the properties of a thing: its name, and what is not in dispute."""
        agreed = self._agreed(row)
        said: Properties = {"description": [described.thing(agreed, self.shown)], "notes": self._invented}
        if schema == "UserAccount":
            service, _, login = str(row["id"]).removeprefix(_ACCOUNT).rpartition(":")
            return _filled(said | {"username": [login], "service": [service]})
        others = row["names"] if "name" in agreed else []
        said |= {"name": [row["name"]], "alias": [name for name in others if name != row["name"]]}
        if schema not in ("Person", "LegalEntity"):
            said["wikidataId"] = [id_ for id_ in listed(agreed.get("external_id")) if _WIKIDATA.fullmatch(id_)]
            said["sourceUrl"] = [url for url in listed(agreed.get("reference")) if _WEB.fullmatch(url)]
        return _filled(said | _of_schema(schema, agreed))

    def relation(self, row: Row, start: End, end: End) -> tuple[str, Properties]:
        """Return the schema of a relation, and its properties.

        What somebody alleges, presumes, announces or disputes is an UnknownLink, whose role says so.
        """
        edge = _EDGES.get(row["type"])
        said = _between(*(date.fromisoformat(row[day]) if row[day] else None for day in ("first_seen", "last_seen")))
        said["description"] = [" ".join([described.relation(row, self.shown, self.catalog), *self._invented])]
        if edge and start.schema in edge.starts and end.schema in edge.ends and self._is_plain(row):
            words = listed(self._agreed(row).get(edge.field))
            return edge.schema, _filled({edge.start: [start.id], edge.end: [end.id], edge.words: words, **said})
        role = wording.phrase(row, self.catalog) + (" (disputed)" if row["disputed"] else "")
        return "UnknownLink", _filled({"subject": [start.id], "object": [end.id], "role": [role], **said})

    def _is_plain(self, row: Row) -> bool:
        stated = "stated" in (row.get("modalities") or ["stated"])
        return stated and not (row["disputed"] or row.get("planned") or wording.alleged(row, self.catalog))

    def source(self, row: Row) -> Properties:
        """Return the properties of a source, which is a document."""
        published = interval.parse(row["published"]).earliest if row["published"] else None
        said = {"title": [row["name"]], "publisher": [row["publisher"]], "author": row["authors"] or []}
        said |= {"publishedAt": [published], "sourceUrl": [url for url in (row["url"],) if url and _WEB.fullmatch(url)]}
        return _filled(said | {"summary": [row["note"]], "notes": self._invented})


def _of_schema(schema: str, row: Row) -> Properties:
    if schema == "Person":
        return {"position": listed(row.get("position"))}
    if schema == "Event":
        return _days(row.get("date"))
    if schema == "Address":
        at = {name: [str(row[name])] for name in ("latitude", "longitude") if row.get(name) is not None}
        return {"full": [row["name"]] if "name" in row else [], **at}
    codes = [country.lower() for country in listed(row.get("country"))]
    return {"country": [code for code in codes if code in _COUNTRIES]} if schema in _BODIES else {}


def _days(text: str | None) -> Properties:
    held = interval.parse(text) if text else None
    return _between(held.earliest, held.latest) if held else {}


def _between(start: date | None, end: date | None) -> Properties:
    """Return when something was; ``end`` is the first day on which it was not any more."""
    return {"startDate": [start], "endDate": [end - timedelta(days=1) if end else None]}


def _filled(properties: Mapping[str, list[Any]]) -> Properties:
    """Return properties with their values that are no empty texts, less those that have none."""
    return {name: kept for name, values in properties.items() if (kept := list(_texts(values)))}


def _texts(values: list[Any]) -> Iterator[str]:
    yield from dict.fromkeys(str(value) for value in values if value is not None and str(value).strip())
