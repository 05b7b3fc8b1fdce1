"""All that is said of one thing, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from graphkit import flow
from graphkit.exports import wording
from graphkit.graph.scope import Scope
from graphkit.model import typed
from graphkit.model.claim import DENIALS, Claim
from graphkit.model.invisible import visible

if TYPE_CHECKING:
    pass

from graphkit.printed.basics import as_table, note, put_json


def dossier(found: flow.Dossier, scope: Scope, as_json: bool) -> None:
    """Print everything said of one thing."""
    if as_json:
        put_json(asdict(found))
        return
    click.echo(visible("\n".join(_lines(found, scope))))
    if not found.complete:
        note(f"There is more: only the first {flow.MAX_DOSSIER:,} claims are shown.")


def _lines(found: flow.Dossier, scope: Scope) -> Iterator[str]:
    node = found.node
    written = typed.in_unicode(node["id"].partition(":")[2]) if node["kind"] in ("Domain", "Website") else ""
    yield f"{node['name']}   {node['kind']}   {node['id']}   case {scope}"
    if written:
        yield f"In Unicode: {written}"
    if any(source["invented"] == "true" for source in found.sources.values()):
        yield wording.INVENTED
    for conflict in found.conflicts:
        yield f"Disputed: {wording.contradiction(conflict, found.called, flow.catalog())}"
    for decision in found.decisions:
        yield wording.decided(decision, found.names_apart)
    rows = [_claim_row(claim, found) for claim in found.claims if claim.about == node["id"]]
    yield "\nWhat is said of it\n" + as_table(
        ("property", "value", "said by", "source", "where", "note", "claim"), rows
    )
    links = [_link_row(relation, found) for relation in found.relations]
    if links:
        yield "\nRelations\n" + as_table(("", "", "", "when", "rests on", "said by", "claims"), links)
    denied = [_denial_row(claim, found) for claim in found.claims if claim.object_kind and claim.stance in DENIALS]
    if denied:
        yield "\nDenied or taken back\n" + as_table(("said by", "", "", "", "", "source", "where", "claim"), denied)
    aside = [_aside_row(claim, entry, found) for claim, entry in found.set_aside]
    if aside:
        header = ("property", "value", "said by", "source", "set aside by", "why", "claim")
        yield "\nSet aside by decisions, not counted\n" + as_table(header, aside)


def _claim_row(claim: Claim, found: flow.Dossier) -> tuple[str, ...]:
    stance = "" if claim.stance == "asserts" else f" ({claim.stance})"
    notes = [claim.summary, claim.resolution, claim.note, f"written: {claim.raw}" if claim.raw else None]
    title = found.sources[claim.source]["name"]
    return (
        claim.property + stance,
        claim.value,
        wording.speaker(claim.claimant, claim.source, found.called),
        title,
        claim.locator or "",
        " · ".join(n for n in notes if n),
        wording.short(claim.id),
    )


def _aside_row(claim: Claim, entry: dict[str, Any], found: flow.Dossier) -> tuple[str, ...]:
    who = wording.speaker(claim.claimant, claim.source, found.called)
    value = found.names.get(claim.value, claim.value) if claim.object_kind else claim.value
    title = found.sources[claim.source]["name"]
    return claim.property, value, who, title, entry["id"], entry.get("why", ""), wording.short(claim.id)


def _denial_row(claim: Claim, found: flow.Dossier) -> tuple[str, ...]:
    edge = flow.catalog()[claim.property].edge
    says = edge.says if edge else claim.property
    start, end = (found.names.get(id_, id_) for id_ in (claim.anchor, claim.value))
    title = found.sources[claim.source]["name"]
    who = wording.speaker(claim.claimant, claim.source, found.called)
    return who, claim.stance, start, says, end, title, claim.locator or "", wording.short(claim.id)


def _link_row(relation: dict[str, Any], found: flow.Dossier) -> tuple[str, ...]:
    catalog = flow.catalog()
    words = wording.phrase(relation, catalog) + (" (alleged)" if wording.alleged(relation, catalog) else "")
    ends = (found.names.get(relation[side], relation[side]) for side in ("from", "to"))
    start, end = ends
    return (
        start,
        words,
        end,
        wording.when(relation),
        wording.backing(relation),
        wording.speakers(relation["claimants"], relation["voices"], found.called),
        " ".join(
            wording.short(claim.id) for claim in found.claims if claim.about == relation["id"] and claim.object_kind
        ),
    )
