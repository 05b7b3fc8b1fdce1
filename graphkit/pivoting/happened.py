"""What happened to websites, and when: seen, registered and hosted, and which requests concern them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from graphkit.graph.snapshot import Snapshot
from graphkit.pivoting.bare import bare
from graphkit.pivoting.told import REGISTRATION, REQUEST, day, told

EVENTS = {
    "website": pl.String(), "what": pl.String(), "value": pl.String(), "from": pl.Date(), "to": pl.Date(),
    "open": pl.Boolean(), "sources": pl.List(pl.String()),
}  # fmt: skip
SEEN, REGISTERED, HOSTED, ASKED = "seen", "registered", "hosted", "request"


def happened(view: Snapshot, websites: Sequence[str]) -> pl.DataFrame:
    """Return what happened to websites, by their domains, as ``EVENTS`` names the columns, in the order of time.

    Requests are those that concern a website or its domain, on the day they were sent; the first and last day are the
    same for what has no length, and null where no source tells. ``open`` is what began and of which no source tells an
    end, so that it may go on.
    """
    sites = pl.DataFrame({"website": list(websites)}, schema={"website": pl.String})
    www = bare(view)
    called = sites.select("website", called=pl.format("www.{}", "website")).filter(pl.col("called").is_in(list(www)))
    called = pl.concat([sites.with_columns(called="website"), called])
    by_domain, by_website = (
        called.select("website", id=pl.concat_str(pl.lit(f"{kind}:"), "called")) for kind in ("domain", "website")
    )
    by_either = pl.concat([by_domain, by_website])
    found = [_seen(view, by_domain), _registered(view, by_domain), _hosted(view, by_domain), _asked(view, by_either)]
    return pl.concat(found).unique().sort("from", "website", "what", "value", "to", nulls_last=True)


def last_day(events: pl.DataFrame, today: date) -> date | None:
    """Return the last day of which events tell, with the columns of ``EVENTS``, and none after today."""
    begun = events.filter(pl.col("from") <= today)
    return max((min(day, today) for end in ("from", "to") for day in begun[end].drop_nulls()), default=None)


def _related(view: Snapshot, type_: str, end: str, sites: pl.DataFrame) -> pl.DataFrame:
    rows = view.relations.filter(pl.col("type") == type_).join(sites, left_on=end, right_on="id")
    return rows.with_columns(**{"from day": day("first_seen"), "to day": day("last_seen").dt.offset_by("-1d")})


def _events(rows: pl.DataFrame, what: str, value: pl.Expr, first: pl.Expr, last: pl.Expr) -> pl.DataFrame:
    goes_on = first.is_not_null() & last.is_null()
    made = rows.select("website", pl.lit(what).alias("what"), value.alias("value"), first.alias("from"),
                       last.alias("to"), goes_on.alias("open"), "sources")  # fmt: skip
    return made.cast(EVENTS)  # type: ignore[arg-type]


def _seen(view: Snapshot, sites: pl.DataFrame) -> pl.DataFrame:
    rows = _related(view, "HAS_DOMAIN", "to", sites)
    return _events(rows, SEEN, pl.lit(""), pl.col("from day"), pl.col("to day"))


def _registered(view: Snapshot, sites: pl.DataFrame) -> pl.DataFrame:
    rows = _related(view, "REGISTERED", "to", sites)
    by = view.relations.filter(pl.col("type") == "REGISTRAR").select(registration="from", registrar="to")
    named = by.join(view.things.select("id", "name"), left_on="registrar", right_on="id")
    with_whom = named.group_by("registration").agg(pl.col("name").unique().sort().str.join(", "))
    created = told(view, REGISTRATION, ("id", "created")).with_columns(day=day("created")).drop_nulls("day")
    rows = rows.join(with_whom, left_on="from", right_on="registration", how="left")
    rows = rows.join(created, left_on="from", right_on="id", how="left")
    begun = pl.col("day").fill_null(pl.col("from day"))
    return _events(rows, REGISTERED, pl.col("name").fill_null("registrar not known"), begun, begun)


def _hosted(view: Snapshot, sites: pl.DataFrame) -> pl.DataFrame:
    rows = _related(view, "RESOLVES_TO", "from", sites)
    return _events(rows, HOSTED, pl.col("to").str.strip_prefix("host:"), pl.col("from day"), pl.col("to day"))


def _asked(view: Snapshot, sites: pl.DataFrame) -> pl.DataFrame:
    rows = _related(view, "CONCERNS", "to", sites)
    asks = told(view, REQUEST, ("id", "name", "sent"))
    sent = rows.join(asks, left_on="from", right_on="id", how="left").with_columns(day=day("sent"))
    return _events(sent, ASKED, pl.col("name").fill_null(pl.col("from")), pl.col("day"), pl.col("day"))
