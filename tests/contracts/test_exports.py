"""Every hand-over says the same as the snapshot, hides whom it must hide, and runs nothing."""

from __future__ import annotations

import importlib
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import polars as pl
import pytest

from graphkit import flow
from graphkit.exports import EXPORTS, wording
from graphkit.graph.redact import redacted
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.stores import Store

MARKUP = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>"


def parsed(content: bytes) -> Any:
    return json.loads(content)


READ: dict[str, Callable[[bytes], Any]] = {
    "graphml": lambda content: nx.read_graphml(io.BytesIO(content), force_multigraph=True),
    "gexf": lambda content: nx.read_gexf(io.BytesIO(content)),
}
"""What opens the formats that are made for graph programs."""


def edges(graph: Any) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return ends, id and attributes of each edge, whichever kind of graph the reader made of it."""
    if graph.is_multigraph():
        return [(a, b, data.get("id", key), data) for a, b, key, data in graph.edges(keys=True, data=True)]
    return [(a, b, data["id"], data) for a, b, data in graph.edges(data=True)]


class _Page(HTMLParser):
    """Keeps what a browser would see: tags with attributes, table cells, the text outside scripts."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.shown = ""
        self._in: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "td"):
            self._in.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in[-1:] in (["script"], ["style"]):
            return
        self.shown += data
        if self._in[-1:] == ["td"]:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def handed(invented: Snapshot) -> dict[str, bytes]:
    """The invented case in every format."""
    return {name: flow.export_graph(invented, name) for name in EXPORTS}


@pytest.fixture
def marked(store: Store, load: Any) -> Snapshot:
    """A case with markup in every field that can hold words."""
    said = {"source": MARKUP, "claimant": f"o{MARKUP}", "locator": MARKUP, "summary": MARKUP, "note": MARKUP}
    report = load(
        store,
        {"kind": "Case", "id": f"c{MARKUP}", "name": MARKUP, "purpose": MARKUP},
        {"kind": "Source", "id": MARKUP, "name": f"N{MARKUP}", "publisher": MARKUP, "authors": [MARKUP], "note": MARKUP,
         "licence": MARKUP, "cases": [f"c{MARKUP}"], "url": "https://x.example/\"><script>alert(3)</script>"},
        {"kind": "Person", "id": f"p{MARKUP}", "name": f"P{MARKUP}", "position": MARKUP, "statement": MARKUP, **said},
        {"kind": "Organization", "id": f"o{MARKUP}", "name": f"O{MARKUP}", "source": MARKUP},
        {"kind": "EMPLOYED_BY", "from": f"p{MARKUP}", "to": f"o{MARKUP}", "role": MARKUP, **said},
    )  # fmt: skip
    assert list(map(str, report.rejects)) == []
    view = flow.snapshot(store, Scope((f"c{MARKUP}",)))
    assert len(view.relations) == 1
    return view


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_snapshot_makes_the_same_bytes(article: Snapshot, name: str) -> None:
    content = flow.export_graph(article, name)
    assert isinstance(content, bytes)
    assert len(content) > 1000
    assert content == flow.export_graph(article, name)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_banner_stands_on_invented_data_and_only_there(
    article: Snapshot, handed: dict[str, bytes], name: str
) -> None:
    assert wording.INVENTED.encode() in handed[name]
    assert wording.INVENTED.encode() not in flow.export_graph(article, name)
    assert wording.CAUTION.encode() in flow.export_graph(article, name)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_empty_case_can_be_handed_over(store: Store, load: Any, name: str) -> None:
    load(store, {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]})
    assert flow.export_graph(flow.snapshot(store, Scope(("c",))), name)


def test_a_part_is_only_that_part(article: Snapshot) -> None:
    centre = article.entities["id"][0]
    inside = {article.entities["id"][n] for n in article.around([centre], 1, 500)}
    assert 1 < len(inside) < len(article.entities)
    part = parsed(flow.export_graph(article, "json", [centre]))
    assert {node["id"] for node in part["nodes"]} == inside
    assert all({relation["from"], relation["to"]} <= inside for relation in part["relations"])
    page = _Page(flow.export_graph(article, "html", [centre]))
    assert f"{len(inside)} things of {len(article.entities)} in case" in page.shown


