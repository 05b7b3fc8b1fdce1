"""What a store holds, and what it holds when that was handed over and loaded back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graphkit import flow
from graphkit.exports import ENDINGS
from graphkit.graph.scope import Scope
from graphkit.last_used import LastUsed
from graphkit.model.source import REGISTERS
from graphkit.stores import Store
from tests.ftm_entities import entities
from tests.stix import bundle

HANDED = [kind for kind in REGISTERS if kind not in ("Document", "Tombstone")]
"""The registers that are handed over: documents and what was erased are not."""

_WELL_FORMED = {"stix": bundle, "ftm": entities}
"""What finds that a file is as the standard of others asks."""

Held = dict[str, Any]
Back = Callable[..., Held]


def _rows(frame: Any) -> dict[str, dict[str, Any]]:
    return {row["id"]: {name: v for name, v in row.items() if v not in (None, [])} for row in frame.to_dicts()}


@pytest.fixture(scope="session")
def held(graph_of: Any, rebuilt: Any) -> Callable[[Store], Held]:
    """Return all that a store holds, but documents and tombstones."""

    def of(store: Store) -> Held:
        assert graph_of(store) == rebuilt(store)
        registers = {kind: _rows(store.register(kind)) for kind in HANDED}
        return {"claims": _rows(store.claims()), "graph": graph_of(store), **registers}

    return of


@pytest.fixture(scope="session")
def back(held: Any, emptied: Any, tmp_path_factory: Any) -> Back:
    """Export a scope of a store, load the file in its place, and return what the store holds then."""

    def loaded(store: Store, scope: Scope, name: str, around: list[str] | None = None) -> Held:
        folder = tmp_path_factory.mktemp("back")
        file = folder / f"case{ENDINGS[name]}"
        content = b"".join(flow.export(store, scope, name, around or ()))
        file.write_bytes(content)
        if name in _WELL_FORMED:
            _WELL_FORMED[name](content)
        emptied(store)
        report = flow.load(store, [file], None, LastUsed(folder / "state"))
        assert list(map(str, report.rejects)) == []
        assert report.refused_fields == 0
        return held(store)  # type: ignore[no-any-return]

    return loaded
