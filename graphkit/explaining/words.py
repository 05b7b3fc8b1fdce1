"""Why paths are as they are, and why there is none, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphkit.analytics.paths import Apart, Found, Step, Wanted, in_bits
from graphkit.explaining.values import Reason, Thing
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot

METHOD = (
    "Computed by graphkit: which paths, and their order; the shortest loop-free ones (Yen 1971) by support, rarity and "
    "time. Sourced: what each hop says. Being linked in records does not mean having to do with each other."
)
FEW = 10
NAMED = 5


def reasons(step: Step, leading: Mapping[str, Any], shared: int | None) -> Iterator[Reason]:
    """Yield why a hop costs what it costs.

    ``shared`` is how many things are linked to what it leads to, if that is passed. The words name nothing and nobody,
    so that they can be handed over.
    """
    yield Reason("evidence", _evidence(step, leading), in_bits(step.evidence))
    if shared is not None:
        few = "only " if shared <= FEW else ""
        yield Reason("rarity", f"it leads to what {few}{wording.plural(shared, 'thing')} share", in_bits(step.passing))
    if step.apart is not None:
        yield Reason("time", _time(step.apart), in_bits(step.in_time))


def _evidence(step: Step, leading: Mapping[str, Any]) -> str:
    support = leading["support"]
    rated = wording.UNRATED if support is None else f"support {support:.0f} of 100"
    parts = [rated, wording.plural(leading["n_independent"], "independent source")]
    parts += ["disputed"] if leading["disputed"] else []
    parts += [f"the best backed of {len(step.rows)} relations"] if len(step.rows) > 1 else []
    return ", ".join(parts)


def _time(apart: Apart) -> str:
    if apart.days is not None:
        return f"not at the same time as the hop before: {_gap(apart.days)}"
    if not apart.spans:
        return "no dates to compare with the hop before"
    when = wording.when({"spans": [span for span in apart.spans if span != "../.."]})
    return "may have held at the same time as the hop before" + (f", {when}" if when else "")


def _gap(days: int) -> str:
    if days == 0:
        return "one ends where the other begins"
    lengths = (("year", 365.25), ("month", 30.4), ("day", 1.0))
    unit, length = next(each for each in lengths if days >= 2 * each[1] or each[1] == 1)
    return f"{wording.plural(round(days / length), unit)} between them"


def answer(a: Thing, b: Thing, found: Found, wanted: Wanted) -> str:
    """Return the whole in one sentence: by how many paths two things are linked, or why by none."""
    at_most = wording.plural(wanted.max_hops, "hop")
    if found.paths:
        count = wording.plural(len(found.paths), "path")
        return f"{a.name} and {b.name} are linked in these records by {count} of at most {at_most}."
    not_linked = f"{a.name} and {b.name} are not linked in these records"
    apart = found.unlinked
    if apart is None:
        return f"No path was found between {a.name} and {b.name} before the search was stopped."
    if apart.through_hubs is None:
        around = [_around(thing, count) for thing, count in zip((a, b), apart.around, strict=True)]
        return f"{not_linked} by any path: {around[0]}, {around[1]}, and none of these is the same."
    if apart.hops is None or apart.hops > wanted.max_hops >= apart.through_hubs:
        through = wording.plural(apart.through_hubs, "hop")
        return f"{not_linked} without passing a hub in at most {at_most}. Through hubs they are, in {through}."
    return f"{not_linked} by a path of at most {at_most}. The shortest one has {wording.plural(apart.hops, 'hop')}."


def _around(thing: Thing, count: int) -> str:
    return f"from {thing.name} {wording.plural(count, 'thing') if count else 'nothing'} can be reached"


def notes(found: Found, avoided: Sequence[Thing], wanted: Wanted) -> Iterator[str]:
    """Yield sentences on what is left out and what is not sure."""
    if found.sure and 0 < len(found.paths) < wanted.top:
        yield f"There are no more paths of at most {wording.plural(wanted.max_hops, 'hop')}."
    if not found.sure:
        yield "The search was stopped: there may be more paths. Fewer hops, or avoiding hubs, make it shorter."
    if avoided:
        named = ", ".join(f"{thing.name} ({thing.linked:,})" for thing in avoided[:NAMED])
        more = f" and {len(avoided) - NAMED:,} more" if len(avoided) > NAMED else ""
        yield f"Hubs that were not passed, linked to more than {found.more_than:,} things each: {named}{more}."
    elif wanted.avoid_hubs:
        yield f"No hub was in the way: nothing between the two is linked to more than {found.more_than:,} things."


def computed_on(view: Snapshot, sure: bool, wanted: Wanted) -> str:
    """Return the line that goes with an explanation: scope, size, and how it was computed."""
    things, links = len(view.things), len(view.types)
    hubs = "; hubs avoided" if wanted.avoid_hubs else ""
    how = "exact" if sure else "stopped before it was done"
    return (
        f"case {view.scope.named}: {things:,} things, {links:,} relations; {how}; directions ignored; NumPy; "
        f"{str(view.scope.moment) or 'all dates'}; weights: support, rarity, time; at most {wanted.max_hops} hops{hubs}"
    )
