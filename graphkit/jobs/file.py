"""Reading a jobs file, and saying in one line each what is wrong with it and where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from graphkit.errors import ChooseAgain, FileUnreadable, did_you_mean
from graphkit.jobs import cron, model
from graphkit.jobs.model import KINDS, Job, Jobs, WrongPlace

MAX_FILE = 2**20


@dataclass(frozen=True)
class JobsFile:
    """A jobs file that was read: its good jobs, and in ``wrong`` one line on each thing that is wrong with others."""

    path: Path
    content: Jobs
    wrong: tuple[str, ...] = ()

    @property
    def jobs(self) -> list[Job]:
        """The good jobs in the order of the file."""
        return list(self.content.jobs)

    @cached_property
    def due(self) -> dict[str, cron.Due]:
        """When each job is due, by name."""
        return {job.name: cron.trigger(job.schedule, self.content.timezone) for job in self.jobs}

    def job(self, name: str) -> Job:
        """Return a job by name; ChooseAgain says what is wrong with it, or names those there are."""
        names = [job.name for job in self.jobs]
        if name in names:
            return self.jobs[names.index(name)]
        if of_it := self.wrong_with(name):
            raise ChooseAgain(of_it[0])
        near = did_you_mean(name, names)
        raise ChooseAgain(f"No job named '{name[:60]}' in {self.path}.{near} There are: {', '.join(names)}.")

    def wrong_with(self, name: str) -> list[str]:
        """Return what is wrong with the job of a name, one line each."""
        return [line for line in self.wrong if line.startswith(f"{self.path}: job '{name}': ")]

    def place(self, job: Job, key: str) -> str:
        """Return where a key of a job stands, for errors."""
        return f"{self.path}: job '{job.name}': {key}"

    def folder(self, job: Job) -> Path:
        """Return the folder that the runs of a job go to."""
        return model.folder(job, self.path)


def read(path: Path) -> JobsFile:
    """Return the jobs of a file, all of them good; FileUnreadable says what is wrong first, and how much more is."""
    found = sound(path)
    if found.wrong:
        raise _unreadable(path, found.wrong)
    return found


def sound(path: Path, another: str = "another with --jobs") -> JobsFile:
    """Return the good jobs of a file, and what is wrong with the others; FileUnreadable when there is no good one.

    ``another`` says how another file is named.
    """
    content = _parsed(path, another)
    jobs = content.get("jobs") if isinstance(content, dict) else None
    numbers = list(range(len(jobs))) if isinstance(jobs, list) else []
    lines: list[str] = []
    while True:
        kept = content | {"jobs": [jobs[number] for number in numbers]} if numbers and jobs else content
        try:
            return JobsFile(path, Jobs.model_validate(kept), tuple(lines))
        except UnicodeEncodeError:
            raise FileUnreadable(f"{path}: {_HALF}.") from None
        except ValidationError as problem:
            faults = [_said(error) for error in problem.errors()]
        bad = {_number(loc) for loc, _ in faults}
        lines += _lines(path, [(_as_in_file(loc, numbers), what) for loc, what in faults], jobs)
        numbers = [number for place, number in enumerate(numbers) if place not in bad]
        if None in bad or not numbers:
            raise _unreadable(path, lines)


def problems(path: Path) -> list[str]:
    """Return all that is wrong with a file, one line each."""
    try:
        return list(sound(path, "another file to check").wrong)
    except _Wrong as problem:
        return problem.lines
    except FileUnreadable as problem:
        return [str(problem)]


class _Wrong(FileUnreadable):
    """A jobs file without a good job; ``lines`` are all that is wrong with it."""

    def __init__(self, text: str, lines: list[str]) -> None:
        super().__init__(text)
        self.lines = lines


def _unreadable(path: Path, lines: Sequence[str]) -> FileUnreadable:
    rest = f" There is more: graphkit jobs check {path}" if len(lines) > 1 else ""
    return _Wrong(lines[0] + rest, list(lines))


Loc = tuple[str | int, ...]


def _number(loc: Loc) -> int | None:
    """Return the number of the job that a place is in, None when it is in none."""
    return loc[1] if len(loc) > 1 and loc[0] == "jobs" and isinstance(loc[1], int) else None


def _as_in_file(loc: Loc, numbers: Sequence[int]) -> Loc:
    number = _number(loc)
    return loc if number is None else (loc[0], numbers[number], *loc[2:])


def _lines(path: Path, faults: Iterable[tuple[Loc, str]], jobs: Any) -> list[str]:
    """Return one line on each fault, with its place in our words."""
    lines: list[str] = []
    for loc, what in faults:
        where = f":{_dotted(loc)}" if _number(loc) is None else f" {_which(loc, jobs)}"
        line = f"{path}:{where}: {what}" + ("" if what.endswith("?") else ".")
        lines.append("".join(char if char.isprintable() else " " for char in line))
    return list(dict.fromkeys(lines))


def _which(loc: Loc, jobs: Any) -> str:
    """Return a place in a job: the job by its name, or counted from 1 when it has none of its own."""
    number = _number(loc)
    assert number is not None
    names = [job.get("name") if isinstance(job, dict) else None for job in jobs]
    name = names[number]
    named = isinstance(name, str) and re.fullmatch(model.NAME, name) and names.count(name) == 1
    key = _dotted(loc[2:]) if len(loc) > 2 else ""
    return (f"job '{name}'" if named else f"job {number + 1}") + (f": {key}" if key else "")


def _said(error: Mapping[str, Any]) -> tuple[Loc, str]:
    """Return the place and the words of what pydantic found."""
    # The loc of a job is jobs, its number, and its kind, which is not a key of the file.
    loc = tuple(part for place, part in enumerate(error["loc"]) if place != 2 or error["loc"][0] != "jobs")
    reason, context = error["type"], error.get("ctx", {})
    if reason.startswith("union_tag"):
        given = str(context.get("tag", "")).strip("'")[:40]
        there = f"There are: {', '.join(KINDS)}"
        missing = f"is missing. {there}" if "tag" not in context else f"no export named '{given}'."
        return (*loc, "what"), missing if "tag" not in context else f"{missing}{_near(given, KINDS)} {there}"
    if reason == "extra_forbidden":
        known = _keys(error["loc"])
        key = str(loc[-1])[:60]
        return (*loc[:-1], key), f"there is no such key.{_near(key, known)} There are: {', '.join(known)}"
    cause = context.get("error")
    if isinstance(cause, WrongPlace):
        return cause.loc, str(cause).rstrip(".")
    return loc, str(cause).rstrip(".") if cause else _WORDS.get(reason, error["msg"]).format(**context)


def _dotted(loc: Loc) -> str:
    """Return a place as keys; entries of a list are counted from 1."""
    return ", ".join(f"entry {part + 1}" if isinstance(part, int) else part for part in loc) or "file"


def _near(wrong: str, known: Iterable[str]) -> str:
    return did_you_mean(wrong, known)


def _keys(loc: tuple[Any, ...]) -> list[str]:
    return list(KINDS[loc[2]].model_fields) if len(loc) > 2 else list(Jobs.model_fields)


_HALF = "holds half a character, such as \\ud800; write the character itself"
_WORDS = {
    "string_unicode": _HALF,
    "missing": "is missing",
    "string_type": "must be text; put it in quotes",
    "list_type": "must be a list, such as [a, b]",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "dict_type": "must hold names and values",
    "model_type": "must hold keys, such as jobs",
    "model_attributes_type": "must hold keys, such as name and schedule",
    "too_short": "must hold at least one",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_pattern_mismatch": "must be 1 to 60 of a-z, 0-9 and hyphens, and start with a letter or digit",
}


def quoted(text: str) -> str:
    """Return a text as it can stand in a jobs file."""
    return json.dumps(text, ensure_ascii=False)


class _Loader(yaml.SafeLoader):
    """YAML in which no key stands twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key.value, str):
                if key.value in seen:
                    twice = f"'{key.value[:40]}' stands twice"
                    raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _parsed(path: Path, another: str) -> Any:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
        if len(content) > MAX_FILE:
            raise FileUnreadable(f"{path}: is larger than {MAX_FILE // 2**20} MiB and no jobs file.")
        found = yaml.load(content.decode("utf-8"), _Loader)  # a SafeLoader
    except FileNotFoundError:
        raise FileUnreadable(f"{path}: there is no such file. Write one, or name {another}.") from None
    except OSError as problem:
        raise FileUnreadable(f"{path}: cannot be read: {problem.strerror}. Name {another}.") from problem
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise FileUnreadable(f"{path}:{line}: is not UTF-8 text. Save it as UTF-8.") from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        where = f"{mark.line + 1}:{mark.column + 1}: " if mark else ""
        hint = "Put schedules and texts with * : # in quotes, and indent with blanks."
        raise FileUnreadable(f"{path}:{where}is no YAML: {problem.problem}. {hint}") from problem
    except (yaml.YAMLError, ValueError) as problem:
        raise FileUnreadable(f"{path}: is no YAML: {' '.join(str(problem).split())}.") from problem
    except RecursionError:
        raise FileUnreadable(f"{path}: is nested too deep for a jobs file.") from None
    if found is None:
        raise FileUnreadable(f"{path}:jobs: is missing. Write jobs: and below it - name: and what it exports.")
    return found
