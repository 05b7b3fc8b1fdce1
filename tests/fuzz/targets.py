"""What is fuzzed: each kind of file that is read, with good files of it and the door they come in by."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml
from hypothesis import strategies as st

from graphkit import flow
from tests.fuzz import mutations, promise, seeds, written
from tests.fuzz.promise import Came, Door
from tests.sheets import packing

Write = Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of file: good ``trees`` of it, how each is written, and the door.

    ``parts`` turns bytes inside of archives; ``count`` is the number of records in a file that are no other format's,
    None where it cannot be told; ``apart`` is set where libraries may end the whole process. ``about_persons``
    says that fields may be of those that are refused.
    """

    name: str
    file: str
    trees: Sequence[Any]
    writes: Sequence[Write]
    door: Door = promise.load
    parts: bool = False
    count: Callable[[bytes], int | None] = lambda content: None
    apart: bool = False
    about_persons: bool = True

    def good(self) -> list[bytes]:
        """Return the good files."""
        return [write(tree) for write in self.writes for tree in self.trees]

    def inputs(self) -> st.SearchStrategy[bytes]:
        """Return what draws bad files."""
        trees = mutations.trees(self.trees, withheld=self.about_persons)
        plain = mutations.trees(self.trees, withheld=False)
        good = self.good()
        written_ = st.tuples(st.sampled_from(self.writes), trees).map(lambda drawn: drawn[0](drawn[1]))
        both = st.tuples(st.sampled_from(self.writes), plain).map(lambda drawn: drawn[0](drawn[1]))
        turned = [mutations.turned(good), both.flatmap(lambda content: mutations.turned([content]))]
        turned += [mutations.within(good)] * self.parts
        mostly = st.sampled_from((*[written_] * (4 if self.parts else 6), *turned))
        return mostly.flatmap(lambda one: one)

    def judge(self, path: Path) -> Came:
        """Return what came of a file; promise.Broken when the promise does not hold."""
        came = promise.held(self.door, path)
        if came.batch and not any("read as" in note for note in came.batch.notes):
            wanted = self.count(path.read_bytes())
            promise.must(wanted in (None, came.batch.read), f"{came.batch.read} of {wanted} records are read")
        return came


def _lines(content: bytes) -> int:
    return sum(bool(line.strip()) for line in content.split(b"\n"))


def _document(content: bytes) -> int:
    given = json.loads(content.decode("utf-8-sig"))
    given = given.get("records", given) if isinstance(given, dict) else given
    return len(given) if isinstance(given, list) else 1


def _table(content: bytes) -> int:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    return sum(any(cell.strip() for cell in row) for row in rows) - 1


def _documents(content: bytes) -> int | None:
    try:
        return sum(map(_listed, yaml.load_all(content.decode("utf-8-sig"), yaml.CBaseLoader)))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None  # aliases may lead nowhere, and tags may be unknown


def _listed(given: Any) -> int:
    if isinstance(given, dict) and "records" in given:
        return len(given["records"]) if isinstance(given["records"], list) else 1
    return len(given) if isinstance(given, list) else int(given not in ("", "~", "null", "Null", "NULL"))


def _rows(content: bytes) -> int:
    return int(pq.read_metadata(io.BytesIO(content)).num_rows)


def _mapping(path: Path) -> Came:
    """Check a sheet by a mapping that was read from a file."""
    mapping = flow.mapping(path, promise.CATALOG)
    sheet = path.with_name(f"{path.name} links.csv")
    sheet.write_bytes(written.in_cells(",")(seeds.LINKS))
    return promise.by_mapping(sheet, mapping)


def _packed(tree: Any) -> bytes:
    return packing.zipped(("in/a.jsonl", written.in_lines(tree)), ("b.csv", written.in_cells(",")(seeds.TABLE)))


def _zipped_sheet(tree: Any) -> bytes:
    return packing.zipped(("a/Sites.csv", written.in_cells(";")(tree)), ("readme.txt", b"x"))


_JSON = (written.in_json, written.in_ascii)
_SHEETS = (seeds.SITES, seeds.EVENTS, seeds.LINKS)
_TEXTS = (
    written.in_cells(","),
    written.in_cells(";", "cp1252", "\r\n"),
    written.in_cells("\t", "utf-16"),
    written.in_cells("|", "cp1251"),
)

TARGETS = {
    one.name: one
    for one in (
        Target("lines", "a.jsonl", (seeds.NATIVE,), (written.in_lines,), count=_lines),
        Target("document", "a.json", (seeds.NATIVE, {"records": seeds.NATIVE}), _JSON, count=_document),
        Target("csv", "a.csv", (seeds.TABLE,), (written.in_cells(","),), count=_table),
        Target("yaml", "a.yaml", (seeds.NATIVE, {"records": seeds.NATIVE}), (written.in_yaml,), count=_documents),
        Target(
            "parquet", "a.parquet", (seeds.NATIVE,), (written.in_parquet,), count=_rows, apart=True, about_persons=False
        ),
        Target("graphml", "a.graphml", (seeds.GRAPHML,), (written.in_xml,)),
        Target("gexf", "a.gexf", (seeds.GEXF,), (written.in_xml,)),
        Target("stix", "a.json", (seeds.STIX, seeds.STIX["objects"]), _JSON),
        Target("misp", "a.json", (seeds.MISP, {"response": [seeds.MISP]}), _JSON),
        Target("galaxy", "a.json", (seeds.GALAXY,), _JSON),
        Target("ftm", "a.jsonl", (seeds.FTM,), (written.in_lines,)),
        Target("whois", "a.json", (seeds.WHOIS, *seeds.WHOIS), _JSON),
        Target("packed", "a.zip", (seeds.NATIVE,), (_packed,), parts=True),
        Target("gz", "a.jsonl.gz", (seeds.NATIVE,), (lambda tree: packing.gz(written.in_lines(tree)),)),
        Target("zst", "a.jsonl.zst", (seeds.NATIVE,), (lambda tree: packing.zst(written.in_lines(tree)),)),
        Target("text sheet", "a.csv", _SHEETS, _TEXTS, promise.by_proposal),
        Target("zipped sheet", "a.zip", _SHEETS, (_zipped_sheet,), promise.by_proposal, parts=True),
        Target("xlsx", "a.xlsx", _SHEETS, (written.in_xlsx,), promise.by_proposal, parts=True, apart=True),
        Target("ods", "a.ods", _SHEETS, (written.in_ods,), promise.by_proposal, parts=True, apart=True),
        Target("xls", "a.xls", _SHEETS, (written.in_xls,), promise.by_proposal, apart=True),
        Target("mapping", "a.yaml", (seeds.MAPPING,), (written.in_yaml,), _mapping, about_persons=False),
    )
}
