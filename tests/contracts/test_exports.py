"""Every hand-over says the same as the snapshot, hides whom it must hide, and runs nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from graphkit import flow
from graphkit.exports import EXPORTS, wording
from graphkit.graph.redact import redacted
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.stores import Store

MARKUP = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>"
SECRET = "Zvonimir </td><b>Qwertz"


def parsed(content: bytes) -> Any:
    return json.loads(content)


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


@pytest.fixture
def guarded(store: Store, load: Any) -> Snapshot:
    """A case in which one person is protected and stands in every place a person can stand in."""
    said = {"source": "s"}
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]},
        {"kind": "Person", "id": "xyzzy-17", "name": SECRET, "protected": "witness", **said},
        {"kind": "Person", "id": "xyzzy-17", "name": f"{SECRET} II", "position": "plughdriver", **said},
        {"kind": "Person", "id": "xyzzy-17", "statement": "Saw the plughfire.", "claimant": "xyzzy-17", **said},
        {"kind": "Person", "id": "open", "name": "Open Person", **said},
        {"kind": "Organization", "id": "org", "name": "Org", **said},
        {"kind": "Incident", "id": "fire", "name": "Fire", "killed": 2, "claimant": "xyzzy-17", **said},
        {"kind": "Incident", "id": "fire", "killed": 3, **said},
        {"kind": "SUSPECTED_OF", "from": "xyzzy-17", "to": "fire", "claimant": "open", **said},
        {"kind": "MEMBER_OF", "from": "open", "to": "org", "claimant": "xyzzy-17", **said},
        {"kind": "MEMBER_OF", "from": "xyzzy-17", "to": "org", "claimant": "open", "stance": "denies", **said},
        {"kind": "MEMBER_OF", "from": "xyzzy-17", "to": "org", "claimant": "org", **said},
    )
    return flow.snapshot(store, Scope(("c",)))


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
def test_no_byte_of_a_protected_person_is_handed_over(guarded: Snapshot, name: str) -> None:
    whole = flow.export_graph(guarded, name)
    around = flow.export_graph(guarded, name, ["xyzzy-17"])
    for content in (whole, around):
        assert b"protected-person-1" in content
        for secret in (b"xyzzy", b"Zvonimir", b"Qwertz", b"plugh"):
            assert secret not in content
    assert b"Open Person" in whole
    assert b"Zvonimir" in json.dumps(guarded.entities.to_dicts()).encode()


@pytest.mark.parametrize("name", EXPORTS)
def test_unprotected_persons_keep_their_names(article: Snapshot, name: str) -> None:
    content = flow.export_graph(article, name).decode()
    for person in article.resolved.nodes["Person"]["name"]:
        assert person in content
    assert "protected-person" not in content


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
        assert set(document) == {"scope", "store_version", "notice", "nodes", "relations", "sources", "decisions"}
        assert (document["scope"], document["store_version"]) == (list(view.scope.cases), view.version)
        assert {node["id"]: node for node in document["nodes"]} == {n["id"]: n for n in hidden.entities.to_dicts()}
        assert document["sources"] == hidden.sources.to_dicts()
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
