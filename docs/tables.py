"""The tables of reference.md, made from the code: ``python docs/tables.py`` writes them anew.

``tests/docs/test_reference.py`` fails when the page and the code say different things.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from graphkit import cli, documents, errors, flow, printed
from graphkit.analytics import METRICS
from graphkit.engines import asking
from graphkit.engines.address import SCHEMES
from graphkit.exports import BACK, ENDINGS, EXPORTS
from graphkit.exports.tables import TABLES
from graphkit.ingest.checks import ATTRIBUTION, MAX_ID, MAX_VALUES
from graphkit.ingest.fields import MEANS, Field
from graphkit.ingest.readers import READERS, SIDE_FILES, native, stream
from graphkit.jobs.model import Jobs
from graphkit.model import values
from graphkit.model.claim import MAX_QUOTE
from graphkit.model.schema import Kind, Property
from graphkit.settings import Settings, shipped
from graphkit.stores import STORES, base, guard
from graphkit.stores.dialect import DIFFERENCES
from graphkit.stores.neo4j import layout

PAGE = Path(__file__).parent / "reference.md"
CONSTRAINTS = shipped("schema") / "neo4j.cypher"
START, END = (f"<!-- made by docs/tables.py: {where} -->" for where in ("begin", "end"))
MIB = 2**20
SCHEMA = Path(__file__).parents[1] / "schema" / "jobs.schema.json"

LOAD_MEANS = {
    "read": "Records read, those of sources, cases, decisions and documents too.",
    "accepted": "Records taken.",
    "rejected": "Records not taken; `read` = `accepted` + `rejected`.",
    "new_claims": "Claims the store did not hold.",
    "known_claims": "Claims it held already.",
    "entities": "Things the store holds after the load.",
    "relations": "Relations the store holds after the load.",
    "refused_fields": "Fields on the deny-list that were dropped.",
    "seconds": "How long it took.",
    "replaced": "Fields of sources and cases that had another value before.",
    "notes": "What should be known of the load, as a list of sentences.",
}
READ_AS = {
    ".jsonl": "JSON Lines: one record a line, each a JSON object in UTF-8. A line that is none is a reject.",
    ".ndjson": "The same as `.jsonl`.",
    ".json": (
        'JSON: a list of records, one record, or `{"records": [...]}`. It is read whole or not at all. '
        "Graphs in JSON are read too, as NetworkX, D3 and Cytoscape write them, and lines of JSON of another tool."
    ),
    ".csv": "A sheet: one record a row, the columns named by the keys in the first row. Empty cells are absent.",
    ".yaml": (
        "YAML: a list of records, one record, or `{records: [...]}`, in one document or several. Every word is text as "
        "it is written, `no` and dates too; nothing, `~` and `null` are absent. Aliases and tags are rejected."
    ),
    ".yml": "The same as `.yaml`.",
    ".parquet": (
        "Apache Parquet, not packed again: one record a row, the columns named by the keys. Dates, times and decimals "
        "are text, midnight without a time zone is a day, null and NaN are absent, lists are several values."
    ),
    ".graphml": "A graph as GraphML: nodes are things, edges are relations. Nothing that it points at is fetched.",
    ".gexf": "A graph as GEXF, 1.1 to 1.3, with its times.",
    ".cyjs": "A graph of Cytoscape, read as `.json` is.",
}


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a Markdown table and an empty line."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ").strip() for cell in row) + " |"
    yield ""


def leaves(command: click.Command, path: str = "graphkit") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, with its full name."""
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from leaves(child, f"{path} {name}")
    else:
        yield path, command


def _commands() -> Iterator[str]:
    yield from ("## Commands", "", "All take `-h` and `--help`; `graphkit --version` shows the version.", "")
    for name, command in leaves(cli.main):
        arguments = [_argument(p) for p in command.params if isinstance(p, click.Argument)]
        yield from (f"### `{' '.join([name, *arguments])}`", "", " ".join((command.help or "").split()), "")
        options = [p for p in command.params if isinstance(p, click.Option)]
        if options:
            yield from table(("option", "takes", "default", "meaning"), map(_option, options))


def _argument(argument: click.Argument) -> str:
    word = argument.metavar or (argument.name or "").upper()
    return word + ("..." if argument.nargs == -1 and not word.endswith("...") else "")


def _option(option: click.Option) -> tuple[str, ...]:
    takes = option.metavar or option.type.name.upper()
    if isinstance(option.type, click.Choice):
        takes = ", ".join(option.type.choices)
    elif isinstance(option.type, click.IntRange | click.FloatRange):
        above = "above" if option.type.min_open else "from"
        takes = f"{above} {option.type.min}" + (f" to {option.type.max}" if option.type.max else "")
    setting = Settings.model_fields.get((option.opts[0]).removeprefix("--"))
    default = setting.default if setting and callable(option.default) else option.default
    told = f"`{default}`" if isinstance(default, str | int | float) and default != "" else ""
    shown = option.show_default if isinstance(option.show_default, str) else "required" if option.required else told
    names = ", ".join(f"`{name}`" for name in option.opts)
    return (
        names,
        "" if option.is_flag else takes + (", several times" if option.multiple else ""),
        "" if option.is_flag else shown,
        option.help or "",
    )


