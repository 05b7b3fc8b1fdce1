"""What operators use again: which of their sites share a thing, and where they slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from bench.worlds.other.chance import clipped, weighted

T = TypeVar("T")
Key = tuple[str | int, ...]
ALL: Key = ("op",)
OLD: Key = ("legacy",)

# How much more careful operators are with a thing than with others.
_CAUTION = {
    "ident": -0.02, "email": 0.1, "phone": 0.08, "name": 0.25, "host": -0.06, "ns": 0.05, "cert": 0.12,
    "tracker": -0.03, "icon": 0.0, "org": 0.2,
}  # fmt: skip


@dataclass(slots=True)
class Planned:
    """A site that is to be: when, in which line of successors, and after which."""

    begins: int
    ends: int
    line: int
    before: Planned | None
    domain: str = ""


class Sharing:
    """The things of an operator. Sites with the same key for a thing have the same."""

    def __init__(self, chance: Random, care: float, plan: Sequence[Planned], slips: float) -> None:
        self._scopes = {what: _scope(chance, care, bonus) for what, bonus in _CAUTION.items()}
        self._keys = list(self._keys_of(chance, plan, slips))
        self._made: dict[tuple[str, Key], Any] = {}

    def alone(self, what: str) -> bool:
        """Return whether each site has its own."""
        return self._scopes[what] == "site"

    def key(self, what: str, number: int) -> Key:
        return self._keys[number][what]

    def one(self, what: str, key: Key, make: Callable[[], T]) -> T:
        """Return what sites with this key have, made for the first of them."""
        if (what, key) not in self._made:
            self._made[what, key] = make()
        made: T = self._made[what, key]
        return made

    def _keys_of(self, chance: Random, plan: Sequence[Planned], slips: float) -> Iterator[dict[str, Key]]:
        changes = {what: chance.uniform(0.05, 0.22) for what in self._scopes}
        raids, epoch = chance.uniform(0.0, 0.06), 0
        runs, epochs = dict.fromkeys(self._scopes, 0), dict.fromkeys(self._scopes, 0)
        for number, site in enumerate(plan):
            if number and chance.random() < raids:
                epoch += 1
            keys: dict[str, Key] = {}
            for what, scope in self._scopes.items():
                if number and chance.random() < changes[what]:
                    runs[what] += 1
                if number and chance.random() < 0.03:
                    epochs[what] += 1
                possible: dict[str, Key] = {
                    "op": ALL,
                    "epoch": ("e", epoch, epochs[what]),
                    "cell": ("c", site.line),
                    "run": ("r", runs[what]),
                    "site": ("s", number),
                }
                keys[what] = possible[scope]
                if scope != "op" and chance.random() < slips:
                    keys[what] = ("e", 0, 0) if scope == "epoch" else OLD
            yield keys


def _scope(chance: Random, care: float, bonus: float) -> str:
    """Return which sites share a thing: one, all, those between two raids, of a line, or of a run of sites."""
    care = clipped(care + chance.gauss(-0.01, 0.1) + bonus)
    if chance.random() < care**1.15:
        return "site"
    return weighted(chance, [("op", 7 * (1 - care) + 0.1), ("epoch", 1.0), ("cell", 0.4), ("run", 0.3)])
