"""Paths as a file for others: a picture, a graph for other programs, or a table. Protected persons are redacted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from graphkit.errors import ChooseAgain
from graphkit.explaining.values import Explanation
from graphkit.exports import ENDINGS, EXPORTS, tables, wording
from graphkit.graph.parts import Parts, of_resolved
from graphkit.graph.redact import redacted
from graphkit.graph.snapshot import Snapshot
from graphkit.handing_over import export_things
from graphkit.kinds import catalog

PATH_ENDINGS = {name: ENDINGS[name] for name in EXPORTS} | {"csv": ".csv"}
"""How the files of all formats end that paths are written in."""
Rows = Iterator[tuple[object, ...]]
COLUMNS = (
    "path", "cost", "hop", "from", "from_name", "says", "to", "to_name", "alleged", "disputed", "when", "support",
    "n_claims", "n_sources", "n_independent", "said_by", "sources", "because", "computed_on", "notice",
)  # fmt: skip


def format_of_paths(file_name: str) -> str:
    """Return the format that the name of a file tells; ChooseAgain names the endings there are."""
    told = [name for name, ending in (ENDINGS | PATH_ENDINGS).items() if file_name.lower().endswith(ending)]
    format_ = max(told, key=lambda name: len((ENDINGS | PATH_ENDINGS)[name]), default="")
    if format_ not in PATH_ENDINGS:
        *others, last = PATH_ENDINGS.values()
        raise ChooseAgain(f"{file_name}: paths are not written so. End it in {', '.join(others)} or {last}.")
    return format_


def export_paths(view: Snapshot, found: Explanation, format_: str) -> bytes:
    """Return the things and relations of the paths as a file; other relations between the things are not in it.

    ``view`` is the snapshot that was explained. ChooseAgain when there is no path. As ``csv`` it is a table with one
    row a relation, in the order of paths and hops.
    """
    if not found.paths:
        raise ChooseAgain(f"{found.answer} There is nothing to write.")
    drawn = _only(view, found)
    if format_ == "csv":
        return tables.csv(_table(drawn, found))
    return export_things(drawn, format_, found.things)


def _only(view: Snapshot, found: Explanation) -> Snapshot:
    """Return the snapshot with the relations of the paths alone, and what contradicts or denies these or their ends."""
    about = [*found.things, *found.relations]
    resolved = replace(
        view.resolved,
        relations=view.relations.filter(pl.col("id").is_in(found.relations)),
        conflicts=view.conflicts.filter(pl.col("about").is_in(about)),
        denials=view.denials.filter(pl.col("about").is_in(about)),
    )
    return replace(view, parts=Parts.given(of_resolved(resolved, view.sources, view.decisions)))


def _table(drawn: Snapshot, found: Explanation) -> pl.DataFrame:
    places = {id_: place for place, id_ in enumerate(drawn.relations["id"])}
    hidden = redacted(drawn)[0]
    called = wording.called(hidden)
    titles = dict(hidden.sources.select("id", "name").iter_rows())
    notice = " ".join(wording.notices(hidden))
    computed_on = found.computed_on.replace(drawn.scope.named, hidden.scope.named, 1)

    def rows() -> Rows:
        for number, path in enumerate(found.paths, start=1):
            for place, hop in enumerate(path.hops, start=1):
                because = "; ".join(reason.words for reason in hop.because)
                for link in hop.links:
                    row = hidden.relations.row(places[link.id], named=True)
                    yield (
                        number, path.cost, place, row["from"], called.things[row["from"]],
                        wording.phrase(row, catalog()), row["to"], called.things[row["to"]], link.alleged,
                        row["disputed"], wording.when(row), row["support"], row["n_claims"],
                        row["n_sources"], row["n_independent"],
                        wording.speakers(row["claimants"], row["voices"], called),
                        [titles.get(source, source) for source in row["sources"]],
                        because, computed_on, notice,
                    )  # fmt: skip

    return tables.frame(COLUMNS, list(rows()))
