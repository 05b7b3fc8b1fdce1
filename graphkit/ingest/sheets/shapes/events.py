"""Sheets of what happened: incidents, and requests to remove something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import UNDECIDED, Column, Part, Same, Template
from graphkit.ingest.sheets.shapes import given
from graphkit.ingest.sheets.shapes.given import Roles

_OUTCOMES = {
    "granted": "granted complied removed accepted retirado entfernt stattgegeben retiré accordé yes",
    "partly granted": "partly-granted partially-granted partially-removed parcialmente-retirado parcial teilweise",
    "refused": "refused rejected denied not-removed rechazado denegado no-retirado abgelehnt refusé rejeté no",
    "pending": "pending open in-progress pendiente en-trámite offen en-cours",
    "appealed": "appealed recurrido angefochten",
    "reinstated": "reinstated restaurado wiederhergestellt rétabli",
}
_OF_ANY_KIND = ("suspect", "victim", "offender", "accused", "who ", "tatverdächtig", "opfer")
_OUTCOME = {word.replace("-", " "): outcome for outcome, words in _OUTCOMES.items() for word in words.split()}


def requests(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return requests to remove something: who asked, whom, for what, and what came of it."""
    marks = ({"requester", "platform"}, {"items_asked", "outcome"}, {"requester", "items_removed"})
    if not any(each <= roles.keys() for each in marks):
        return []
    wanted = {
        "legal_basis": "legal_basis",
        "sent": "sent",
        "decided": "decided",
        "items_asked": "items_asked",
        "items_removed": "items_removed",
        "statement": "description",
    }
    outcome = roles.get("outcome")
    own: dict[str, tuple[Part, ...]] = {"request_type": ("removal",)}
    if "id" in roles:
        own = {"id": (Column((roles["id"].name,), id="request"),)} | own
    told = given.told(roles)
    dated = {"sent": roles.get("sent") or roles.get("date")}
    fields = (
        own
        | given.fields(roles, wanted)
        | {name: (given.one(column),) for name, column in dated.items() if column}
        | told
    )
    if outcome and all(value.casefold() in _OUTCOME for value in outcome.values):
        fields["outcome"] = (
            Column((outcome.name,), means={value: _OUTCOME[value.casefold()] for value in outcome.values}),
        )
    made = [Template("request", "Request", fields)]
    for role, label, kind, ends in (
        ("requester", "asker", "MADE_REQUEST", ("asker", "request")),
        ("platform", "asked", "ADDRESSED_TO", ("request", "asked")),
    ):
        if role in roles:
            made.append(Template(label, "Organization", {"name": (given.one(roles[role]),)}))
            made.append(Template(f"{label}_link", kind, {"from": (Same(ends[0]),), "to": (Same(ends[1]),), **told}))
    return made


def incidents(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return incidents, where they were, who is said to have done them and whom they were aimed at."""
    when = _when(roles)
    marks = {"killed", "injured", "attack_type", "perpetrator", "target"} & roles.keys()
    if not when or not (marks or {"place", "latitude"} & roles.keys()) or "last_name" in roles:
        return []
    fields = given.fields(
        roles,
        {
            "id": "id",
            "name": "name",
            "incident_type": "attack_type",
            "killed": "killed",
            "killed_low": "killed_low",
            "killed_high": "killed_high",
            "injured": "injured",
            "statement": "description",
        },
    )
    if "id" in fields:
        fields["id"] = (Column((roles["id"].name,), id="incident"),)
    if "attack_type" not in roles and "type" in roles:
        fields["incident_type"] = (given.one(roles["type"]),)
    told = given.told(roles)
    made = [Template("incident", "Incident", fields | {"date": (when,)} | told)]
    made += _places(roles, "incident", told)
    for role, label, kind in (("perpetrator", "attacker", "PARTICIPATED_IN"), ("target", "target", "TARGET_OF")):
        if role in roles:
            made.append(Template(label, _kind_of_side(roles[role]), given.bodies(roles[role])))
            made.append(Template(f"{label}_link", kind, {"from": (Same(label),), "to": (Same("incident"),)} | told))
    return made


def _kind_of_side(column: Profile) -> str:
    """Return the kind of who takes part by what the column is called: suspects and victims may be of any kind."""
    words = column.name.casefold()
    return UNDECIDED if any(word in words for word in _OF_ANY_KIND) else "Organization"


def _when(roles: Roles) -> Column | None:
    date, year = roles.get("date"), roles.get("year")
    if date and "date_end" in roles:
        return Column((date.name, roles["date_end"].name), join=" – ", precision=_precision(roles))
    if date and date.form in ("date", "number"):
        return Column((date.name,), precision=_precision(roles))
    if year and "month" in roles and "day" in roles:
        return Column((year.name, roles["month"].name, roles["day"].name), join="-", nulls=("0", "00"))
    return Column((year.name,)) if year else None


def _precision(roles: Roles) -> str | None:
    return roles["precision"].name if "precision" in roles else None


def _places(roles: Roles, label: str, told: Mapping[str, tuple[Part, ...]]) -> list[Template]:
    names = [roles[role].name for role in ("place", "region", "country") if role in roles]
    if not names:
        return []
    where = given.fields(roles, {"latitude": "latitude", "longitude": "longitude"})
    place = Template(
        "place",
        "Place",
        {"name": (Column(tuple(names), join=", " if len(names) > 1 else " "),)} | (where if "place" in roles else {}),
    )
    return [place, Template("place_link", "OCCURRED_AT", {"from": (Same(label),), "to": (Same("place"),), **told})]
