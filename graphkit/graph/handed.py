"""What may be handed over of a scope so that it can be loaded back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from graphkit.graph.redact import CLAIM, DATES, NAME, PSEUDONYM, SOURCE, hiding, redacted, silent_claims
from graphkit.graph.snapshot import Snapshot
from graphkit.graph.written import LINK, Written
from graphkit.model.claim import MAX_QUOTE
from graphkit.model.schema import Catalog

_ADDRESSES = ("url", "archived_url")
_WORDS = ("text", "name", "opaque")


@dataclass(frozen=True)
class Handed:
    """Some things of a scope, all when there are no ids, and what is said of them as it is written.

    ``snapshot`` makes the graph when it is needed. Protected persons are pseudonymous in ``written``, and in ``view``.
    """

    written: Written
    ids: Sequence[str] | None
    snapshot: Callable[[], Snapshot]

    @cached_property
    def _redacted(self) -> tuple[Snapshot, dict[str, str]]:
        return redacted(self.snapshot())

    @property
    def view(self) -> Snapshot:
        """The graph of the whole scope."""
        return self._redacted[0]

    @cached_property
    def nodes(self) -> list[int]:
        """The numbers of the things in the graph."""
        view, new_ids = self._redacted
        if self.ids is None:
            return list(range(len(view.things)))
        return [view.number(new_ids.get(id_, id_)) for id_ in self.ids]


def handed(
    written: Written, ids: Sequence[str] | None, snapshot: Callable[[], Snapshot], protects: bool, catalog: Catalog
) -> Handed:
    """Return what may be handed over of a scope, or of these things of it; ``protects`` says whether it hides anybody.

    Decisions go along when all of them can: when none is on a protected person or on what is not handed over.
    Otherwise they are applied.
    """

    def part(whole: Written) -> Written:
        return whole if ids is None else whole.around(ids, catalog)

    def hidden(whole: Written) -> Written:
        return redacted_written(snapshot(), whole, catalog) if protects else whole

    as_written = part(written)
    told = hidden(as_written)
    if not as_written.fits(told):
        told = hidden(part(written.with_applied(catalog)))
    return Handed(told, ids, snapshot)


def redacted_written(view: Snapshot, written: Written, catalog: Catalog) -> Written:
    """Return what is written of a scope without the protected persons of its snapshot, as ``redacted`` does.

    Values that are no words, such as addresses, stay what they are with a name taken out, else they are left out.
    """
    if not view.protected:
        return written
    hidden, names = hiding(view, [*written.things()["id"], *written.sources["id"], *written.decisions["id"]])
    shown = silent_claims(written.claims, hidden, hidden)
    cleaned = names.out_of(shown, (*CLAIM, *DATES, "id", "about"))
    claims = _fitting(shown, cleaned, catalog).with_columns(pl.col("quote").str.slice(0, MAX_QUOTE))
    return replace(
        written,
        claims=claims,
        sources=_addressed(names.out_of(written.sources, SOURCE)),
        cases=names.out_of(written.cases, ("tlp", "review_date")),
        decisions=names.out_of(written.decisions, ("action", "property", "when")),
    )


def _addressed(sources: pl.DataFrame) -> pl.DataFrame:
    return sources.with_columns(pl.col(name).str.replace_all(NAME, PSEUDONYM, literal=True) for name in _ADDRESSES)


def _fitting(shown: pl.DataFrame, cleaned: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return claims with values that are of their type, although a name was taken out of them."""
    rows = cleaned.with_columns(was=shown["value"])
    changed = rows.filter(~LINK & (pl.col("value") != pl.col("was")))
    mended = dict(_mended(changed, catalog))
    value = pl.col("id").replace_strict(mended, default=pl.col("value"), return_dtype=pl.String)
    return rows.with_columns(value=value).drop_nulls("value").drop("was")


def _mended(changed: pl.DataFrame, catalog: Catalog) -> Iterator[tuple[str, str | None]]:
    """Yield the ids of claims whose value is no words, with what it is without the name, None when it is nothing."""
    for id_, kind, name, value, anchor in changed.select("id", "kind", "property", "value", "anchor").iter_rows():
        prop = catalog[kind].properties[name]
        if prop.type in _WORDS and not prop.choices:
            continue
        template = catalog[kind].id_template or ""
        prefix, _, spelled = template.partition("{")
        if spelled == f"{name}}}":
            yield id_, anchor.removeprefix(prefix)
            continue
        try:
            yield id_, prop.normal(value.replace(NAME, PSEUDONYM))
        except ValueError:
            yield id_, None
