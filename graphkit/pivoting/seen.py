"""What a snapshot says of websites: which values they had, and when."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

import polars as pl
from rapidfuzz.distance import OSA

from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.derived import NEAR, keyed
from graphkit.identity.websites.observed import KINDS, LIVES, SERVICES, VALUES, Family, Observed
from graphkit.identity.websites.parts import parts
from graphkit.pivoting.bare import as_bare, bare
from graphkit.pivoting.told import REGISTRATION, day, told

_DOMAIN = "domain:"
_OWN = ["RESOLVES_TO", "USES_NS", "PRESENTS_CERT", "USES_ID", "REDIRECTS_TO"]
_NAMED_BY = ["REGISTRANT", "REGISTRAR"]
_NAMED = {"domain": "redirect"}
_KIND = r"^([a-z-]+):"
_COMPARED = [kind for kind, family in KINDS.items() if family is not Family.OTHER] + ["redirect", "registrar"]
SERVING = {
    "Identifier": ("service", r"(?i)proxy|privacy|parking|hosting|cdn|reseller|agency|registrar|default|shared"),
    "Host": ("network", r"(?i)proxy|parking|shared|\bcdn\b"),
}
"""The kinds of which sources say whose they are, in which property, and the words for what many share."""


def seen(view: Snapshot, rows: pl.DataFrame | None = None) -> Observed:
    """Return what is seen of the websites of a snapshot, by domain; ``rows`` are its ``observations``, if there."""
    rows = _in_order(observations(view) if rows is None else rows).select(list(VALUES))
    sites = lives(view)
    alone = rows.select("site").unique().join(sites, on="site", how="anti")
    undated = alone.with_columns(pl.lit(None, pl.Int32).alias(end) for end in ("from", "to"))
    return Observed(rows, pl.concat([sites, undated]).select(list(LIVES)), _services(view))


def lives(view: Snapshot, end: str = "to") -> pl.DataFrame:
    """Return the first and last day on which each website was seen, as in ``Observed``, one row a domain.

    With "from" as ``end`` it is one row a website, wherever that was reached.
    """
    dated = _dated(view, "HAS_DOMAIN", end)
    return dated.group_by("site", maintain_order=True).agg(pl.col("from").min(), pl.col("to").max())


def resolved(view: Snapshot) -> pl.DataFrame:
    """Return the first and last day on which each domain had an address, as ``lives``; it may go on without a last."""
    ended = pl.when(pl.col("to").is_not_null().all()).then(pl.col("to").max())
    had = _dated(view, "RESOLVES_TO", "from")
    return had.group_by("site", maintain_order=True).agg(pl.col("from").min(), ended.alias("to"))


def _dated(view: Snapshot, type_: str, end: str) -> pl.DataFrame:
    """Return when each relation of a type held, as site, which is at that end of it, from and to."""
    dated = view.relations.filter(pl.col("type") == type_).select(
        site=pl.col(end).str.replace(_KIND, ""), **{"from": _day("first_seen"), "to": _day("last_seen") - 1}
    )
    return _in_order(dated.with_columns(site=as_bare("site", bare(view))))


def as_written(damped: pl.DataFrame, observed: Observed) -> pl.DataFrame:
    """Return values that were compared, of which the names of registrants are as a source wrote them."""
    names = observed.values.filter(pl.col("kind").is_in(["registrant-name", "registrant-org"])).select("kind", "value")
    forms = keyed(names.unique().sort("kind", "value").with_columns(written="value"))
    first = forms.unique(["kind", "value"], keep="first", maintain_order=True)
    found = damped.join(first, on=["kind", "value"], how="left", maintain_order="left")
    return found.with_columns(value=pl.coalesce("written", "value")).drop("written")


def observations(view: Snapshot) -> pl.DataFrame:
    """Return one row for each value that a domain had: site, kind, value, from, to and the sources that say so."""
    relations = view.relations.select("type", "from", "to", "first_seen", "last_seen", "sources")
    own = relations.filter(pl.col("type").is_in(_OWN)).drop("type")
    of = relations.filter(pl.col("type") == "REGISTERED").select(registration="from", domain="to")
    named = (
        relations.filter(pl.col("type").is_in(_NAMED_BY)).rename({"from": "registration"}).join(of, on="registration")
    )
    both = pl.concat([own, named.select(pl.col("domain").alias("from"), "to", "first_seen", "last_seen", "sources")])
    observed = both.select(
        site=pl.col("from").str.strip_prefix(_DOMAIN),
        **_read("to"),
        **{"from": _day("first_seen"), "to": _day("last_seen") - 1},
        sources="sources",
    )
    every, www, redirects = pl.concat([observed, _created(view, relations)]), bare(view), pl.col("kind") == "redirect"
    value = pl.when(redirects).then(as_bare("value", www)).otherwise("value")
    called = every.with_columns(site=as_bare("site", www), value=value)
    return called.filter(~redirects | (pl.col("site") != pl.col("value")))


def _read(id_: str) -> dict[str, pl.Expr]:
    """Return kind and value of an id; one of no kind that is compared counts as a tracker, with its whole id."""
    kind = pl.col(id_).str.extract(_KIND).replace(_NAMED)
    known = kind.is_in(_COMPARED)
    value = pl.when(known).then(pl.col(id_).str.replace(_KIND, "")).otherwise(id_)
    return {"kind": pl.when(known).then(kind).otherwise(pl.lit("tracker")), "value": value}


def _services(view: Snapshot) -> pl.DataFrame:
    """Return the values of which a source says that many share them: kind, value and why."""
    found = [pl.DataFrame(schema=SERVICES)]
    for kind, (name, pattern) in SERVING.items():
        if kind in view.kinds and name in view.nodes_of(kind).columns:
            whose = view.nodes_of(kind).select("id", whose=name).explode("whose")
            rows = whose.filter(pl.col("whose").str.contains(pattern)).sort("id", "whose")
            found.append(rows.select(**_read("id"), why=pl.concat_str(pl.lit("said to be of a service: "), "whose")))
    return pl.concat(found)


def _created(view: Snapshot, relations: pl.DataFrame) -> pl.DataFrame:
    """Return the days on which domains were registered, as rows of ``observations`` that are undated themselves."""
    of = relations.filter(pl.col("type") == "REGISTERED").select("sources", id="from", site="to")
    created = told(view, REGISTRATION, ("id", "created"))
    days = created.select("id", value=day("created").dt.to_string("%Y-%m-%d")).drop_nulls()
    return of.join(days, on="id").select(
        pl.col("site").str.strip_prefix(_DOMAIN), pl.lit("created").alias("kind"), "value",
        *(pl.lit(None, pl.Int32).alias(end) for end in ("from", "to")), "sources",
    )  # fmt: skip


def _day(column: str) -> pl.Expr:
    return day(column).to_physical().cast(pl.Int32)


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows, of which those that end before they begin have no dates."""
    wrong = (pl.col("from") > pl.col("to")).fill_null(value=False)
    return rows.with_columns(pl.when(wrong).then(None).otherwise(end).alias(end) for end in ("from", "to"))


