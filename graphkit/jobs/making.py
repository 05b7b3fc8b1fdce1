"""What a job exports, file by file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from graphkit import flow
from graphkit.errors import ChooseAgain, NotFound
from graphkit.exports import ENDINGS, listing, tables, wording
from graphkit.exports.tables import TABLES
from graphkit.graph.redact import redacted, unnamed_rows
from graphkit.graph.scope import Scope
from graphkit.jobs.copied import copied
from graphkit.jobs.file import JobsFile
from graphkit.jobs.model import ClaimsJob, GraphJob, Job, QueryJob, RankJob, RequestsJob, WebsitesJob
from graphkit.last_used import LastUsed
from graphkit.stores import Store


@dataclass(frozen=True, slots=True)
class Made:
    """One file of a run: its name, its bytes part by part, and how many rows or things are in it."""

    name: str
    parts: Iterable[bytes]
    rows: int


@dataclass(frozen=True, slots=True)
class Making:
    """What a run exports: the cases, the version of the store, the files as they are made, and what to know."""

    scope: list[str]
    version: str
    files: Iterator[Made]
    note: str = ""


def cases(store: Store, file: JobsFile, job: Job) -> Scope:
    """Return the cases that a job exports; an error names the place in the file.

    A job names them, unless the store has exactly one. A query without cases is asked of all of them.
    """
    known: list[str] = store.register("Case")["id"].to_list()
    if job.case:
        try:
            return flow.scope_of(store, job.case, LastUsed(file.path.parent))
        except NotFound as problem:
            raise NotFound(f"{file.place(job, 'case')}: {problem}") from None
    if isinstance(job, QueryJob):
        return Scope(tuple(known))
    if len(known) != 1:
        there = f"the store has {len(known)} ({', '.join(known)})" if known else "the store has none yet"
        example = f" Write case: [{known[0]}]." if known else " Load records with 'graphkit load PATH'."
        raise ChooseAgain(f"{file.place(job, 'case')}: the job names no case, and {there}.{example}")
    return Scope((known[0],))


def making(store: Store, file: JobsFile, job: Job, scratch: Path) -> Making:
    """Return what a job exports of a store; ``scratch`` is a folder for what is needed meanwhile."""
    scope = cases(store, file, job)
    if isinstance(job, GraphJob):
        return _graph(store, scope, file, job)
    if isinstance(job, QueryJob):
        return _answer(store, scope, job, scratch)
    if isinstance(job, ClaimsJob):
        view, claims = flow.hand_over(store, scope)
        rows = listing.claims(view, claims, flow.catalog())
    elif isinstance(job, RequestsJob):
        view, rows = flow.requests_to_hand_over(store, scope)
    else:
        view = redacted(flow.filled_snapshot(store, scope))[0]
        if isinstance(job, RankJob):
            ranked = flow.rank(
                view, job.metric, job.kind, job.top or len(view.things), flow.Counting(among=tuple(job.among))
            )
            rows = listing.ranking(view, ranked.rows, ranked.metric, ranked.computed_on)
        elif isinstance(job, WebsitesJob):
            rows = flow.links_to_hand_over(view)
        else:
            rows = flow.conflicts_to_hand_over(view)
    return Making(list(view.scope.cases), view.version, _tables(job, rows))


def _tables(job: Job, rows: pl.DataFrame) -> Iterator[Made]:
    for format_ in job.formats:
        yield Made(f"{job.what}.{format_}", [TABLES[format_](rows)], len(rows))


def _graph(store: Store, scope: Scope, file: JobsFile, job: GraphJob) -> Making:
    made = flow.to_hand_over(store, scope, job.formats, job.around)
    try:
        things = len(made.things)
    except NotFound as problem:
        raise NotFound(f"{file.place(job, 'around')}: {problem}") from None

    def files() -> Iterator[Made]:
        for format_ in job.formats:
            yield Made(f"graph{ENDINGS[format_]}", made.content(format_), things)

    return Making(list(redacted(made.view)[0].scope.cases), made.view.version, files(), made.note)


def _answer(store: Store, scope: Scope, job: QueryJob, scratch: Path) -> Making:
    view = flow.snapshot(store, scope)
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".asked.") as folder:
        asked = store
        if view.protected or job.case:
            asked = copied(store, scope.cases, view, Path(folder) / "copy.kgl")
        answer = flow.query(asked, job.cypher, job.params, job.limit, job.timeout)
    (columns,) = unnamed_rows(view, [answer.columns])
    rows = tables.frame(_apart(columns), unnamed_rows(view, answer.rows))
    if view.invented:
        rows = rows.with_columns(pl.lit(wording.INVENTED).alias(_free("notice", rows.columns)))
    note = "" if answer.complete else f"only the first {job.limit:,} rows; raise limit for more"
    return Making(list(redacted(view)[0].scope.cases), view.version, _tables(job, rows), note)


def _apart(names: list[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        found.append(_free(name, found))
    return found


def _free(name: str, taken: list[str]) -> str:
    place, free = 1, name
    while free in taken:
        place += 1
        free = f"{name} {place}"
    return free
