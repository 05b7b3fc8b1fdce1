"""Who is central, which groups there are, what holds them together, what may be missing, and when what was reached."""

from __future__ import annotations

from collections.abc import Sequence

import click

from graphkit.cli.options import Looked, examples, looks_at

_AMONG = click.option("--among", multiple=True, metavar="KIND", help="Count only things of these kinds; several times.")
_WEIGHTS = click.option(
    "--weights", default="none", show_default=True, help="What a link weighs: none, count (of relations), or support."
)
_TOP = click.option("--top", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many rows.")


@click.command(
    epilog=examples(
        "graphkit rank degree",
        "graphkit rank betweenness --kind Person --top 5 --format json",
        "graphkit rank pagerank --near quiet-relay --weights support",
    )
)
@click.argument("metric")
@click.option("--kind", help="Only things of this kind, such as Person.")
@_AMONG
@click.option("--through", multiple=True, metavar="KIND", help="Link those --among by what they share of this kind.")
@_WEIGHTS
@click.option("--directed", is_flag=True, help="Follow relations in their direction only.")
@click.option(
    "--near", multiple=True, metavar="ID", help="Rank by nearness to this thing, with pagerank; several times."
)
@click.option(
    "--firm", is_flag=True, help="Say how firm each rank is: without a tenth of the relations, without one source."
)
@_TOP
@looks_at("table", "json")
def rank(
    metric: str,
    kind: str | None,
    among: Sequence[str],
    weights: str,
    through: Sequence[str],
    directed: bool,
    near: Sequence[str],
    firm: bool,
    top: int,
    at: Looked,
) -> None:
    """Rank things by a metric, such as degree or betweenness: central in these records, not in the world.

    The metrics: degree, in_degree, out_degree, strength, pagerank, eigenvector, katz, hubs, authorities, closeness,
    harmonic, betweenness, betweenness_approximate, core, clustering, effective_size, constraint, fragmentation,
    cut_off. The reference says what each means.
    """
    from graphkit import flow, printed

    for name in [kind, *among] if kind else among:
        flow.catalog().entity(name)
    with printed.computing(metric) as told:
        counting = flow.Counting(weights, directed, tuple(near), tuple(among), tuple(through), told)
        ranking = flow.rank(at.view, metric, kind, top, counting)
        ranking = flow.firm(at.view, ranking, counting) if firm else ranking
    printed.ranking(ranking, at.view, at.format)


@click.command(epilog=examples("graphkit ties edge_betweenness", "graphkit ties bridge --among Person --top 5"))
@click.argument("metric")
@_AMONG
@click.option("--directed", is_flag=True, help="Follow relations in their direction only.")
@_TOP
@looks_at("table", "csv", "json")
def ties(
    metric: str,
    among: Sequence[str],
    directed: bool,
    top: int,
    at: Looked,
) -> None:
    """Rank links: which carry most ways (edge_betweenness), which alone join something to the rest (bridge)."""
    from graphkit import flow, printed

    with printed.computing(metric) as told:
        found = flow.ties(at.view, metric, top, flow.Counting(directed=directed, among=tuple(among), told=told))
    printed.answer(found, at.view, at.format)


@click.command(
    epilog=examples("graphkit communities", "graphkit communities --among Person --among Organization --json")
)
@_AMONG
@_WEIGHTS
@looks_at("table", "csv", "json")
def communities(
    among: Sequence[str],
    weights: str,
    at: Looked,
) -> None:
    """List groups of things that are linked to one another more than to the rest (Leiden), and how firm they are."""
    from graphkit import flow, printed

    found = flow.communities(at.view, flow.Counting(weights, among=tuple(among)))
    printed.answer(found, at.view, at.format)


@click.command(
    "key-players",
    epilog=examples(
        "graphkit key-players", "graphkit key-players --size 3 --among Person", "graphkit key-players --reach 2"
    ),
)
@click.option("--size", default=5, show_default=True, type=click.IntRange(min=1), help="How many things.")
@click.option(
    "--reach", type=click.IntRange(min=1), metavar="STEPS",
    help="Rather those that together reach most others in so many steps.",
)  # fmt: skip
@_AMONG
@looks_at("table", "csv", "json")
def key_players(
    size: int,
    reach: int | None,
    among: Sequence[str],
    at: Looked,
) -> None:
    """Name the things whose loss, one after the other, would break these records' network apart most."""
    from graphkit import flow, printed

    with printed.computing("key players") as told:
        found = flow.key_players(at.view, size, flow.Counting(among=tuple(among), told=told), reach or 0)
    printed.answer(found, at.view, at.format)


@click.command(
    epilog=examples("graphkit likely", "graphkit likely --measure jaccard --among Domain --among Identifier")
)
@click.option(
    "--measure", default="adamic_adar", show_default=True,
    help="adamic_adar, resource_allocation, jaccard or common_neighbours.",
)  # fmt: skip
@click.option("--persons", is_flag=True, help="Pairs with persons too. Off unless asked for, and logged.")
@_AMONG
@_TOP
@looks_at("table", "csv", "json")
def likely(
    measure: str,
    persons: bool,
    among: Sequence[str],
    top: int,
    at: Looked,
) -> None:
    """List pairs that no relation links and that share most: a reason to look, and no evidence."""
    from graphkit import flow, printed

    found = flow.likely(at.view, measure, top, persons, flow.Counting(among=tuple(among)))
    printed.answer(found, at.view, at.format)


@click.command(epilog=examples("graphkit reach quiet-relay", "graphkit reach quiet-relay --since 2021 --certainly"))
@click.argument("id_", metavar="ID")
@click.option(
    "--since", default="", metavar="DAY", help="Only relations that hold on or after this day, month or year."
)
@click.option("--certainly", is_flag=True, help="Leave out relations without dates.")
@click.option("--directed", is_flag=True, help="Follow relations in their direction only.")
@looks_at("table", "csv", "json", timed=False)
def reach(
    id_: str,
    since: str,
    certainly: bool,
    directed: bool,
    at: Looked,
) -> None:
    """List what a thing could have reached by relations that followed one another in time, and when first."""
    from graphkit import flow, printed

    printed.answer(flow.reach(at.view, id_, since, certainly, directed), at.view, at.format)


@click.command(
    epilog=examples("graphkit changes degree 2020 2022", "graphkit changes pagerank 2019 2020 2021 --among Domain")
)
@click.argument("metric")
@click.argument("days", nargs=-1)
@_AMONG
@_TOP
@looks_at("table", "csv", "json", timed=False)
def changes(
    metric: str,
    days: Sequence[str],
    among: Sequence[str],
    top: int,
    at: Looked,
) -> None:
    """Compare the ranks of things by a metric as of several days, months or years: who rose and who fell."""
    from graphkit import flow, printed

    found, view = flow.changes(at.store, at.scope, metric, days, flow.Counting(among=tuple(among)))
    printed.answer(found, view, at.format, top)
