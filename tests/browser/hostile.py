"""Records whose every text tries to run as code or to reach out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphkit import flow

ATTACK = "<img src=x onerror=window.pwned=1></script><script>window.pwned=2</script>"
MARKDOWN = "![x](https://outside.invalid/a.png) [go](javascript:window.pwned=3) :red[x] $x$ https://outside.invalid"
TEXT_TYPES = ("text", "name", "opaque")


def _text(place: str) -> str:
    return f"{ATTACK} {MARKDOWN} {place}"


def _record(kind: Any, source: str) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": kind.name, "source": source, "claimant": "speaker" + ATTACK}
    record |= {name: _text(name) for name in ("summary", "note", "resolution", "locator")}
    for prop in kind.properties.values():
        if prop.type in TEXT_TYPES:
            record[prop.name] = _text(prop.name)
    return record


def write(folder: Path) -> Path:
    """Write a file with a record of every entity kind and relations between them; return the file."""
    source, catalog = "source" + ATTACK, flow.catalog()
    texts = {name: _text(name) for name in ("name", "publisher", "note", "licence")}
    records: list[dict[str, Any]] = [{"kind": "Case", "id": "hostile", "name": _text("case"), "purpose": _text("why")}]
    records += [{"kind": "Source", "id": source, "authors": [_text("author")], "cases": ["hostile"]} | texts]
    records += [{"kind": "Person", "id": "speaker" + ATTACK, "name": _text("speaker"), "source": source}]
    for kind in catalog.entities:
        if not kind.id_template:
            records.append(_record(kind, source) | {"id": f"{kind.name}{ATTACK}"})
    incident = {"kind": "Incident", "id": f"Incident{ATTACK}", "source": source}
    records += [incident | {"date": "2020-01-02"}, incident | {"date": "2021-05", "claimant": "speaker" + ATTACK}]
    for kind in catalog.relations:
        ends = [name for name in (*kind.edge.from_kinds, *kind.edge.to_kinds) if catalog[name].id_template]
        start, end = kind.edge.from_kinds[0], kind.edge.to_kinds[-1]
        if not ends and start != end:
            made = _record(kind, source) | {"from": f"{start}{ATTACK}", "to": f"{end}{ATTACK}"}
            records.append({name: value for name, value in made.items() if name != "id"})
    path = folder / "hostile.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