def test_json_is_the_snapshot(article: Snapshot, invented: Snapshot) -> None:
    for view in (article, invented):
        hidden, _ = redacted(view)
        document = parsed(flow.export_graph(view, "json"))
        assert set(document) == {"scope", "moment", "store_version", "notice", "nodes", "relations", "conflicts",
                                 "denials", "sources", "decisions"}  # fmt: skip
        assert (document["scope"], document["store_version"]) == (list(view.scope.cases), view.version)
        assert {node["id"]: node for node in document["nodes"]} == {n["id"]: n for n in hidden.entities.to_dicts()}
        assert document["sources"] == hidden.sources.filter(pl.col("n_claims") > 0).to_dicts()
        assert [{name: c[name] for name in c if name != "says"} for c in document["conflicts"]] == (
            hidden.conflicts.to_dicts()
        )
        assert {c["id"] for c in document["denials"]} == set(hidden.denials["id"])
        told = {relation["id"]: relation for relation in document["relations"]}
        given = {row["id"]: row for row in hidden.relations.to_dicts()}
        assert told.keys() == given.keys()
        for id_, row in given.items():
            said = {name: value for name, value in row.items() if value is not None}
            assert {name: told[id_][name] for name in said} == said
            assert set(told[id_]) - set(row) == {"says", "alleged"}


@pytest.mark.parametrize("name", EXPORTS)
def test_accusations_are_worded_as_allegations(invented: Snapshot, handed: dict[str, bytes], name: str) -> None:
    catalog = flow.catalog()
    accusing = [row for row in invented.relations.to_dicts() if wording.alleged(row, catalog)]
    kinds = {row["type"] for row in accusing}
    assert {"SUSPECTED_OF", "MEMBER_OF"} <= kinds
    content = handed[name].decode()
    for row in accusing:
        words = wording.phrase(row, catalog)
        assert re.search(r"\b(said|claim|alleg|suspected|according)", words), (
            f"{row['type']} is worded as fact: {words}"
        )
        assert words in content
    if name == "json":
        told = {relation["id"]: relation for relation in parsed(content.encode())["relations"]}
        assert all(told[row["id"]]["alleged"] is True and told[row["id"]]["claimants"] for row in accusing)
    elif name in READ:
        told = {key: relation for _, _, key, relation in edges(READ[name](handed[name]))}
        assert all(told[row["id"]]["alleged"] is True and told[row["id"]]["claimants"] for row in accusing)
        assert {id_ for id_, relation in told.items() if relation["alleged"]} == {row["id"] for row in accusing}
    else:
        assert sum("(alleged)" in cell for cell in _Page(content.encode()).cells) == len(accusing)


