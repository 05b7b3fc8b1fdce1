"""Inputs tried on a target until its seconds are over, and what of the promise they broke."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.apart import Apart
from tests.fuzz.promise import Broken
from tests.fuzz.targets import Target

_ROUND = 50
_VALUES = re.compile(r"\d+|'[^']*'|\"[^\"]*\"|<[^>]*>|\S{30,}")
Judge = Callable[[Target, Path], str]


@dataclass(slots=True)
class Tried:
    """How many inputs were tried, how many of them were refused as a whole, and the smallest for each break."""

    inputs: int = 0
    refused: int = 0
    seconds: float = 0
    broken: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def failed(self, sentence: str, content: bytes) -> None:
        """Note a break; of those that are said alike the smallest input is kept."""
        lines = sentence.splitlines()
        where = [line for line in lines if "/graphkit/" in line][-1:]
        key = _VALUES.sub("#", " ".join([lines[0][:90], *where]))
        if key not in self.broken or len(content) < len(self.broken[key][1]):
            self.broken[key] = sentence, content


def here(target: Target, path: Path) -> str:
    """Judge in this process."""
    return target.judge(path).refusal


def rounds(target: Target, judge: Judge, path: Path, seeds: Iterator[int], seconds: float, most: int) -> Tried:
    """Try inputs, a round for each seed, until the seconds or the inputs are over."""
    tried = Tried()
    started = time.monotonic()

    def one(content: bytes) -> None:
        if time.monotonic() - started > seconds:
            return
        path.write_bytes(content)
        tried.inputs += 1
        try:
            tried.refused += bool(judge(target, path))
        except Broken as problem:
            tried.failed(str(problem), content)

    inputs = target.inputs()
    while time.monotonic() - started < seconds and tried.inputs < most:
        chosen = settings(
            max_examples=min(_ROUND, most - tried.inputs),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        seed(next(seeds))(chosen(given(inputs)(one)))()
    tried.seconds = time.monotonic() - started
    return tried


def apart_or_here(target: Target, apart: Apart) -> Judge:
    """Return what judges: another process where libraries may end the whole of it."""
    return (lambda target, path: apart.judge(target.name, path)) if target.apart else here
