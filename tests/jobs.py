"""A small case and jobs files for the tests of scheduled exports."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from graphkit import flow
from graphkit.jobs import file
from graphkit.jobs.history import History, Run
from graphkit.jobs.run import MANIFEST
from graphkit.jobs.running import Runner
from graphkit.last_used import LastUsed

RECORDS: list[dict[str, Any]] = [
    {"kind": "Source", "id": "s", "name": "Ess", "publisher": "Ess Press", "cases": ["c"]},
    {"kind": "Source", "id": "t", "name": "Tee", "cases": ["c"]},
    {"kind": "Person", "id": "ann", "name": "Ann Able", "position": "=clerk", "source": "s"},
    {"kind": "Organization", "id": "org", "name": "Org", "source": "t", "claimant": "ann"},
    {"kind": "Incident", "id": "fire", "name": "Fire", "killed": 2, "source": "s"},
    {"kind": "Incident", "id": "fire", "killed": 3, "source": "t", "claimant": "ann"},
    {"kind": "SUSPECTED_OF", "from": "ann", "to": "fire", "source": "t", "claimant": "org"},
    {"kind": "EMPLOYED_BY", "from": "ann", "to": "org", "source": "s", "confidence": 80},
]


def loaded(folder: Path, *more: dict[str, Any]) -> str:
    """Return the address of a new store that holds a small case."""
    records = folder / "records.jsonl"
    records.write_text("".join(json.dumps(record) + "\n" for record in [*RECORDS, *more]), encoding="utf-8")
    store = flow.store_at(str(folder / "graphkit.kgl"))
    assert not flow.load(store, [records], None, LastUsed(folder / "state")).rejects
    return store.address


def job(name: str = "nightly", what: str = "rank", **more: Any) -> dict[str, Any]:
    """Return a job as it stands in a file."""
    own: dict[str, Any] = {"metric": "degree"} if what == "rank" else {}
    return {
        "name": name, "schedule": "0 3 * * *", "what": what, "formats": ["csv", "json"], "destination": "exports",
        **own, **more,
    }  # fmt: skip


def jobs_file(folder: Path, *jobs: dict[str, Any], timezone: str = "UTC") -> Path:
    """Write a jobs file; JSON is YAML."""
    path = folder / "jobs.yaml"
    path.write_text(json.dumps({"timezone": timezone, "jobs": list(jobs)}), encoding="utf-8")
    return path


def runner(folder: Path, *jobs: dict[str, Any], **more: Any) -> Runner:
    """Return what runs these jobs on the store of a folder."""
    path = jobs_file(folder, *jobs)
    history = History(folder / "state", path)
    return Runner(str(folder / "graphkit.kgl"), file.read(path), history, **{"pauses": (), **more})


def on(held: str, made: Runner) -> Runner:
    """Return the same runner on another store."""
    return Runner(held, made.file, made.history, made.pauses, made.stopping)


def read(run: Run, name: str) -> bytes:
    """Return a file of a run."""
    return (Path(run.folder) / name).read_bytes()


def hours_ago(hours: int) -> tuple[str, str]:
    """Return a daily schedule that was due some hours ago, and the slot of then."""
    then = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=hours)
    return f"{then.minute} {then.hour} * * *", then.strftime("%Y-%m-%dT%H%MZ")


def known_since(history: History, path: Path, days: float) -> None:
    """Write down that the jobs of a file have been known for some days."""
    read = file.read(path)
    for one in read.jobs:
        history.seen(one.name, f"{one.schedule} {read.content.timezone}", datetime.now(UTC) - timedelta(days=days))


def exports(home: Path) -> list[str]:
    """Return the runs in the folder of a job; each is whole, its files are those of its manifest."""
    found = []
    for folder in sorted(home.iterdir()) if home.exists() else ():
        if (folder / MANIFEST).exists():
            manifest = json.loads((folder / MANIFEST).read_bytes())
            assert {one["path"] for one in manifest["files"]} | {MANIFEST} == {path.name for path in folder.iterdir()}
            for one in manifest["files"]:
                content = (folder / one["path"]).read_bytes()
                assert (hashlib.sha256(content).hexdigest(), len(content)) == (one["sha256"], one["bytes"])
        if not folder.name.startswith("."):
            assert (folder / MANIFEST).exists(), f"{folder} has no manifest"
            found.append(folder.name)
    return found
