"""Commands that start something."""

from __future__ import annotations

import click

from graphkit.cli.options import PORT, examples, json_option, last_used, store_option


@click.command(epilog=examples("graphkit app", "graphkit app --port 8600"))
@click.option("--port", default=8501, show_default=True, type=PORT, help="Where the browser finds it.")
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Who can reach it; only this machine unless told."
)
@store_option
def app(port: int, address: str, store: str) -> None:
    """Serve the app for the browser, on a store that can be read or is not there yet."""
    from graphkit import flow, serve

    flow.must_be_readable(flow.store_at(store))
    serve.app(store, address, port)


@click.command(epilog=examples("graphkit demo", "graphkit demo --no-app --store /tmp/demo.kgl"))
@click.option("--no-app", is_flag=True, help="Stop before the app.")
@click.option("--port", default=8501, show_default=True, type=PORT, help="Where the browser finds it.")
@store_option
def demo(no_app: bool, port: int, store: str) -> None:
    """Load the two example cases, say what is in each, and serve the app."""
    from graphkit import demo as example_cases
    from graphkit import flow, serve

    opened = flow.store_at(store)
    for text in example_cases.lines(opened, flow.load_seed(opened, last_used()), last_used()):
        click.echo(text)
    if not no_app:
        serve.app(store, "127.0.0.1", port)


@click.command(epilog=examples("graphkit doctor"))
@store_option
@json_option
@click.pass_context
def doctor(ctx: click.Context, store: str, as_json: bool) -> None:
    """Say what is installed and whether the store can be used."""
    from graphkit import doctor as examination

    ctx.exit(0 if examination.passed(store, as_json) else 1)
