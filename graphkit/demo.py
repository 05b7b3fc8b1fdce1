"""The two example cases in a few lines each."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from graphkit import flow
from graphkit.exports import wording
from graphkit.last_used import LastUsed
from graphkit.stores import Store


def lines(store: Store, report: flow.LoadReport | None, last_used: LastUsed) -> Iterator[str]:
    """Yield what is in each case: what was loaded, what is disputed, who is most central in these records."""
    yield "The example cases are here already." if report is None else f"Loaded {report.accepted:,} records."
    for case in flow.cases(store).filter(pl.col("id").is_in(flow.seed_cases())).iter_rows(named=True):
        view = flow.snapshot(store, flow.scope_of(store, [case["id"]], last_used))
        yield f"\n{case['name']}\n{'─' * len(case['name'])}"
        if view.invented:
            yield wording.INVENTED
        yield (
            f"{wording.plural(len(view.sources), 'source')}, {len(view.things):,} things, "
            f"{len(view.relations):,} relations."
        )
        called = wording.called(view)
        disputed = [wording.contradiction(row, called, flow.catalog()) for row in view.conflicts.to_dicts()]
        yield "Disputed: " + ("nothing." if not disputed else "".join(f"\n  - {line}" for line in disputed))
        yield "Most central among actors, places and incidents in these records (things each is linked to):"
        for row in flow.rank(view, "degree", None, 5, flow.Counting(among=flow.ACTORS)).rows:
            yield f"  {row['score']:>3.0f}  {row['name']} ({row['kind']})"
    yield f"\n{wording.CAUTION}\nNext: graphkit show freight-yard-explosion --case invented"
