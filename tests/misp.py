"""MISP events, written short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.importing import Taken

EVENT, MAKER = "5c066053-0e94-46eb-9746-4b7d950d210f", "55f6ea5e-2c60-40e5-964f-47a8950d210f"
SHA256, MD5 = "9b23bfc35b18ed80104c496b2aa722b3e56ff9ceb9dae60d1aff7230321c1d12", "76bd79f774ae892fd6a30b6463050a91"
SOURCE, ORG = f"misp:{EVENT}", f"misp:{MAKER}"


def attribute(type_: Any, value: Any, uuid: str = "a1", **more: Any) -> dict[str, Any]:
    return {"uuid": uuid, "type": type_, "value": value, **more}


def event(*attributes: Any, objects: Sequence[Any] = (), **more: Any) -> dict[str, Any]:
    own = {"uuid": EVENT, "info": "Mail of harbours", "date": "2024-03-02", "Orgc": {"uuid": MAKER, "name": "CERT"}}
    return {"Event": own | {"Attribute": list(attributes), "Object": list(objects)} | more}


def object_(name: str, *attributes: tuple[str, str, str], uuid: str = "o1", **more: Any) -> dict[str, Any]:
    """Return an object; its attributes are given as part, type and value."""
    parts = [{"type": type_, "object_relation": part, "value": value} for part, type_, value in attributes]
    return {"uuid": uuid, "name": name, "Attribute": parts, **more}


def tags(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def made(found: Taken, *kinds: str) -> list[dict[str, Any]]:
    """Return records less their attribution, but for those of the source and its maker."""
    said = {"source", "claimant", "locator", "said_at", "note"}
    own = {SOURCE, ORG}
    rows = [record.data for record in found.records if record.data and record.data.get("id") not in own]
    return [{k: v for k, v in row.items() if k not in said} for row in rows if not kinds or row["kind"] in kinds]


def reference(to: str, word: str = "connects-to", **more: Any) -> dict[str, Any]:
    return {"uuid": "r1", "referenced_uuid": to, "relationship_type": word, **more}
