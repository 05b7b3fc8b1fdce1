"""What the files of jobs hold, in every format, and on whose word it stands."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

from graphkit.exports import ENDINGS
from graphkit.exports.tables import TABLES
from graphkit.jobs.schedule import line
from tests.jobs import job, loaded, on, read, runner


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> str:
    return loaded(tmp_path_factory.mktemp("held"))


def test_a_ranking_says_on_whose_word_it_stands(held: str, tmp_path: Path) -> None:
    ended = on(held, runner(tmp_path, job(formats=list(TABLES)))).by_hand("nightly")
    rows = json.loads(read(ended, "rank.json"))
    assert [row["id"] for row in rows] == ["ann", "fire", "org"]
    assert rows[0]["said_by"] == ["Ess Press", "Org"]
    assert rows[0]["sources"] == ["Ess"]
    assert "Central in these records does not mean important or guilty" in rows[0]["notice"]
    assert rows[0]["computed_on"].startswith("case c: 3 things, 2 relations")
    assert pl.read_parquet(io.BytesIO(read(ended, "rank.parquet"))).to_dicts() == rows
    told = list(csv.DictReader(io.StringIO(read(ended, "rank.csv").decode())))
    assert [row["id"] for row in told] == ["ann", "fire", "org"]


def test_claims_and_conflicts_name_claimant_and_source(held: str, tmp_path: Path) -> None:
    made = on(held, runner(tmp_path, job("all", "claims"), job("odds", "conflicts")))
    ended = made.by_hand("all")
    rows = {(row["property"], row["value"]): row for row in json.loads(read(ended, "claims.json"))}
    accused = rows["SUSPECTED_OF", "fire"]
    assert (accused["name"], accused["value_name"], accused["said_by"]) == ("Ann Able", "Fire", "Org")
    assert accused["alleged"] is True
    assert "suspected" in accused["says"]
    assert rows["killed", "3"]["said_by"] == "Ann Able"
    assert rows["killed", "2"]["said_by"] == "Ess Press"
    assert rows["EMPLOYED_BY", "org"]["confidence"] == 80
    assert {row["source_title"] for row in rows.values()} == {"Ess", "Tee"}
    assert b'"\'=clerk"' in read(ended, "claims.csv")
    (conflict,) = json.loads(read(made.by_hand("odds"), "conflicts.json"))
    assert conflict["says"] == "Fire, killed: 2 (Ess Press) or 3 (Ann Able)"
    assert conflict["said_sources"] == ["s", "t"]


def test_every_graph_format_is_written_and_can_be_read(held: str, tmp_path: Path) -> None:
    made = on(
        held,
        runner(tmp_path, job("g", "graph", formats=list(ENDINGS)), job("a", "graph", formats=["json"], around=["org"])),
    )
    ended = made.by_hand("g")
    assert {one["path"] for one in ended.files} == {f"graph{ending}" for ending in ENDINGS.values()}
    for graph in (
        nx.read_graphml(io.BytesIO(read(ended, "graph.graphml"))),
        nx.read_gexf(io.BytesIO(read(ended, "graph.gexf"))),
    ):
        assert set(graph) == {"ann", "org", "fire"}
        assert graph.edges["ann", "fire"]["alleged"] is True
    assert {node["id"] for node in json.loads(read(ended, "graph.json"))["nodes"]} == {"ann", "org", "fire"}
    assert b"default-src 'none'" in read(ended, "graph.html")
    assert [one["rows"] for one in made.by_hand("a").files] == [2]


def test_a_query_is_a_table_and_says_when_it_was_cut(held: str, tmp_path: Path) -> None:
    asked = job("q", "query", cypher="MATCH (p:Entity) WHERE p.id <> $no RETURN p.id AS id, labels(p) AS l ORDER BY id",
                params={"no": "ann"}, limit=1)  # fmt: skip
    ended = on(held, runner(tmp_path, asked)).by_hand("q")
    assert len(json.loads(read(ended, "query.json"))) == 1
    assert ended.message == "only the first 1 rows; raise limit for more"
    assert ended.message in line(ended)
