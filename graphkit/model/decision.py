"""Decisions of people: which are in force, and which of them contradict each other.

A decision is never changed or taken out. What undoes it is another decision, and so on; who undoes an undoing has
the first one back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from graphkit.model.linker import Linker


@dataclass(frozen=True, slots=True)
class Action:
    """What an action is on (thing, claim, source or decision), on how many at least, and the fields it has."""

    on: str
    least: int = 1
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    most: int | None = None


ACTIONS = {
    "merge": Action("thing", least=2, may=("keep",)),
    "split": Action("thing", least=2),
    "correct": Action("claim", needs=("by",), most=1),
    "withdraw": Action("claim"),
    "retract": Action("source"),
    "read": Action("thing", needs=("property", "value", "read_as"), most=1),
    "watch": Action("thing"),
    "undo": Action("decision"),
}
FIELDS = ("keep", "by", "property", "value", "read_as")
"""Fields that only some actions have."""

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Decisions in force that cannot all hold: their ids, what they are about, and what happens meanwhile."""

    decisions: tuple[str, ...]
    about: tuple[str, ...]
    problem: str

    def __str__(self) -> str:
        return f"Decisions contradict each other: {self.problem} until one is undone: {', '.join(self.decisions)}."


class Decided:
    """What the decisions of some cases add up to.

    Where decisions contradict each other nothing is chosen between them: things that people both merged and split
    stay apart, a value that is read in two ways is read as it is written, and two corrections of one claim both
    stand. ``contradictions`` names them.
    """

    def __init__(self, decisions: pl.DataFrame) -> None:
        self.entries: dict[str, Entry] = {entry["id"]: entry for entry in decisions.sort("when", "id").to_dicts()}

    @cached_property
    def undone_by(self) -> dict[str, str]:
        """The decisions that are undone, each with one that undoes it.

        What is undone by a decision that is itself undone holds again. Of decisions that undo each other in a
        circle, and of what they undo, none holds (grounded semantics; Dung, Artificial Intelligence 77, 1995).
        """
        undone, circling = self._undoing
        return undone | circling

    @cached_property
    def _undoing(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return what is undone, and what hangs on a circle of undoings, each with what undoes it."""
        undoers: dict[str, list[str]] = {id_: [] for id_ in self.entries}
        for entry in self.entries.values():
            for about in entry["about"] if entry["action"] == "undo" else ():
                undoers.get(about, []).append(entry["id"])
        holding: set[str] = set()
        undone: dict[str, str] = {}
        open_ = list(undoers)
        while settled := [id_ for id_ in open_ if _is_settled(undoers[id_], holding, undone)]:
            for id_ in settled:
                by = [undoer for undoer in undoers[id_] if undoer in holding]
                undone |= {id_: by[0]} if by else {}
                holding |= set() if by else {id_}
            open_ = [id_ for id_ in open_ if id_ not in holding and id_ not in undone]
        return undone, {id_: next(by for by in undoers[id_] if by in open_) for id_ in open_}

    @cached_property
    def in_force(self) -> list[Entry]:
        """The decisions that are not undone, by when and id."""
        return [entry for id_, entry in self.entries.items() if id_ not in self.undone_by]

    def of(self, *actions: str) -> list[Entry]:
        """Return the decisions in force of these actions."""
        return [entry for entry in self.in_force if entry["action"] in actions]

    @cached_property
    def linker(self) -> Linker:
        """Which things are read as one."""
        merges = [(entry["id"], entry["about"], entry["keep"]) for entry in self.of("merge")]
        return Linker.of(merges, [(entry["id"], entry["about"]) for entry in self.of("split")])

    @cached_property
    def out_by_claim(self) -> dict[str, str]:
        """The claims that are set aside for themselves, with the decision that did it."""
        return {id_: entry["id"] for entry in self.of("correct", "withdraw") for id_ in entry["about"]}

    @cached_property
    def out_by_source(self) -> dict[str, str]:
        """The sources that are retracted, with the decision that did it."""
        return {id_: entry["id"] for entry in self.of("retract") for id_ in entry["about"]}

    @cached_property
    def readings(self) -> dict[tuple[str, str, str], str]:
        """How values of properties of things are read, by the ids as they are read."""
        wordings = self._readings()
        return {key: next(iter(words)) for key, words in wordings.items() if len(words) == 1}

    def _readings(self) -> dict[tuple[str, str, str], dict[str, list[str]]]:
        found: dict[tuple[str, str, str], dict[str, list[str]]] = {}
        for entry in self.of("read"):
            key = (self.linker.read(entry["about"][0]), entry["property"], entry["value"])
            found.setdefault(key, {}).setdefault(entry["read_as"], []).append(entry["id"])
        return found

    def set_aside_by(self, claims: pl.DataFrame) -> pl.Series:
        """Return for each claim the decision that sets it aside, null where it stands.

        A claim that a correction made stands as long as a correction in force has it in place of another one.
        """
        placed = [entry["by"] for entry in self.of("correct")]
        undone = pl.when(~pl.col("id").is_in(placed)).then("made_by")
        out = pl.coalesce(_looked_up("id", self.out_by_claim), _looked_up("source", self.out_by_source), undone)
        return claims.select(set_aside_by=out)["set_aside_by"]

    def standing(self, claims: pl.DataFrame) -> pl.DataFrame:
        """Return the claims that no decision sets aside."""
        if not self.entries and claims["made_by"].null_count() == len(claims):
            return claims
        return claims.filter(self.set_aside_by(claims).is_null())

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """The decisions in force that cannot all hold."""
        return [*self._of_undoings(), *self._of_links(), *self._of_claims(), *self._of_readings()]

    def _of_undoings(self) -> Iterable[Contradiction]:
        circling = self._undoing[1]
        if circling:
            yield Contradiction(tuple(circling), (), "they undo each other in a circle. None of them holds")

    def _of_links(self) -> Iterable[Contradiction]:
        for clash in self.linker.clashes:
            yield Contradiction(clash.decisions, clash.ids, clash.problem)

    def _of_claims(self) -> Iterable[Contradiction]:
        by_claim: dict[str, list[Entry]] = {}
        for entry in self.of("correct", "withdraw"):
            for id_ in entry["about"]:
                by_claim.setdefault(id_, []).append(entry)
        for id_, entries in by_claim.items():
            replacements = {entry["by"] for entry in entries}
            if len(replacements) > 1:
                withdrawn = "; one withdraws it" if None in replacements else ""
                problem = f"claim {id_} is corrected in more than one way{withdrawn}. All that is in its place stands"
                yield Contradiction(tuple(entry["id"] for entry in entries), (id_,), problem)

    def _of_readings(self) -> Iterable[Contradiction]:
        for (about, name, value), readings in self._readings().items():
            if len(readings) > 1:
                ids = tuple(id_ for given in readings.values() for id_ in given)
                words = " and as ".join(f"'{text}'" for text in readings)
                problem = f"'{value}' as {name} of '{about}' is read as {words}. It stays as it is written"
                yield Contradiction(ids, (about,), problem)


def _is_settled(undoers: Sequence[str], holding: Collection[str], undone: Collection[str]) -> bool:
    """Say whether it is known if any of these undoers holds."""
    return any(by in holding for by in undoers) or all(by in undone for by in undoers)


def _looked_up(column: str, found: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(found, default=None, return_dtype=pl.String)
