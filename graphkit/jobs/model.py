"""What a jobs file may say: jobs with a schedule, what they export, in which formats, and where to."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from graphkit import flow
from graphkit.analytics import METRICS, metric_named
from graphkit.errors import GraphkitError, did_you_mean
from graphkit.exports import ENDINGS
from graphkit.exports.tables import TABLES
from graphkit.jobs import cron
from graphkit.stores import guard

NAME = r"^[a-z0-9][a-z0-9-]{0,59}$"


def _kind(name: str) -> str:
    _chosen(lambda: flow.catalog().entity(name))
    return name


def _metric(name: str) -> str:
    _chosen(lambda: metric_named(name, METRICS))
    return name


def _chosen(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except GraphkitError as problem:
        raise ValueError(str(problem).rstrip(".")) from None


def _cypher(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write a query such as MATCH (p:Person) RETURN p.name")
    _chosen(lambda: guard.read_only(text))
    return text


def _destination(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must name a folder, such as exports/")
    try:
        Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"'{text[:60]}' is in the home of a user who is not known here") from None
    return text


def _params(given: dict[str, Any]) -> dict[str, Any]:
    for name, value in given.items():
        parts = value if isinstance(value, list) else [value]
        if not all(part is None or isinstance(part, str | int | float) for part in parts):
            raise ValueError(f"'{name[:40]}' must be text, a number, true, false or a list of these; quote dates")
        if any(isinstance(part, float) and not math.isfinite(part) for part in parts):
            raise ValueError(f"'{name[:40]}' must be a finite number")
    return given


def _among(known: Collection[str]) -> Callable[[list[str]], list[str]]:
    def checked(given: list[str]) -> list[str]:
        for name in given:
            if name not in known:
                near, there = did_you_mean(name, known), ", ".join(known)
                raise ValueError(f"no format named '{name[:40]}' here.{near} There are: {there}")
        if len(set(given)) < len(given):
            raise ValueError("names a format twice")
        return given

    return checked


def _shown(known: Collection[str]) -> Any:
    shown: JsonDict = {"items": {"type": "string", "enum": list(known)}, "uniqueItems": True}
    return Field(min_length=1, description="One file each.", json_schema_extra=shown)


def _schedule(text: str) -> str:
    cron.trigger(text, "UTC")
    return text


def _timezone(name: str) -> str:
    cron.zone(name)
    return name


Kind = Annotated[str, AfterValidator(_kind)]
Tables = Annotated[list[str], _shown(TABLES), AfterValidator(_among(TABLES))]
Graphs = Annotated[list[str], _shown(ENDINGS), AfterValidator(_among(ENDINGS))]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Job(_Part):
    name: str = Field(pattern=NAME, description="What the job and its folder are called: a-z, 0-9 and hyphens.")
    schedule: Annotated[str, AfterValidator(_schedule)] = Field(
        description='Five cron fields, such as "0 3 * * *": minute, hour, day of month, month, day of week.'
    )
    destination: Annotated[str, AfterValidator(_destination)] = Field(
        description="Folder; a relative one is relative to the jobs file. Runs go to DESTINATION/NAME/TIME/."
    )
    case: list[str] = Field(
        default=[], description="Cases to export together. Needed unless the store has exactly one."
    )
    keep: int | None = Field(default=None, ge=1, description="How many finished runs stay; without it all of them.")


class RankJob(_Job):
    """Things by a metric, as a table."""

    what: Literal["rank"]
    metric: Annotated[str, AfterValidator(_metric)] = Field(json_schema_extra={"enum": list(METRICS)})
    formats: Tables
    kind: Kind | None = Field(default=None, description="Only things of this kind, such as Person.")
    among: list[Kind] = Field(default=[], description="Count only relations between things of these kinds.")
    top: int | None = Field(default=None, ge=1, description="How many rows; without it all things.")


class GraphJob(_Job):
    """The graph of a case, or of what is around some things."""

    what: Literal["graph"]
    formats: Graphs
    around: list[str] = Field(default=[], description="Ids: only these things and what they are linked to.")


class QueryJob(_Job):
    """The answer to a Cypher query, as a table. Without cases it is asked of the whole store."""

    what: Literal["query"]
    formats: Tables
    cypher: Annotated[str, AfterValidator(_cypher)] = Field(description="Read-only Cypher.")
    params: Annotated[dict[str, Any], AfterValidator(_params)] = Field(
        default={}, description="Parameters of the query."
    )
    limit: int = Field(default=100_000, ge=1, description="At most this many rows; a longer answer is cut and says so.")
    timeout: Annotated[float, Field(strict=False)] = Field(default=60.0, ge=0.1, le=86_400, description="Seconds.")


class ClaimsJob(_Job):
    """All claims of a case, as a table."""

    what: Literal["claims"]
    formats: Tables


class ConflictsJob(_Job):
    """What sources contradict each other in, as a table."""

    what: Literal["conflicts"]
    formats: Tables


class RequestsJob(_Job):
    """Requests for removal and legal assistance, and what became of what they concern, as a table."""

    what: Literal["requests"]
    formats: Tables


class WebsitesJob(_Job):
    """Websites that share infrastructure, and why, as a table with one row a link."""

    what: Literal["websites"]
    formats: Tables


Job = RankJob | GraphJob | QueryJob | ClaimsJob | ConflictsJob | RequestsJob | WebsitesJob
KINDS: dict[str, type[_Job]] = {
    "rank": RankJob,
    "graph": GraphJob,
    "query": QueryJob,
    "claims": ClaimsJob,
    "conflicts": ConflictsJob,
    "requests": RequestsJob,
    "websites": WebsitesJob,
}


class Jobs(_Part):
    """Scheduled exports of graphkit."""

    timezone: Annotated[str, AfterValidator(_timezone)] = Field(
        default="UTC", description="Time zone of the schedules, such as Europe/Berlin."
    )
    jobs: list[Annotated[Job, Field(discriminator="what")]] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Jobs:
        names = [job.name for job in self.jobs]
        for place, name in enumerate(names):
            if names.index(name) < place:
                raise WrongPlace(("jobs", place, "name"), f"'{name}' is the name of an earlier job. Choose another")
        return self


class WrongPlace(ValueError):
    """Something is wrong at a place deeper in the file."""

    def __init__(self, loc: tuple[str | int, ...], problem: str) -> None:
        super().__init__(problem)
        self.loc = loc


def folder(job: Job, file: Path) -> Path:
    """Return the folder that the runs of a job go to."""
    return file.resolve().parent / Path(job.destination).expanduser() / job.name
