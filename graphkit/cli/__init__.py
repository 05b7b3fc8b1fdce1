"""The command line: parse, call flow, print."""

from __future__ import annotations

import click

from graphkit.cli import (
    adding,
    analysing,
    cases,
    deciding,
    documents,
    erasing,
    explaining,
    handing_over,
    jobs,
    looking,
    mapping,
    matching,
    pivoting,
    records,
    requesting,
    resolving,
    starting,
)
from graphkit.cli.options import Group


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="graphkit", prog_name="graphkit")
def main() -> None:
    """Who said what about whom: an evidence graph of actors, incidents and networks.

    \b
    Start here:
      graphkit demo                       two example cases, in the terminal and the app
      graphkit load records.jsonl         put records of yours into graphkit.kgl
      graphkit map sheet.xlsx             see what a sheet would become, and load it by that
      graphkit add Person                 put in one record by hand; it asks for the rest
      graphkit show ID                    everything that is said of one thing, and by whom
      graphkit app                        look around in the browser
    """


for command in (
    cases.case, records.load, records.check, mapping.map_, adding.add, looking.show, looking.search, matching.match,
    resolving.resolve, looking.sources, looking.query, explaining.explain, looking.conflicts, requesting.requests,
    analysing.rank, analysing.communities, analysing.key_players, analysing.likely, analysing.reach, analysing.changes,
    analysing.ties, pivoting.pivot,
    deciding.correct, deciding.withdraw, deciding.retract, deciding.merge, deciding.split, deciding.watch,
    deciding.undo, deciding.log,
    documents.attach, documents.document, documents.verify, erasing.erase, handing_over.export,
    jobs.jobs, starting.app, starting.demo, starting.doctor,
):  # fmt: skip
    main.add_command(command)
