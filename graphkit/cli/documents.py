"""Commands about the documents of sources: kept, opened at a place, and checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from graphkit.cli.options import analyst_option, case_option, examples, json_option, last_used, store_option
from graphkit.errors import ChooseAgain


@click.command(
    epilog=examples(
        "graphkit attach fenmark-2024 fenmark-spring.pdf",
        'graphkit attach fenmark-2024 letter.eml --collector "M. Lind" --at 2024-05-03',
    )
)
@click.argument("source")
@click.argument("file", type=click.Path(path_type=Path))
@analyst_option("--collector", "collected it")
@click.option("--at", metavar="TIME", help="When it was collected. Default: now.")
@click.option("--url", metavar="URL", help="Where it was collected; kept as text and never opened.")
@store_option
@json_option
def attach(source: str, file: Path, collector: str, at: str | None, url: str | None, store: str, as_json: bool) -> None:
    """Keep FILE, a PDF, text, mail or sheet, by its SHA-256 beside the store, as a document of SOURCE.

    Attaching the same again changes nothing. Pictures, sound, films and programs are refused, whatever their name.
    """
    from graphkit import documents, flow, printed

    for name, value in (("--collector", collector), ("--at", at), ("--url", url)):
        if value is not None and not value.strip():
            raise ChooseAgain(f"{name} is empty; give it, or leave it out.")
    content = documents.chosen(file)
    opened = flow.store_at(store)
    printed.attached(flow.attach(opened, source, file.name, content, flow.Collected(collector, at, url)), as_json)


@click.command(
    epilog=examples(
        "graphkit document fenmark-2024",
        'graphkit document fenmark-2024 --locator "page 3"',
        "graphkit document 3f2a91c0 --locator Ports!B7",
    )
)
@click.argument("given", metavar="SOURCE")
@click.option("--locator", metavar="PLACE", help="Print what stands there: a page, paragraph, line, row or cell.")
@case_option
@store_option
@json_option
def document(given: str, locator: str | None, cases: Sequence[str], store: str, as_json: bool) -> None:
    """Say which documents SOURCE has and where they are, or print what stands at a place in one.

    Instead of SOURCE also the beginning of the SHA-256 of one document.
    """
    from graphkit import flow, printed

    opened = flow.store_at(store)
    found = flow.documents_named(opened, flow.scope_of(opened, cases, last_used()), given)
    if locator is None:
        printed.documents([flow.document_at(opened, entry) for entry in found], as_json)
        return
    if len({entry["sha256"] for entry in found}) > 1:
        there = ", ".join(f"{entry['sha256'][:8]} ({entry['file_name']})" for entry in found)
        raise ChooseAgain(f"'{given}' has {len(found)} documents. Name one by its SHA-256: {there}.")
    printed.opened(flow.document_at(opened, found[0], locator), as_json)


@click.command(epilog=examples("graphkit verify", "graphkit verify --json"))
@store_option
@json_option
@click.pass_context
def verify(ctx: click.Context, store: str, as_json: bool) -> None:
    """Hash all documents of the store anew: which are as they were kept, changed, missing, or there without an entry.

    Exits with 1 when one is not as it should be.
    """
    from graphkit import flow, printed

    found = flow.verify(flow.store_at(store))
    printed.verified(found, as_json)
    ctx.exit(1 if found.unwell else 0)
