"""A graph as one HTML file that opens anywhere and asks nothing of the network."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import polars as pl

from graphkit.exports import palette, wording
from graphkit.exports.network import network
from graphkit.exports.shown import Shown
from graphkit.graph.snapshot import Snapshot
from graphkit.model.decision import Decided
from graphkit.model.defanging import defang
from graphkit.model.schema import Catalog

if TYPE_CHECKING:
    from pyvis.network import Network

DRAWN = 1500
LETTER = 5.5
NAME = 40
_OUTSIDE = re.compile(r"<(link|script)[^>]*(jsdelivr|cdnjs)[^>]*?(/>|>\s*</script>)", re.S)
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
)


def html(view: Snapshot, nodes: Sequence[int], catalog: Catalog) -> bytes:
    """A picture with its legend, and the same relations and sources as tables, in one HTML file that opens offline."""
    shown = Shown(view, _most_linked(view, nodes))
    picture = network(view, shown.nodes, catalog)
    _leave_whole_words(picture)
    page = _OUTSIDE.sub("", picture.generate_html(notebook=False))
    head = (
        f'<head><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>graphkit: {escape(str(view.scope))}</title>{_STYLE}'
    )
    page = re.sub(r"<head>", lambda _: head, page, count=1)
    page = re.sub(r"<center>.*?</center>", "", page, flags=re.S)
    page = re.sub(r"<body>", lambda _: "<body>" + _header(shown, catalog), page, count=1)
    return re.sub(r"</body>", lambda _: _tables(shown, catalog) + "</body>", page, count=1).encode()


def _leave_whole_words(picture: Network) -> None:
    """Take the words off lines that are too short for them, or that lie on a line with words: no half sentences.

    A letter takes ``LETTER`` pixels of a line, and the names at its ends ``NAME`` together.
    """
    nodes = {node["id"]: node for node in picture.nodes}
    taken: set[frozenset[str]] = set()
    for edge in picture.edges:
        start, end = nodes[edge["from"]], nodes[edge["to"]]
        room = math.hypot(start["x"] - end["x"], start["y"] - end["y"]) - start["size"] - end["size"]
        ends = frozenset((edge["from"], edge["to"]))
        if ends in taken or LETTER * len(edge["label"]) > room - NAME:
            edge["label"] = " "
        else:
            taken.add(ends)


def _most_linked(view: Snapshot, nodes: Sequence[int]) -> Sequence[int]:
    if len(nodes) <= DRAWN:
        return nodes
    links = view.between(list(nodes)).select(id=pl.concat_list("from", "to")).explode("id")["id"].value_counts()
    degree = dict(links.iter_rows())
    ids = view.things["id"]
    return sorted(sorted(nodes, key=lambda node: (-degree.get(ids[node], 0), node))[:DRAWN])


def _header(shown: Shown, catalog: Catalog) -> str:
    view = shown.view
    kinds = shown.things["kind"].value_counts(sort=True).iter_rows()
    legend = "".join(
        f'<li><span style="color:{palette.colour(kind)}">{palette.glyph(kind)}</span> {escape(kind)} {count}</li>'
        for kind, count in kinds
    )
    relations = shown.relations.to_dicts()
    said = {"alleged": any(wording.alleged(r, catalog) for r in relations)}
    said["disputed"] = any(r["disputed"] for r in relations)
    marks = "".join(f'<li class="{mark}">┄ {mark}</li>' for mark, there in said.items() if there)
    banner = f'<p class="invented">{escape(wording.INVENTED)}</p>' if view.invented else ""
    count = f"{wording.plural(len(shown.things), 'thing')} of {len(view.things):,} in case {view.scope}"
    if len(shown.things) == DRAWN < len(view.things):
        count = f"{DRAWN:,} of {len(view.things):,} things, the most linked; json has all"
    return (
        f"<header>{banner}<h1>{escape(str(view.scope))}</h1><p>{escape(count)}. {escape(wording.CAUTION)}</p>"
        f'<ul class="legend">{legend}{marks}</ul></header>'
    )


def _tables(shown: Shown, catalog: Catalog) -> str:
    names = shown.names
    rows = [
        (
            names[r["from"]],
            wording.phrase(r, catalog) + (" (alleged)" if wording.alleged(r, catalog) else ""),
            names[r["to"]],
            wording.when(r),
            wording.backing(r),
            wording.speakers(r["claimants"], r["voices"], shown.called),
            shown.cited(r["sources"]),
        )
        for r in shown.relations.to_dicts()
    ]
    retracted = Decided(shown.view.decisions).out_by_source
    sources = [
        (s["name"], s["publisher"] or "", s["published"] or "", defang(s["url"] or ""), _noted(s, retracted))
        for s in shown.sources.to_dicts()
    ]
    return (
        "<section><h2>Relations</h2>"
        + _table(("From", "says the claim", "To", "When", "Rests on", "Said by", "Sources"), rows)
        + _doubts(shown, catalog)
        + "<h2>Sources</h2>"
        + _table(("Title", "Publisher", "Published", "Address", "Note"), sources)
        + _decisions(shown)
        + "</section>"
    )


def _noted(source: Mapping[str, Any], retracted: Container[str]) -> str:
    told = ["Retracted: nothing that it says counts."] if source["id"] in retracted else []
    return " ".join([*told, *([source["note"]] if source["note"] else [])])


def _doubts(shown: Shown, catalog: Catalog) -> str:
    disputed = [
        (wording.contradiction(c, shown.called, catalog), shown.cited(c["said_sources"]))
        for c in shown.conflicts.to_dicts()
    ]
    denied = [
        (*shown.denied(c, catalog), shown.titles.get(c["source"], c["source"]), c["locator"] or "")
        for c in shown.denials.to_dicts()
    ]
    header = ("Who", "Denies or takes back", "That", "Source", "Where")
    return ("<h2>Disputed</h2>" + _table(("What", "Sources"), disputed) if disputed else "") + (
        "<h2>Denied or taken back</h2>" + _table(header, denied) if denied else ""
    )


def _sources_of(decision: Mapping[str, Any]) -> Sequence[str]:
    about: Sequence[str] = decision["about"] if decision["action"] == "retract" else ()
    return about


def _decisions(shown: Shown) -> str:
    names = shown.titles | dict(shown.view.things.select("id", "name").iter_rows())
    rows = [
        (", ".join(names.get(id_, id_) for id_ in d["on"] or _sources_of(d)), wording.decided(d, names))
        for d in shown.view.decisions.to_dicts()
    ]
    return "<h2>Decisions</h2>" + _table(("On", "Decision"), rows) if rows else ""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_STYLE = """<style>
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0; color: #1d2430; background: #fff; }
header, section { padding: 14px 24px; } h1 { font-size: 22px; margin: 6px 0; } h2 { font-size: 17px; }
.invented { background: #fff3cd; border: 1px solid #e0b100; padding: 8px 12px; font-weight: 600; margin: 0; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 6px 0 0; }
.alleged { color: #b86e00; } .disputed { color: #d1242f; }
.card { border: 0 !important; border-top: 1px solid #d8dee7 !important; border-bottom: 1px solid #d8dee7 !important; }
#mynetwork { height: 72vh !important; border: 0 !important; float: none !important; background: #fff !important; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-bottom: 1px solid #e6eaf0; }
</style>"""
