"""Protected persons are in no byte of a scheduled export, whatever is asked."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphkit import flow
from graphkit.exports import ENDINGS
from graphkit.exports.tables import TABLES
from graphkit.graph.redact import redacted, redacted_claims, unnamed_rows
from graphkit.graph.scope import Scope
from graphkit.jobs.model import KINDS
from tests.jobs import job, loaded, runner

SECRET = 'Zvonimir "Zed" Qwertz'
HIDDEN: list[dict[str, Any]] = [
    {"kind": "Case", "id": "other", "name": f"On {SECRET}", "purpose": f"Find {SECRET}"},
    {"kind": "Source", "id": "u", "name": f"Talk with {SECRET}", "cases": ["c", "other"]},
    {"kind": "Person", "id": "xyzzy-17", "name": SECRET, "protected": "witness", "source": "s"},
    {"kind": "Person", "id": "xyzzy-17", "position": "plughdriver", "statement": "plugh saw it", "source": "u"},
    {"kind": "Identifier", "id": "handle:nightowl77", "service": "chat", "source": "u"},
    {"kind": "ALIAS_OF", "from": "handle:nightowl77", "to": "xyzzy-17", "claimant": "org", "source": "u"},
    {"kind": "Incident", "id": "fire", "killed": 5, "claimant": "xyzzy-17", "summary": "plugh counted", "source": "u"},
    {"kind": "SUSPECTED_OF", "from": "xyzzy-17", "to": "fire", "claimant": "org", "quote": "plugh", "source": "u"},
    {"kind": "MEMBER_OF", "from": "xyzzy-17", "to": "org", "claimant": "org", "stance": "denies", "source": "u"},
    {"kind": "EMPLOYED_BY", "from": "xyzzy-17", "to": "org", "role": "plughcook", "source": "u"},
    {
        "kind": "Request",
        "id": "r1",
        "name": f"Letter of {SECRET}",
        "statement": f"{SECRET} wrote",
        "claimant": "xyzzy-17",
        "source": "u",
    },
    {"kind": "MADE_REQUEST", "from": "xyzzy-17", "to": "r1", "source": "u"},
    {"kind": "ADDRESSED_TO", "from": "r1", "to": "ann", "source": "u"},
    {
        "kind": "REQUESTED_REMOVAL",
        "from": "xyzzy-17",
        "to": "org",
        "amount": "plugh",
        "outcome": "plugh",
        "source": "u",
    },
    {"kind": "Request", "id": "r2", "name": "A letter", "legal_basis": "law", "source": "s"},
    {"kind": "MADE_REQUEST", "from": "ann", "to": "r2", "source": "s"},
    {"kind": "Organization", "id": 'friends of zvonimir  "zed" QWERTZ', "name": f"Friends of {SECRET}", "source": "t"},
]
SECRETS = re.compile(r"xyzzy|zvonimir|qwertz|plugh|nightowl", re.I)
QUERIES = [
    "MATCH (n) RETURN n.id, n.name, n, labels(n) AS l",
    "MATCH (a)-[r]->(b) RETURN a.id, type(r), r, b.name, properties(r) AS all",
    'MATCH (c:Claim) RETURN c, {who: c.claimant, `Zvonimir "Zed" Qwertz`: 1} AS m',
    "MATCH (p:Person) WHERE p.name CONTAINS 'Qwertz' RETURN count(p) AS found",
    "RETURN 'Zvonimir \"Zed\" Qwertz, xyzzy-17' AS said, ['xyzzy-17'] AS ids, 1 AS `Zvonimir \"Zed\" Qwertz`",
    "MATCH (c:`Case`) RETURN c",
]


def texts(path: Path) -> str:
    """Return what stands in a file, decoded."""
    if path.suffix == ".parquet":
        return json.dumps(pl.read_parquet(io.BytesIO(path.read_bytes())).to_dicts(), ensure_ascii=False)
    content = path.read_text(encoding="utf-8")
    return re.sub(r"(?s)<script.*?</script>", "", content) + content if path.suffix == ".html" else content


def run(folder: Path, *jobs: dict[str, Any]) -> dict[str, str]:
    made, found = runner(folder, *jobs), {}
    for one in jobs:
        ended = made.by_hand(one["name"])
        assert ended.state == "done", ended.message
        for path in Path(ended.folder).iterdir():
            found[f"{one['name']}/{path.name}"] = texts(path)
    return found


@pytest.mark.parametrize("case", [["c"], ["c", "other"]])
@pytest.mark.parametrize("what", [what for what in KINDS if what != "query"])
def test_no_text_of_a_protected_person_is_in_any_job(tmp_path: Path, what: str, case: list[str]) -> None:
    loaded(tmp_path, *HIDDEN)
    found = run(tmp_path, job("one", what, case=case, formats=list(ENDINGS if what == "graph" else TABLES)))
    assert what == "websites" or any("Ann Able" in content for content in found.values())
    for name, content in found.items():
        assert not SECRETS.search(content), name
    if what in ("rank", "graph"):
        assert any("protected-person-2" in content for content in found.values())


def test_no_query_tells_anything_of_a_protected_person(tmp_path: Path) -> None:
    loaded(tmp_path, *HIDDEN)
    jobs = [job(f"q{n}", "query", formats=list(TABLES), cypher=cypher) for n, cypher in enumerate(QUERIES)]
    jobs.append(jobs[0] | {"name": "scoped", "case": ["c"]})
    found = run(tmp_path, *jobs)
    for name, content in found.items():
        assert not SECRETS.search(content), f"{name}: {content[:300]}"
    assert "protected-person-" in found["q0/query.json"]
    assert json.loads(found["q3/query.json"])[0]["found"] == 0
    assert {row["c"]["properties"]["id"] for row in map(_node, json.loads(found["q5/query.json"]))} == {"c", "other"}


def _node(row: dict[str, Any]) -> dict[str, Any]:
    return {name: json.loads(value) for name, value in row.items()}


def test_ids_that_are_hashes_of_a_protected_id_are_not_handed_over(tmp_path: Path) -> None:
    store = flow.store_at(loaded(tmp_path, *HIDDEN))
    scope = Scope(("c", "other"))
    view = flow.snapshot(store, scope)
    touched = store.claims().filter(
        pl.any_horizontal(
            pl.col(name).fill_null("") == "xyzzy-17" for name in ("subject", "anchor", "value", "claimant")
        )
    )
    ids = {*touched["id"], *touched.filter(pl.col("about").str.starts_with("rel:"))["about"]}
    assert len(ids) > 5
    shown = redacted_claims(view, store.claims())
    assert not ids & {*shown["id"], *shown["about"]}
    assert not ids & set(redacted(view)[0].relations["id"])
    found = run(tmp_path, job("q", "query", formats=["json"], cypher="MATCH (c:Claim) RETURN c.id, c.about"),
                job("all", "claims", formats=["json"], case=["c", "other"]))  # fmt: skip
    for content in found.values():
        assert not [id_ for id_ in ids if id_ in content]


def test_without_protected_persons_a_query_is_answered_as_it_is(tmp_path: Path) -> None:
    loaded(tmp_path)
    found = run(tmp_path, job("q", "query", cypher="MATCH (p:Person) RETURN p.name AS name, p.position AS position"))
    assert json.loads(found["q/query.json"]) == [{"name": "Ann Able", "position": ["=clerk"]}]


def test_a_query_with_cases_sees_nothing_of_others(tmp_path: Path) -> None:
    far = {"kind": "Source", "id": "v", "name": "Vee", "cases": ["far"]}
    loaded(tmp_path, far, {"kind": "Person", "id": "zoe", "name": "Zoe", "source": "v"})
    people = "MATCH (p:Person) RETURN p.id AS id ORDER BY id"
    found = run(tmp_path, job("all", "query", cypher=people), job("far", "query", cypher=people, case=["far"]))
    assert [row["id"] for row in json.loads(found["all/query.json"])] == ["ann", "zoe"]
    assert [row["id"] for row in json.loads(found["far/query.json"])] == ["zoe"]
    assert json.loads(found["all/manifest.json"])["scope"] == ["c", "far"]
    assert json.loads(found["far/manifest.json"])["scope"] == ["far"]


def test_names_are_taken_out_of_nested_values_keys_and_lists_and_numbers_stay(tmp_path: Path) -> None:
    view = flow.snapshot(flow.store_at(loaded(tmp_path, *HIDDEN)), Scope(("c",)))
    row = [1, 2.5, None, True, f"by {SECRET}.", [SECRET, 3, ["xyzzy-17"]], {SECRET: {"id": "xyzzy-17", "n": 4}}]
    assert unnamed_rows(view, [row]) == [
        [1, 2.5, None, True, "by Protected person.", ["Protected person", 3, ["protected-person-2"]],
         {"Protected person": {"id": "protected-person-2", "n": 4}}],
    ]  # fmt: skip
