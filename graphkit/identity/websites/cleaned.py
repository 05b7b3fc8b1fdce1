"""Which values say nothing of who is behind a site: hidden ones, proxies, agents, and what everybody has."""

from __future__ import annotations

import polars as pl

from graphkit.identity.websites.observed import KINDS, REGISTRANT, Family
from graphkit.identity.websites.warned import warned
from graphkit.model.hidden import PATTERN

HIDDEN = PATTERN + r"|redacted|privacy|private registration|withheld|whoisguard|domains by proxy|data protected|^\W*$"
"""What registrants are called that hide, and what stands in place of them."""
PROXY_SHARE = 0.25
"""From which share of registrations on that hide something beside it a value is a proxy's."""
AGENTS = ((4, 0.2), (6, 0.5))
"""A contact of so many named sites of which fewer than this share has a name in common with another is an agent's."""
DAMPED = ("kind", "value", "seen_on", "why")


def cleaned(values: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the values that can tell something, and those that were left out: kind, value, seen_on and why."""
    found, telling = [_hidden(values)], values
    for judge in (warned, _proxies, _agents):
        found.append(judge(telling))
        telling = telling.join(found[-1], on=["kind", "value"], how="anti")
    counted = values.join(pl.concat(found), on=["kind", "value"]).group_by("kind", "value", "why")
    damped = counted.agg(seen_on=pl.col("site").n_unique()).select(list(DAMPED))
    return telling.join(found[0], on=["kind", "value"], how="anti"), damped


def _hidden(values: pl.DataFrame) -> pl.DataFrame:
    """Return values that say that something is hidden, or nothing at all."""
    distinct = values.filter(pl.col("kind").is_in(REGISTRANT)).select("kind", "value").unique()
    return distinct.filter(pl.col("value").str.contains(HIDDEN)).with_columns(why=pl.lit("hidden"))


def _proxies(values: pl.DataFrame) -> pl.DataFrame:
    """Return values that stand beside hidden ones: what a privacy proxy gives for all its customers."""
    typed = values.filter(pl.col("kind").is_in(REGISTRANT)).select("site", "kind", "value").unique()
    hides = typed.filter(pl.col("value").str.contains(HIDDEN)).select("site", hides=pl.lit(value=True)).unique()
    beside = typed.filter(~pl.col("value").str.contains(HIDDEN)).join(hides, on="site", how="left")
    counted = beside.group_by("kind", "value").agg(pl.len(), share=pl.col("hides").fill_null(value=False).mean())
    proxies = counted.filter((pl.col("len") > 1) & (pl.col("share") >= PROXY_SHARE))
    return proxies.select("kind", "value", why=pl.lit("given by a privacy proxy"))


def _agents(values: pl.DataFrame) -> pl.DataFrame:
    """Return contacts that stand for many names: those of an agent that registers for others."""
    of = {family: [kind for kind, one in KINDS.items() if one is family] for family in Family}
    contacts = values.filter(pl.col("kind").is_in(of[Family.CONTACT])).select("site", "kind", "value").unique()
    names = (
        values.filter(pl.col("kind").is_in(of[Family.IDENTITY])).select("site", called="kind", name="value").unique()
    )
    named = contacts.join(names, on="site")
    by_name = named.group_by("kind", "value", "called", "name").len()
    known = by_name.group_by("kind", "value").agg(
        pl.col("len").sum(), same=pl.col("len").filter(pl.col("len") > 1).sum()
    )
    counted = named.group_by("kind", "value").agg(sites=pl.col("site").n_unique())
    many = pl.any_horizontal(
        (pl.col("sites") >= sites) & (pl.col("same") < share * pl.col("len")) for sites, share in AGENTS
    )
    return (
        known.join(counted, on=["kind", "value"])
        .filter(many)
        .select("kind", "value", why=pl.lit("given for many names"))
    )
