"""When what sources say cannot all be so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import combinations, groupby, product
from operator import itemgetter

import polars as pl

from graphkit.model import interval
from graphkit.model.properties import BOUNDS
from graphkit.model.schema import Catalog, Property

TEXTS = pl.List(pl.String())
CONFLICT_COLUMNS: dict[str, pl.DataType] = {
    "about": pl.String(),
    "subject": pl.String(),
    "kind": pl.String(),
    "property": pl.String(),
    "values": TEXTS,
    "n_claims": pl.Int64(),
    "n_sources": pl.Int64(),
    "n_independent": pl.Int64(),
    "said_values": TEXTS,
    "said_stances": TEXTS,
    "said_sources": TEXTS,
    "said_claimants": TEXTS,
    "said_locators": TEXTS,
    "said_from": TEXTS,
    "said_to": TEXTS,
    "said_confidences": TEXTS,
    "said_credibilities": TEXTS,
    "said_origins": pl.List(pl.Int64()),
}

_SAID = {
    "said_values": "value",
    "said_stances": "stance",
    "said_sources": "source",
    "said_claimants": "claimant",
    "said_locators": "locator",
    "said_from": "valid_from",
    "said_to": "valid_to",
    "said_confidences": "confidence",
    "said_credibilities": "credibility",
}
_BOUND_WORDS = {"low": "at least ", "high": "at most "}


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim says: a value, the dates it holds from and to, and whether the claim denies it.

    ``bound`` is ``low`` or ``high`` where the value is the least or the most that a count can be.
    """

    value: str
    start: str | None
    end: str | None
    denies: bool
    bound: str = ""

    def opposes(self, other: Said, prop: Property | None) -> bool:
        """Say whether two claims on one property, or on one relation (None), cannot both be so."""
        if self.denies and other.denies:
            return False
        if self.denies or other.denies:
            alike = prop is None or (self.value, self.bound) == (other.value, other.bound)
        else:
            alike = prop is not None and not prop.many and self._excludes(other, prop)
        return alike and self._together(other)

    def _excludes(self, other: Said, prop: Property) -> bool:
        if self.value == other.value or (prop.steps and self._begins_apart(other)):
            return False
        if prop.type == "count":
            (low, high), (least, most) = self._range(), other._range()
            return low > most or least > high
        return prop.type != "date" or not interval.parse(self.value).overlaps(interval.parse(other.value))

    def _begins_apart(self, other: Said) -> bool:
        """Say whether two claims surely begin on different days."""
        if not self.start or not other.start:
            return False
        return not interval.parse(self.start).overlaps(interval.parse(other.start))

    def _range(self) -> tuple[float, float]:
        number = float(self.value)
        return 0 if self.bound == "high" else number, float("inf") if self.bound == "low" else number

    def _together(self, other: Said) -> bool:
        """Say whether two claims can hold at a common time; what says nothing of time holds at any."""
        own, its = interval.held(self.start, self.end), interval.held(other.start, other.end)
        return not (own and its) or own.overlaps(its)


def differ(prop: Property | None, said: Sequence[Said]) -> bool:
    """Say whether claims on one property contradict each other.

    They do when one denies what another says at a common time, and, for a property with one value, when two
    values exclude each other at a common time: dates that share no day, numbers and bounds of numbers that share
    no number, otherwise texts that are not equal. Values of a property with steps that begin on different days follow
    one another.
    ``prop`` None stands for a relation as such, of which only a denial can differ.
    """
    every = sorted(set(said), key=lambda one: str(astuple(one)))
    values, denied = [one for one in every if not one.denies], [one for one in every if one.denies]
    if any(one.opposes(other, prop) for one, other in product(denied, values)):
        return True
    if prop is None or prop.many:
        return False
    return any(one.opposes(other, prop) for one, other in combinations(values, 2))


