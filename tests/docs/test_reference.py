"""The reference leaves nothing out and says what the code says."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import click
import pytest

from graphkit import cli, errors, flow, printed
from graphkit.analytics import METRICS
from graphkit.engines.address import SCHEMES
from graphkit.exports import ENDINGS
from graphkit.exports.tables import TABLES
from graphkit.ingest.checks import ATTRIBUTION
from graphkit.ingest.readers import READERS
from graphkit.ingest.readers.stream import PACKED
from graphkit.model.schema import Kind
from graphkit.model.values import TYPES
from graphkit.settings import Settings
from graphkit.stores.guard import PROCEDURES

from .pages import ROOT

PAGE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
KINDS = list(flow.catalog())


def _tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tables", ROOT / "docs" / "tables.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _section(heading: str) -> str:
    """Return what stands under a heading, up to the next of its level or higher."""
    level = len(heading) - len(heading.lstrip("#"))
    start = re.search(rf"^{re.escape(heading)}$", PAGE, re.M)
    assert start, f"the reference has no heading '{heading}'"
    rest = PAGE[start.end() :]
    end = re.search(rf"^#{{1,{level}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def _leaves(command: click.Command, path: tuple[str, ...] = ("graphkit",)) -> list[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        return [leaf for word, child in command.commands.items() for leaf in _leaves(child, (*path, word))]
    return [(" ".join(path), command)]


def test_the_made_part_of_the_reference_is_what_the_code_says() -> None:
    region = _tables().made()
    assert region in PAGE, "run: .venv/bin/python docs/tables.py"


def test_the_schema_of_jobs_files_is_what_the_code_says_and_no_kind() -> None:
    shipped = ROOT / "schema" / "jobs.schema.json"
    assert shipped.read_text(encoding="utf-8") == _tables().schema(), "run: .venv/bin/python docs/tables.py"
    assert not {"Jobs", "jobs", "jobs.schema"} & set(flow.catalog().kinds)


@pytest.mark.parametrize(
    ("path", "command"), _leaves(cli.main), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_is_in_the_reference(path: str, command: click.Command) -> None:
    heading = re.search(rf"^### `{path}(?: \[?[A-Z=]+(?:\.\.\.)?\]?)*`$", PAGE, re.M)
    assert heading, f"{path} is not in the reference"
    section = _section(heading[0])
    for option in command.params:
        if isinstance(option, click.Option):
            assert all(f"`{flag}`" in section for flag in option.opts), f"{path} {option.opts}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_and_property_is_in_the_reference(kind: Kind) -> None:
    section = _section(f"#### {kind.name}")
    rows = {row.split("`")[1]: row for row in re.findall(r"^\| `.*$", section, re.M)}
    bounds = set(kind.valid_from + kind.valid_to)
    assert set(rows) == set(kind.properties) | bounds
    for prop in kind.properties.values():
        cells = [cell.strip() for cell in rows[prop.name].split("|")]
        assert cells[3] == ("many" if prop.many else "one")
        assert cells[4] == ("yes" if prop.required else "")
        assert prop.type in cells[2] or set(prop.choices) <= set(cells[2].split(" · "))
    if kind.edge:
        assert f"From {', '.join(kind.edge.from_kinds)} to {', '.join(kind.edge.to_kinds)}" in section
    assert ("An allegation" in section) == bool(kind.accuses)


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("## Metrics", list(METRICS)),
        ("## Exports", list(ENDINGS)),
        ("## Tables", list(TABLES)),
        ("## Readers", [*READERS, *PACKED]),
        ("## Settings", [f"GRAPHKIT_{field.upper()}" for field in Settings.model_fields]),
        ("## Attribution fields", list(ATTRIBUTION)),
        ("## Property types", list(TYPES)),
        ("## What `load --json` prints", list(printed.COUNTS)),
        ("## Limits", sorted(PROCEDURES)),
        (
            "## Errors",
            [n for n, e in vars(errors).items() if isinstance(e, type) and issubclass(e, errors.GraphkitError)],
        ),
    ],
    ids=lambda value: value.strip("# ") if isinstance(value, str) else "",
)
def test_every_part_that_has_a_name_is_in_the_reference(heading: str, names: list[str]) -> None:
    section = _section(heading)
    assert [part for part in names if f"`{part}`" not in section] == []


def test_a_setting_without_a_default_shows_none() -> None:
    rows = {
        row.split("`")[1]: row.split("|")[2].strip() for row in re.findall(r"^\| `.*$", _section("## Settings"), re.M)
    }
    assert rows["GRAPHKIT_NEO4J_PASSWORD"] == rows["GRAPHKIT_NEO4J_PASSWORD_FILE"] == ""
    assert rows["GRAPHKIT_STATE"] == "`~/.local/state/graphkit`"


def test_every_address_of_a_store_in_the_reference_is_accepted() -> None:
    schemes = set(re.findall(r"`?([a-z0-9+]+)://", _section("## Stores")))
    assert schemes == set(SCHEMES)


def test_no_two_property_types_and_no_table_are_empty_or_the_same() -> None:
    meanings = [row.split("|")[2] for row in re.findall(r"^\| `.*$", _section("## Property types"), re.M)]
    assert len(set(meanings)) == len(TYPES)
    assert not re.search(r"^\|(---\|)+\n\n", PAGE, re.M)


def test_every_word_of_the_glossary_is_linked_from_where_it_is_first_used() -> None:
    words = re.findall(r"^### (.+)$", _section("## Glossary"), re.M)
    assert {"Admiralty scale", "EDTF", "A-label", "Dempster's rule", "TLP", "Pivot"} <= set(words)
    pages = {page: (ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("why.md", "how-to/records.md")}
    for page, anchors in (("why.md", ("admiralty-scale", "dempsters-rule", "edtf")), ("how-to/records.md", ("edtf",))):
        assert [anchor for anchor in anchors if f"reference.md#{anchor})" not in pages[page]] == []


def test_a_default_is_told_whole_or_not_at_all() -> None:
    cells = [cell.strip() for line in PAGE.splitlines() if line.startswith("|") for cell in line.split("|")]
    assert [cell for cell in cells if cell in ("`", "``")] == []
    assert "PydanticUndefined" not in PAGE
