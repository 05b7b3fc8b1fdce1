"""Graph files written out for tests, and what a load makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graphkit.ingest.batch import Batch, gather
from graphkit.ingest.files import Files, Understood
from graphkit.model.schema import Catalog
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
NOW = "2026-11-24T00:00:00+00:00"
GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">{}</graphml>'
)
GEXF = '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">{}</gexf>'


def graphml(items: str, keys: str = "", direction: str = "directed") -> str:
    """Return a GraphML file; ``data`` may name an attribute by its key without declaring it."""
    return GRAPHML.format(f'{keys}<graph edgedefault="{direction}">{items}</graph>')


def gexf(
    nodes: str, edges: str = "", head: str = "", graph: str = 'defaultedgetype="directed" timeformat="date"'
) -> str:
    """Return a GEXF file; ``attvalue`` may name an attribute without declaring it."""
    return GEXF.format(f"{head}<graph {graph}><nodes>{nodes}</nodes><edges>{edges}</edges></graph>")


def loaded(
    path: Path, claimant: str | None = None, source: str | None = None, known: Mapping[str, str] | None = None
) -> tuple[Batch, list[str]]:
    """Return what a load makes of a file, and the sentences on it."""
    kinds = known or {}
    files = Files([path], CATALOG, Understood(source, claimant))

    def kinds_of(ids: list[str]) -> dict[str, str]:
        return {id_: kinds[id_] for id_ in ids if id_ in kinds}

    batch = gather(files.records(kinds_of), CATALOG, kinds_of, NOW)
    assert batch.read == batch.accepted + len(batch.rejects)
    return batch, files.notes()


def said(batch: Batch) -> set[tuple[str, ...]]:
    """Return subject, property and value of each claim."""
    return set(batch.claims.select("subject", "property", "value").iter_rows())


def node(id_, **told):
    return f'<node id="{id_}">' + "".join(f'<data key="{n}">{v}</data>' for n, v in told.items()) + "</node>"


def edge(from_, to, directed=True, **told):
    data = "".join(f'<data key="{n}">{v}</data>' for n, v in told.items())
    return f'<edge source="{from_}" target="{to}" directed="{str(directed).lower()}">{data}</edge>'


def claims(batch):
    return batch.claims.to_dicts()


def rejected(batch):
    return [str(reject) for reject in batch.rejects]


PEOPLE = node("a", kind="Person", label="Ada") + node("o", kind="Organization", label="Port")


def loader(folder):
    """Return what loads a text as a file of a folder."""

    def load(content, name="net.graphml", **options):
        path = folder / name
        path.write_text(content, encoding="utf-8")
        return loaded(path, **options)

    return load