def conflicts(standing: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return one row a contradiction among claims that nobody retracted, by ``about`` and property.

    The ``said_`` lists have one entry a claim that takes part: its value, stance, source, and claimant, locator,
    dates and ratings or an empty text. Claims whose sources rest on the same one in the end have the same number in
    ``said_origins``; ``n_independent`` counts these. A bound of a count is said in words, ``at least 20``, and takes
    part where another claim excludes it.
    """
    doubtful = _doubtful(standing, catalog).sort("about", "base", "value", "bound", "id")
    words = pl.col("bound").replace_strict(_BOUND_WORDS, default="", return_dtype=pl.String)
    taking_part = doubtful.filter(_take_part(doubtful, catalog)).with_columns(value=pl.concat_str(words, "value"))
    grouped = taking_part.group_by("about", property="base", maintain_order=True).agg(
        subject=pl.col("anchor").first(),
        kind=pl.col("kind").first(),
        values=pl.col("value").unique(maintain_order=True),
        n_claims=pl.len().cast(pl.Int64),
        n_sources=pl.col("source").n_unique().cast(pl.Int64),
        n_independent=pl.col("root").n_unique().cast(pl.Int64),
        said_origins=pl.col("root").rank("dense").cast(pl.Int64),
        **{name: pl.col(column).cast(pl.String).fill_null("") for name, column in _SAID.items()},
    )
    return grouped.select(list(CONFLICT_COLUMNS))


def _take_part(doubtful: pl.DataFrame, catalog: Catalog) -> pl.Series:
    """Say of each claim whether it takes part in a contradiction; a bound does where another claim excludes it."""
    taking: list[bool] = []
    parts = ("value", "valid_from", "valid_to", pl.col("stance") == "denies", "bound")
    rows = doubtful.select("about", "base", "kind", pl.col("object_kind").is_not_null(), *parts).iter_rows()
    for (_, name), claims in groupby(rows, key=itemgetter(0, 1)):
        group = list(claims)
        _, _, kind, is_link, *_ = group[0]
        prop = None if is_link else catalog[kind].properties.get(name)
        said = [Said(*row[4:]) for row in group]
        there = differ(prop, said)
        taking += [there and (not one.bound or any(one.opposes(other, prop) for other in said)) for one in said]
    return pl.Series(taking, dtype=pl.Boolean)


def _doubtful(standing: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return the claims on what somebody denies, or has one value and is given several.

    ``base`` is the property that a claim is on, ``bound`` is ``low`` or ``high`` for a bound of it, else empty.
    """
    single = _single(catalog)
    several = standing.filter(pl.col("object_kind").is_null()).select("about", "kind", "property", "value")
    several = several.join(single, on=["kind", "property"]).group_by("about", "base").agg(pl.col("value").n_unique())
    denied = _based(standing.filter(pl.col("stance") == "denies"), single)
    several = several.filter(pl.col("value") > 1)
    doubtful = pl.concat([frame.select("about", "base") for frame in (several, denied)]).unique()
    near = standing.join(doubtful.select("about").unique(), on="about", how="semi")
    return _based(near, single).join(doubtful, on=["about", "base"], how="semi")


def _based(claims: pl.DataFrame, single: pl.DataFrame) -> pl.DataFrame:
    joined = claims.join(single, on=["kind", "property"], how="left")
    return joined.with_columns(pl.coalesce("base", "property"), pl.col("bound").fill_null(""))


def _single(catalog: Catalog) -> pl.DataFrame:
    """Return the properties with one value, and the bounds of counts, each with the property it is on."""
    rows = []
    for kind in catalog:
        for name, prop in kind.properties.items():
            rows += [] if prop.many else [(kind.name, name, name, "")]
            bounds = [(bound, f"{name}_{bound}") for bound in BOUNDS]
            rows += [(kind.name, own, name, bound) for bound, own in bounds if own in kind.properties]
    names = dict.fromkeys(("kind", "property", "base", "bound"), pl.String)
    return pl.DataFrame(rows, schema=names, orient="row")