def _property(prop: Property) -> tuple[str, ...]:
    takes = " · ".join(prop.choices) or prop.type
    makes = f" Makes the {prop.makes.kind} `{prop.makes.prefix}…`." if prop.makes else ""
    return f"`{prop.name}`", takes, "many" if prop.many else "one", "yes" if prop.required else "", prop.about + makes


def _kind(kind: Kind) -> Iterator[str]:
    yield from (f"#### {kind.name}", "", kind.about, "")
    if kind.edge:
        ends = f"From {', '.join(kind.edge.from_kinds)} to {', '.join(kind.edge.to_kinds)}"
        both = "; the same in both directions" if kind.edge.symmetric else ""
        closed = "; an end that one claim states holds for all that began by then" if kind.edge.closes else ""
        yield from (f"{ends}{both}{closed}. In words: *{kind.edge.says}*.", "")
    if kind.accuses:
        when = "" if kind.accuses == "always" else " when an end is a Person"
        yield from (f"An allegation{when}: `claimant` is required.", "")
    if kind.id_template:
        yield from (f"Id, derived: `{kind.id_template}`. Leave `id` out.", "")
    made = ", ".join(f"{start} –{relation}→ {end}" for start, relation, end in kind.links)
    if made:
        yield from (f"Makes the relations: {made}.", "")
    if kind.valid_from:
        bounds = f"from `{'` or `'.join(kind.valid_from)}` to `{'` or `'.join(kind.valid_to)}`"
        yield from (f"When it held, unless `valid_from` and `valid_to` say: {bounds}, the first that is given.", "")
    bounds = [field for field in flow.fields(kind) if field.name in kind.valid_from + kind.valid_to]
    seen = [_bound(field) for field in bounds if field.name not in kind.properties]
    if kind.properties:
        rows = [*map(_property, kind.properties.values()), *seen]
        yield from table(("property", "type", "values", "required", "meaning"), rows)


def _bound(field: Field) -> tuple[str, ...]:
    return f"`{field.name}`", field.type, "one", "", f"{field.about} Says when all of the record held."


def _kinds() -> Iterator[str]:
    kinds = list(flow.catalog())
    groups = (
        ("Things", "A record takes `id` (unless derived), at least one property, and the attribution fields.",
         [k for k in kinds if k.is_entity]),
        ("Relations", "A record takes `from`, `to`, the properties, and the attribution fields.",
         [k for k in kinds if k.edge]),
        ("Observations of websites", "Flat rows; the ids come from the values. Also takes the attribution fields.",
         [k for k in kinds if k.observation]),
        ("Registers", "No claims: a record takes `id` and the properties; later values win.",
         [k for k in kinds if k.registry]),
    )  # fmt: skip
    yield from ("## Kinds", "")
    for title, about, group in groups:
        yield from (f"### {title}", "", about, "")
        for kind in group:
            yield from _kind(kind)


def _types() -> Iterator[str]:
    yield from ("## Property types", "")
    yield from table(("type", "is"), ((f"`{n}`", inspect.getdoc(f) or "") for n, f in values.TYPES.items()))


def _attribution() -> Iterator[str]:
    yield from ("## Attribution fields", "", "They stand beside the properties and apply to all of the record.", "")
    yield from table(("field", "meaning"), ((f"`{name}`", MEANS[name]) for name in ATTRIBUTION))


def _parts() -> Iterator[str]:
    yield from ("## Metrics", "")
    for name, metric in METRICS.items():
        yield from (f"### `{name}`", "", inspect.getdoc(metric) or "", "")
    yield from ("## Exports", "")
    yield "The first ones show a graph. `records`, `stix` and `ftm` can be loaded back: `graphkit load` takes them.\n"
    for name, ending in ENDINGS.items():
        about = inspect.getdoc(EXPORTS[name] if name in EXPORTS else BACK[name]) or ""
        yield from (f"### `{name}`", "", about, "", f"A file ends in `{ending}`.", "")
    yield from ("## Tables", "")
    for name, write in TABLES.items():
        yield from (f"### As `{name}`", "", inspect.getdoc(write) or "", "")
    packed, passed = (" and ".join(f"`{end}`" for end in sorted(ends)) for ends in (stream.PACKED, SIDE_FILES))
    about = (
        f"By file name ending, also packed as {packed}. In folders, hidden files, {passed} are passed over, and other "
        "files that are no records are left out with a note; a file that is named itself must have a reader."
    )
    yield from ("## Readers", "", about, "")
    yield from table(("ending", "is"), ((f"`{name}`", READ_AS[name]) for name in READERS))
    yield from ("## Stores", "", "What `--store` and `GRAPHKIT_STORE` take.", "")
    first, *others = (f"`{scheme}://`" for scheme in SCHEMES)
    server = (
        f"A store in one database of a Neo4j server. Instead of {first} also {', '.join(others)}; `+s` is encrypted."
    )
    addresses = (
        ("a file path, such as `graphkit.kgl`", inspect.getdoc(STORES["embedded"]) or ""),
        ("`neo4j://user@host:7687/database`", server),
    )
    yield from table(("address", "is"), addresses)