class Said:
    """What sources say some sites had: how a value is written, and who says so."""

    def __init__(self, written: pl.DataFrame, sites: Collection[str], values: Collection[tuple[str, str]]) -> None:
        """Read it out of ``observations``: of these sites, and of these values, each a kind and a value."""
        of_sites = written.filter(pl.col("site").is_in(list(sites)))
        compared = keyed(of_sites).with_columns(written=of_sites["value"])
        made = parts(compared).with_columns(written="value")
        wanted = pl.DataFrame([*values], {"kind": pl.String, "value": pl.String}, orient="row")
        near = compared.filter(pl.col("kind").is_in(list(NEAR.values())))
        shared = pl.concat([compared, made]).join(wanted, on=["kind", "value"], how="semi", maintain_order="left")
        rows = pl.concat([shared, near]).select("value", "site", "kind", "written", "sources")
        self._told: dict[tuple[str, str], dict[str, tuple[str, set[str]]]] = {}
        for key, site, kind, value, sources in rows.iter_rows():
            told = self._told.setdefault((site, kind), {}).setdefault(key, (value, set()))
            told[1].update(sources)

    def of(self, kind: str, value: str, sites: tuple[str, str]) -> tuple[str, list[str]]:
        """Return a value that two sites share as it is written, and the sources that say that either had it.

        Of values that are only nearly the same it is both, the nearest ones.
        """
        if kind in NEAR:
            pairs = list(product(*(self._told.get((site, NEAR[kind]), {}).values() for site in sites)))
            a, b = min(pairs, key=lambda pair: (OSA.distance(pair[0][0].lower(), pair[1][0].lower()), pair[0][0]))
            return f"{a[0]} / {b[0]}", sorted(a[1] | b[1])
        told = [self._told.get((site, kind), {}).get(value) for site in sites]
        known = [one for one in told if one]
        return (known[0][0] if known else value), sorted({source for one in known for source in one[1]})
