"""Requests as they are printed: one row each, what became of what they concern, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from graphkit.exports import tables, wording
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, note, put_json
from graphkit.requesting import Request, Requests, Word, in_words, sentences

_HEADER = (
    "request",
    "asks for",
    "made by",
    "addressed to",
    "concerns",
    "sent",
    "days",
    "outcome",
    "removed",
    "sources",
)
_WHOLE = {"concerns": 26, "sources": 18, "what became of it": 0}
_LATER = ("request", "what became of it", "when", "to the decision", "said by", "source", "where")


def requests(found: Requests, format_: str) -> None:
    """Print requests, as tables for people, or as csv or JSON, and what they add up to."""
    if format_ == "json":
        put_json(_as_json(found))
    elif format_ == "csv":
        click.echo(tables.csv(in_words.listed(found)).decode(), nl=False)
    elif found.rows:
        _tables(found)
    invented = [wording.INVENTED] if found.invented else []
    if not found.rows:
        note("\n".join([*invented, f"No request is on record in {found.computed_on}, or none of those asked for."]))
        return
    contradicted = [f"Disputed in {one.id}: {line}" for one in found.rows for line in one.contradicted]
    note("\n".join([*invented, *sentences(found.summary), *map(visible, contradicted), in_words.CAUTION]))


def _as_json(found: Requests) -> dict[str, Any]:
    rows = [
        asdict(one) | {"days": asdict(one.days) | {"exact": one.days.exact}, "sources": one.sources}
        for one in found.rows
    ]
    return {"summary": asdict(found.summary), "requests": rows}


def _tables(found: Requests) -> None:
    click.echo(as_table(_HEADER, [list(map(visible, _cells(one))) for one in found.rows], _WHOLE))
    later = [list(map(visible, cells)) for one in found.rows for cells in _afterwards(one)]
    if later:
        click.echo(
            "\nWhat became of what they concern, as sources say or as is computed\n" + as_table(_LATER, later, _WHOLE)
        )


def _cells(one: Request) -> tuple[str, ...]:
    is_relation = one.known_as == "relation"
    asks = [*in_words.spoken(one.type), *in_words.spoken(one.legal_basis)]
    return (
        "a relation, no record" if is_relation else one.id,
        "\n".join(["removal"] if is_relation else asks),
        "\n".join(party.name for party in one.made_by),
        "\n".join(party.name for party in one.addressed_to),
        "\n".join(thing.name for thing in one.concerns),
        "\n".join(in_words.spoken(one.sent)),
        str(one.days),
        "\n".join(in_words.history(one.outcome) or [in_words.NO_OUTCOME]),
        "\n".join(part for part in (in_words.removed(one), *in_words.spoken(one.amount)) if part),
        "\n".join(dict.fromkeys(word.source for word in one.words)),
    )


def _afterwards(one: Request) -> Iterator[tuple[str, ...]]:
    for thing in one.concerns:
        for status in in_words.later(thing):
            yield (
                one.id,
                f"{thing.name}: {status.value}",
                str(status.held),
                in_words.order(one, status.order),
                *_said(status.words),
            )
        for link in thing.reappeared:
            yield one.id, link.sentence, str(link.held), in_words.order(one, link.order), *_said(link.words)


def _said(words: Sequence[Word]) -> tuple[str, str, str]:
    parts = ([word.who for word in words], [word.source for word in words], [word.locator for word in words])
    who, sources, where = (", ".join(filter(None, dict.fromkeys(part))) for part in parts)
    return who, sources, where