def test_html_asks_nothing_of_the_network(handed: dict[str, bytes], marked: Snapshot) -> None:
    for content in (handed["html"], flow.export_graph(marked, "html")):
        page = _Page(content)
        assert "link" not in {tag for tag, _ in page.tags}
        assert not {"iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.tags}
        for tag, attributes in page.tags:
            for where in ("src", "href", "action", "data", "srcset"):
                assert not attributes.get(where), f"<{tag} {where}>"
        policies = [a for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1
        policy = policies[0]["content"] or ""
        assert "default-src 'none'" in policy
        assert not re.search(r"https?:|\*|unsafe-eval", policy)
        assert page.tags.index(("meta", policies[0])) < next(
            n for n, (tag, _) in enumerate(page.tags) if tag == "script"
        )


def test_html_runs_no_markup_of_the_data(marked: Snapshot) -> None:
    page = _Page(flow.export_graph(marked, "html"))
    assert "img" not in {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert page.shown.count("alert(1)") > 5
    assert f"P{MARKUP}" in page.cells
    assert f"O{MARKUP}" in page.cells
    assert f"N{MARKUP}" in page.cells


def test_markup_adds_no_script_to_the_page(marked: Snapshot, article: Snapshot) -> None:
    def scripts(view: Snapshot) -> int:
        return sum(tag == "script" for tag, _ in _Page(flow.export_graph(view, "html")).tags)

    assert scripts(marked) == scripts(article)


def test_addresses_in_html_are_written_so_that_nobody_opens_them(marked: Snapshot) -> None:
    shown = _Page(flow.export_graph(marked, "html")).shown
    assert "hxxps://x[.]example/" in shown
    assert not re.search(r"https?://", shown)


def test_an_unknown_format_names_the_known_ones(article: Snapshot) -> None:
    with pytest.raises(flow.ChooseAgain, match="Did you mean 'html'"):
        flow.export_graph(article, "htm")


@pytest.fixture
def doubted(store: Store, load: Any) -> Snapshot:
    """A case with a denial, a retraction, contradicting numbers, and a source nobody uses around the person."""
    load(
        store,
        {"kind": "Source", "id": "s", "name": "Ess", "publisher": "Ess Press", "cases": ["c"]},
        {"kind": "Source", "id": "t", "name": "Tee", "cases": ["c"]},
        {"kind": "Source", "id": "silent", "name": "Silent", "cases": ["c"]},
        {"kind": "Person", "id": "ann", "name": "Ann Able", "source": "s"},
        {"kind": "Organization", "id": "org", "name": "Org", "source": "s"},
        {"kind": "Organization", "id": "far", "name": "Far", "source": "t"},
        {"kind": "Incident", "id": "fire", "name": "Fire", "killed": 2, "source": "t"},
        {"kind": "Incident", "id": "fire", "killed": 3, "source": "t"},
        {"kind": "EMPLOYED_BY", "from": "ann", "to": "org", "source": "s"},
        {"kind": "EMPLOYED_BY", "from": "ann", "to": "org", "source": "s", "stance": "denies", "claimant": "org",
         "locator": "page 7"},
        {"kind": "EMPLOYED_BY", "from": "ann", "to": "far", "source": "t", "stance": "retracts", "claimant": "far"},
    )  # fmt: skip
    return flow.snapshot(store, Scope(("c",)))


def test_what_is_disputed_denied_or_taken_back_goes_with_a_hand_over(doubted: Snapshot) -> None:
    page = _Page(flow.export_graph(doubted, "html"))
    says = wording.phrase({"type": "EMPLOYED_BY"}, flow.catalog())
    for cell in (f"Ann Able {says} Org", f"Ann Able {says} Far", "denies", "takes back", "page 7", "Ess"):
        assert cell in page.cells
    assert "Fire, killed: 2 (“Tee”) or 3 (“Tee”)" in page.cells
    assert "Whether Ann Able works for Org: said by Ess Press; denied by Org" in page.cells
    document = parsed(flow.export_graph(doubted, "json"))
    assert {(c["who"], c["stance"]) for c in document["denials"]} == {("Org", "denies"), ("Far", "retracts")}
    assert {c["property"] for c in document["conflicts"]} == {"killed", "EMPLOYED_BY"}


def test_doubts_about_what_is_not_shown_stay_out_of_a_hand_over(doubted: Snapshot) -> None:
    document = parsed(flow.export_graph(doubted, "json", ["org"]))
    assert [c["stance"] for c in document["denials"]] == ["denies"]
    assert [c["property"] for c in document["conflicts"]] == ["EMPLOYED_BY"]


def test_only_sources_that_say_something_of_what_is_shown_are_listed(doubted: Snapshot) -> None:
    whole = parsed(flow.export_graph(doubted, "json"))
    part = parsed(flow.export_graph(doubted, "json", ["org"]))
    assert [source["id"] for source in whole["sources"]] == ["s", "t"]
    assert [source["id"] for source in part["sources"]] == ["s"]


def test_a_relation_nobody_claims_is_said_by_the_publisher_or_the_source_itself(store: Store, load: Any) -> None:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "Ess", "publisher": "Ess Press", "cases": ["c"]},
        {"kind": "Source", "id": "t", "name": "Tee", "cases": ["c"]},
        *({"kind": "Organization", "id": id_, "name": id_, "source": "s"} for id_ in ("org", "far")),
        {"kind": "Person", "id": "ann", "name": "Ann Able", "source": "s"},
        {"kind": "EMPLOYED_BY", "from": "ann", "to": "org", "source": "s"},
        {"kind": "EMPLOYED_BY", "from": "ann", "to": "far", "source": "t"},
    )
    cells = _Page(flow.export_graph(flow.snapshot(store, Scope(("c",))), "html")).cells
    assert {"Ess Press", "“Tee”"} <= set(cells[:14])


def test_html_draws_the_most_linked_things_of_a_large_case(doubted: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("graphkit.exports.html"), "DRAWN", 2)
    content = flow.export_graph(doubted, "html")
    assert "2 of 4 things, the most linked; json has all" in _Page(content).shown
    assert '"id": "ann"' in content.decode()
    assert '"id": "fire"' not in content.decode()
