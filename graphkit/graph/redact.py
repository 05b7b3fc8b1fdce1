"""Taking protected persons out of what is handed over. Every hand-over goes through here."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from graphkit.graph.snapshot import Snapshot
from graphkit.model.entity import Resolved

SHORTEST = 4
NAME = "Protected person"
_KEPT = ("id", "protected")
_TEXTS = pl.List(pl.String())


def redacted(view: Snapshot) -> tuple[Snapshot, dict[str, str]]:
    """Return the snapshot with protected persons under pseudonyms, and the pseudonyms by id.

    A person protected in any case of the store is protected here. Their ids and names (of at least
    ``SHORTEST`` letters) are absent from every text of the result, all that is said of them in words is
    left out, and relations with them get ids that do not tell the ends. Nicknames and parts of names that
    no record gives are not known and stay.
    """
    if not view.protected:
        return view, {}
    pseudonyms = {id_: f"protected-person-{place}" for place, id_ in enumerate(sorted(view.protected), start=1)}
    hidden = list(pseudonyms)
    touched = view.relations.filter(pl.col("from").is_in(hidden) | pl.col("to").is_in(hidden))["id"]
    exact = pseudonyms | {id_: f"protected-relation-{place}" for place, id_ in enumerate(touched, start=1)}
    words = pseudonyms | {name: NAME for names in view.protected.values() for name in names}
    within = {word: other for word, other in words.items() if len(word) >= SHORTEST}

    def clean(rows: pl.DataFrame) -> pl.DataFrame:
        return _replaced(rows, exact, within)

    nodes = {kind: clean(_silent(rows, hidden)) for kind, rows in view.resolved.nodes.items()}
    conflicts = view.conflicts.filter(~pl.col("about").is_in(hidden))
    resolved = Resolved(nodes, clean(view.relations), clean(conflicts))
    decisions = clean(view.decisions.filter(~pl.col("about").is_in(hidden))) if len(view.decisions) else view.decisions
    return replace(view, resolved=resolved, sources=clean(view.sources), decisions=decisions), pseudonyms


def _silent(rows: pl.DataFrame, hidden: list[str]) -> pl.DataFrame:
    """Leave out all words about hidden persons, and give them the one name they all have."""
    of_hidden = pl.col("id").is_in(hidden)
    silent = [
        pl.when(~of_hidden).then(name).otherwise(pl.lit([], dtype=_TEXTS) if type_ == _TEXTS else None).alias(name)
        for name, type_ in rows.schema.items()
        if name not in _KEPT and type_ in (pl.String, _TEXTS)
    ]
    return rows.with_columns(silent).with_columns(name=pl.when(of_hidden).then(pl.lit(NAME)).otherwise("name"))


def _replaced(rows: pl.DataFrame, exact: dict[str, str], within: dict[str, str]) -> pl.DataFrame:
    def clean(text: pl.Expr) -> pl.Expr:
        return text.replace(exact).str.replace_many(within, ascii_case_insensitive=True, leftmost=True)

    return rows.with_columns(
        clean(pl.col(name)) if type_ == pl.String else pl.col(name).list.eval(clean(pl.element()))
        for name, type_ in rows.schema.items()
        if type_ in (pl.String, _TEXTS)
    )
