"""``make fuzz``: random bad files for each reader; ``python -m tests.fuzz FILE`` tries one again."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.fuzz.apart import Apart
from tests.fuzz.promise import Broken
from tests.fuzz.targets import TARGETS, Target
from tests.fuzz.tried import Tried, rounds

FOUND = Path("fuzz-found")
_SHOWN = 1200


def main(given: list[str]) -> int:
    """Fuzz all targets, those named, or judge the files named; return 1 when the promise was broken."""
    files = [Path(one) for one in given if one not in TARGETS]
    with closing(Apart()) as apart:
        if files:
            return max([_again(path, apart) for path in files])
        seconds = float(os.environ.get("FUZZ_SECONDS") or 60)
        return max([_fuzzed(TARGETS[name], apart, seconds) for name in given or TARGETS])


def _again(path: Path, apart: Apart) -> int:
    name = path.name.rpartition("-")[0].replace("_", " ")
    if name not in TARGETS or not path.exists():
        print(f"{path}: must be a file named TARGET-NUMBER and its ending; targets are {', '.join(TARGETS)}.")
        return 1
    try:
        print(f"{path}: holds. {apart.judge(name, path)}")
    except Broken as problem:
        print(f"{path}: {problem}")
        return 1
    return 0


def _fuzzed(target: Target, apart: Apart, seconds: float) -> int:
    with tempfile.TemporaryDirectory(prefix="graphkit-fuzz-") as folder:
        tried = rounds(
            target, lambda one, path: apart.judge(one.name, path), Path(folder, target.file), _seeds(), seconds, 10**9
        )
    counts = f"{tried.inputs:>7,} inputs, {tried.inputs / tried.seconds:>4.0f} a second, {tried.refused:>7,} refused"
    print(f"{target.name:<14}{counts}, {len(tried.broken)} failures", flush=True)
    _keep(target, tried)
    return int(bool(tried.broken))


def _seeds() -> Iterator[int]:
    while True:
        yield random.getrandbits(32)


def _keep(target: Target, tried: Tried) -> None:
    """Write down what broke the promise, and say how to see it again."""
    for number, (sentence, content) in enumerate(tried.broken.values(), start=1):
        FOUND.mkdir(exist_ok=True)
        kept = FOUND / f"{target.name.replace(' ', '_')}-{number}{target.file.removeprefix('a')}"
        kept.write_bytes(content)
        print(f"  {sentence[:_SHOWN]}".replace("\n", "\n    "))
        print(f"  see it again: {sys.executable} -m tests.fuzz {kept}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