def _settings() -> Iterator[str]:
    yield from ("## Settings", "", "From the environment; command line options win over them.", "")
    made, rows = {"state": "~/.local/state/graphkit", "cache": "~/.cache/graphkit", "analyst": "$USER"}, []
    for name, field in Settings.model_fields.items():
        default = made.get(name, field.default)
        rows.append((f"`GRAPHKIT_{name.upper()}`", f"`{default}`" if default else "", field.description or ""))
    yield from table(("variable", "default", "meaning"), rows)


def _load() -> Iterator[str]:
    yield from ("## What `load --json` prints", "")
    yield from table(("key", "meaning"), ((f"`{key}`", LOAD_MEANS[key]) for key in printed.COUNTS))


def _limits() -> Iterator[str]:
    yield from ("## Limits", "")
    rows = [
        ("a line of a file, a cell of a sheet", f"{stream.MAX_LINE // MIB} MiB"),
        ("a `.json` document", f"{native.MAX_DOCUMENT // MIB} MiB; larger ones as `.jsonl`"),
        ("a packed file", f"may unpack to {stream.MAX_RATIO} times its size"),
        ("an id", f"{MAX_ID} characters on one line, not starting with `rel:`"),
        ("a text", f"{values.MAX_TEXT:,} characters"),
        ("a quote", f"{MAX_QUOTE} characters"),
        ("values in one field of a record", f"{MAX_VALUES:,}"),
        ("a document", f"{documents.MAX_BYTES // MIB} MiB"),
        ("rejects shown by `load`", f"{printed.SHOWN_REJECTS}; `--rejects FILE` has all"),
        ("claims in one dossier", f"{flow.MAX_DOSSIER:,}"),
        ("memory of a query", f"{asking.QUERY_MEMORY_MB:,} MB"),
        ("waiting for another process that writes", f"{base.WAIT_FOR_WRITER:g} s"),
        ("procedures that queries may call", ", ".join(f"`{name}`" for name in sorted(guard.PROCEDURES))),
    ]
    yield from table(("of", "limit"), rows)


def _dialect() -> Iterator[str]:
    yield from ("## Where the stores differ in Cypher", "", "All else is one dialect.", "")
    rows = ((d.about, f"`{d.cypher}`", _answer(d.embedded), _answer(d.neo4j)) for d in DIFFERENCES)
    yield from table(("difference", "such as", "embedded", "neo4j"), rows)


def _answer(rows: list[list[Any]] | str) -> str:
    return rows if isinstance(rows, str) else ", ".join(f"`{json.dumps(value)}`" for row in rows for value in row)


def error_classes() -> list[type[errors.GraphkitError]]:
    """Return all error classes, as they stand in errors.py."""
    found = [value for value in vars(errors).values() if inspect.isclass(value)]
    return [value for value in found if issubclass(value, errors.GraphkitError)]


def _errors() -> Iterator[str]:
    yield from ("## Errors", "", "In `graphkit.errors`, for those who use graphkit from Python.", "")
    rows = ((f"`{e.__name__}`", f"`{e.__bases__[0].__name__}`", inspect.getdoc(e) or "") for e in error_classes())
    yield from table(("error", "is a", "means"), rows)


def made() -> str:
    """Return the made part of the page, markers included."""
    parts = (_commands, _load, _attribution, _types, _kinds, _parts, _settings, _limits, _dialect, _errors)
    return "\n".join([START, "", *(line.replace("``", "`") for part in parts for line in part()), END])


def put(page: str, region: str) -> str:
    """Return the page with the made part in its place."""
    before, _, rest = page.partition(START)
    return before + region + rest.partition(END)[2]


def schema() -> str:
    """Return the JSON Schema of jobs files."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Jobs.model_json_schema()
    return json.dumps(made, indent=1) + "\n"


if __name__ == "__main__":
    CONSTRAINTS.write_text(layout.as_file(flow.catalog()), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
    PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), made()), encoding="utf-8")
