"""Reading a jobs file, and saying in one line each what is wrong with it and where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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
    """A jobs file that was read and holds good jobs."""

    path: Path
    content: Jobs

    @property
    def jobs(self) -> list[Job]:
        """The jobs in the order of the file."""
        return list(self.content.jobs)

    @cached_property
    def due(self) -> dict[str, cron.Due]:
        """When each job is due, by name."""
        return {job.name: cron.trigger(job.schedule, self.content.timezone) for job in self.jobs}

    def job(self, name: str) -> Job:
        """Return a job by name; ChooseAgain names those there are."""
        names = [job.name for job in self.jobs]
        if name not in names:
            near = did_you_mean(name, names)
            raise ChooseAgain(f"No job named '{name[:60]}' in {self.path}.{near} There are: {', '.join(names)}.")
        return self.jobs[names.index(name)]

    def place(self, job: Job, key: str) -> str:
        """Return where a key of a job stands, for errors."""
        return f"{self.path}:jobs.{self.jobs.index(job)}.{key}"

    def folder(self, job: Job) -> Path:
        """Return the folder that the runs of a job go to."""
        return model.folder(job, self.path)


def read(path: Path) -> JobsFile:
    """Return the jobs of a file; FileUnreadable says what is wrong first, and how much more is."""
    try:
        return JobsFile(path, _validated(path))
    except ValidationError as problem:
        first, *more = wrong(path, problem)
        rest = f" There is more: graphkit jobs check {path}" if more else ""
        raise FileUnreadable(first + rest) from None


def problems(path: Path) -> list[str]:
    """Return all that is wrong with a file, one line each."""
    try:
        _validated(path)
    except ValidationError as problem:
        return wrong(path, problem)
    except FileUnreadable as problem:
        return [str(problem)]
    return []


def _validated(path: Path) -> Jobs:
    try:
        return Jobs.model_validate(_parsed(path))
    except UnicodeEncodeError:
        raise FileUnreadable(f"{path}: {_HALF}.") from None


def wrong(path: Path, problem: ValidationError) -> list[str]:
    """Return what pydantic found, one line each, in our words."""
    lines: list[str] = []
    for error in problem.errors():
        where, what = _said(error)
        line = f"{path}:{where}: {what}" + ("" if what.endswith("?") else ".")
        lines.append("".join(char if char.isprintable() else " " for char in line))
    return list(dict.fromkeys(lines))


def _said(error: Mapping[str, Any]) -> tuple[str, str]:
    # The loc of a job is jobs, its number, and its kind, which is not a key of the file.
    loc = [part for place, part in enumerate(error["loc"]) if place != 2 or error["loc"][0] != "jobs"]
    reason, context = error["type"], error.get("ctx", {})
    if reason.startswith("union_tag"):
        given = str(context.get("tag", "")).strip("'")[:40]
        there = f"There are: {', '.join(KINDS)}"
        missing = f"is missing. {there}" if "tag" not in context else f"no export named '{given}'."
        return _dotted([*loc, "what"]), missing if "tag" not in context else f"{missing}{_near(given, KINDS)} {there}"
    if reason == "extra_forbidden":
        known = _keys(error["loc"])
        key = str(loc[-1])[:60]
        return _dotted([*loc[:-1], key]), f"there is no such key.{_near(key, known)} There are: {', '.join(known)}"
    cause = context.get("error")
    if isinstance(cause, WrongPlace):
        return cause.place, str(cause).rstrip(".")
    return _dotted(loc), str(cause).rstrip(".") if cause else _WORDS.get(reason, error["msg"]).format(**context)


def _dotted(loc: Iterable[Any]) -> str:
    return ".".join(map(str, loc)) or "file"


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


def _parsed(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
        if len(content) > MAX_FILE:
            raise FileUnreadable(f"{path}: is larger than {MAX_FILE // 2**20} MiB and no jobs file.")
        found = yaml.load(content.decode("utf-8"), _Loader)  # a SafeLoader
    except FileNotFoundError:
        raise FileUnreadable(f"{path}: there is no such file. Write one, or name it with --jobs.") from None
    except OSError as problem:
        raise FileUnreadable(f"{path}: cannot be read: {problem.strerror}. Name another with --jobs.") from problem
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
