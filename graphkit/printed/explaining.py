"""Why two things are linked, as sentences or as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from graphkit import flow
from graphkit.explaining import Hop, Link, Said
from graphkit.exports import wording
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, note, put_json

_WAYS = {"along": "→", "against": "←", "both": "–"}
_STANCES = {"asserts": "said by", "reports": "reported by", "denies": "denied by", "retracts": "taken back by"}
_HEADER = ("path", "hop", "what the records say", "when", "rests on", "said by", "sources", "because")


def explanation(found: flow.Explanation, format_: str) -> None:
    """Print the paths between two things, who says each hop, and how they were found."""
    if format_ == "json":
        put_json(asdict(found) | {"caution": wording.CAUTION})
    else:
        shown = _sentences(found) if format_ == "sentences" else _table(found)
        told = [wording.INVENTED] if found.invented else []
        click.echo(visible("\n".join([*told, found.answer, *shown, *found.notes, found.method])))
    note(f"Computed on {found.computed_on}.\n{wording.CAUTION}")


def paths_written(out: Path, content: bytes, found: flow.Explanation) -> None:
    """Say what was written."""
    note(f"{out}: {len(content):,} bytes, {wording.plural(len(found.paths), 'path')}.")


def _sentences(found: flow.Explanation) -> Iterator[str]:
    told: dict[str, int] = {}
    for number, path in enumerate(found.paths, start=1):
        chain = "".join(f" {_WAYS[hop.links[0].way]} {hop.end.name}" for hop in path.hops)
        hops = wording.plural(len(path.hops), "hop")
        yield f"\n{number}. {path.hops[0].start.name}{chain}   {hops}, cost {path.cost:.2f}"
        for hop in path.hops:
            for link in hop.links:
                yield f"   {'. '.join(filter(None, (link.sentence, link.when, link.rests_on)))}."
                before = told.setdefault(link.id, number)
                yield from _claims([*link.said, *link.denied]) if before == number else [f"      as in path {before}"]
            yield f"   Why here: {_because(hop)}."
    yield ""


def _claims(said: Iterable[Said]) -> Iterator[str]:
    """Yield who says it, one line for all claims that stand at one place."""
    at_place: dict[str, list[Said]] = {}
    for claim in said:
        at_place.setdefault(_place(claim), []).append(claim)
    for place, claims in at_place.items():
        told = "".join(f"; {claim.says}" for claim in claims if claim.says)
        yield f"      {place}{told}   {' '.join(wording.short(claim.claim) for claim in claims)}"


def _place(said: Said) -> str:
    published = ", ".join(filter(None, (said.publisher, said.published)))
    source = f"“{said.title}”" + (f" ({published})" if published else "")
    rated = f"claim {said.rating}, source {said.reliability}"
    who = f"{_STANCES[said.stance]} {said.who}"
    when = f"said on {said.said_at}" if said.said_at else ""
    return ", ".join(filter(None, (who, f"in {source}", said.locator, when, rated)))


def _because(hop: Hop) -> str:
    return "; ".join(f"{reason.words} ({reason.cost:.2f})" for reason in hop.because)


def _table(found: flow.Explanation) -> Iterator[str]:
    rows = [
        (number, place, *_cells(link), "" if later else _because(hop))
        for number, path in enumerate(found.paths, start=1)
        for place, hop in enumerate(path.hops, start=1)
        for later, link in enumerate(hop.links)
    ]
    if rows:
        yield f"\n{as_table(_HEADER, rows)}\n"


def _cells(link: Link) -> tuple[str, ...]:
    titles = "; ".join(dict.fromkeys(said.title for said in link.said))
    return tuple(map(visible, (link.sentence, link.when, link.rests_on, link.said_by, titles)))
