"""Commands about cases."""

from __future__ import annotations

import click

from graphkit.cli.options import Group, examples, json_option, last_used, opened_at, store_option


@click.group(cls=Group)
def case() -> None:
    """Cases: named sets of sources that are looked at together."""


@case.command("new", epilog=examples('graphkit case new harbour --purpose "Who moved the sites?" --owner "M. Lind"'))
@click.argument("id_", metavar="ID")
@click.option("--name", help="What it is called. Default: the id.")
@click.option("--purpose", help="What it is for.")
@click.option("--owner", help="Who answers for it.")
@click.option("--tlp", help="CLEAR, GREEN, AMBER, AMBER+STRICT or RED.")
@click.option("--review-date", help="When it must be looked at again or closed.")
@store_option
def case_new(id_: str, store: str, name: str | None, **entry: str | None) -> None:
    """Make a case and use it from now on."""
    from graphkit import flow

    flow.new_case(flow.store_at(store), last_used(), {"id": id_, "name": name or id_} | entry)
    click.echo(f"Case '{id_}' is made and in use.")


@case.command("list", epilog=examples("graphkit case list", "graphkit case list --json"))
@store_option
@json_option
def case_list(store: str, as_json: bool) -> None:
    """List the cases of the store; the one in use is marked."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    printed.cases(flow.cases(opened), flow.scope_of(opened, (), last_used()), as_json)


@case.command("use", epilog=examples("graphkit case use article"))
@click.argument("id_", metavar="ID")
@store_option
def case_use(id_: str, store: str) -> None:
    """Use a case whenever none is named."""
    from graphkit import flow

    flow.use_case(flow.store_at(store), last_used(), id_)
    click.echo(f"Case '{id_}' is in use.")


@case.command("compare", epilog=examples("graphkit case compare article invented"))
@click.argument("a")
@click.argument("b")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many of each.")
@store_option
@json_option
def case_compare(a: str, b: str, limit: int, store: str, as_json: bool) -> None:
    """Compare two cases: the things and identifiers in both, and what only both together contradict."""
    from graphkit import flow, printed

    opened, _ = opened_at(store, [a, b])
    printed.comparison(flow.compare(opened, a, b, last_used()), limit, as_json)
