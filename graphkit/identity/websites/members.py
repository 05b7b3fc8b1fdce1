"""Which sites have which values, as arrays: by value and by site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.identity.websites.cleaned import DAMPED
from graphkit.identity.websites.observed import KINDS, NUMBERS, TOLD, Family, Observed
from graphkit.identity.websites.parts import PARTS

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
ALWAYS = (np.iinfo(np.int32).min, np.iinfo(np.int32).max)
CAPS = {Family.CONTACT: 60, Family.IDENTITY: 60, Family.CONTENT: 60, Family.HOSTING: 32, Family.OTHER: 60}
"""On how many sites a value of a family still tells something."""
EVERY = np.iinfo(np.int32).max
MOST = {"registrar": EVERY}
"""The same of kinds of which another number holds than of their family."""
SILENT = ("stem", "created", "registrar", "mail-domain", "ns-zone")
"""Kinds of which a value that two sites share does not by itself lead to comparing them."""
PAIRS = 1_000_000
"""How many pairs are looked at, at most about; values on many sites are left out first."""


@dataclass(frozen=True)
class Members:
    """Values that several sites have, numbered from those on fewest sites on.

    ``sites`` are domains, sorted; ``values`` has kind, value and n, how many sites have it, one row a value.
    ``pointers`` says for each value where in ``site``, ``begins`` and ``ends`` its members are, by site. ``counts`` is
    false for values on too many sites to tell anything.
    """

    sites: list[str]
    values: pl.DataFrame
    pointers: Longs
    site: Ints
    begins: Ints
    ends: Ints
    present: NDArray[np.bool_]
    """One row a site and one column a kind: whether anything of the kind is known of it."""

    @cached_property
    def kinds(self) -> Longs:
        """The number of the kind of each value."""
        return self.values["kind"].replace_strict(NUMBERS, return_dtype=pl.Int64).to_numpy()

    @cached_property
    def sizes(self) -> Longs:
        """On how many sites each value is."""
        return self.values["n"].cast(pl.Int64).to_numpy()

    @cached_property
    def counts(self) -> NDArray[np.bool_]:
        """Whether each value is rare enough to tell something."""
        caps = np.array([MOST.get(kind, CAPS[family]) for kind, family in KINDS.items()])
        return self.sizes <= caps[self.kinds]

    def too_common(self) -> pl.DataFrame:
        """Return the values that are on too many sites to tell anything: kind, value, seen_on and why."""
        kinds = [kind for kind, family in KINDS.items() if family is not Family.OTHER and kind not in PARTS]
        common = self.values.filter(~pl.Series(self.counts, dtype=pl.Boolean) & pl.col("kind").is_in(kinds))
        why = pl.lit("on too many websites to tell")
        return common.select("kind", "value", seen_on=pl.col("n").cast(pl.UInt32), why=why).select(list(DAMPED))

    @cached_property
    def leads(self) -> NDArray[np.bool_]:
        """Whether pairs are looked at for having this value."""
        alone = np.array([kind not in SILENT for kind in KINDS])[self.kinds]
        cost = np.where(self.counts & alone, self.sizes * (self.sizes - 1) // 2, 0)
        return (cost > 0) & (np.cumsum(cost) <= PAIRS)

    @cached_property
    def of(self) -> Longs:
        """The number of the value of each member."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each site."""
        return {site: number for number, site in enumerate(self.sites)}

    @cached_property
    def by_site(self) -> tuple[Longs, Longs, Longs]:
        """Pointers for each site, the values it has, ascending, and where in ``site`` it stands for each."""
        order = np.lexsort((self.of, self.site))
        pointers = np.searchsorted(self.site[order], np.arange(len(self.sites) + 1))
        return pointers, self.of[order], order


def members(seen: Observed, values: pl.DataFrame) -> Members:
    """Return which sites have which of these values, which are cleaned and derived, text as in ``TOLD``."""
    sites = seen.lives["site"].unique().sort()
    numbered = pl.DataFrame({"site": sites.cast(TOLD["site"]), "number": np.arange(len(sites), dtype=np.int32)})
    rows = values.join(numbered, on="site")
    number, kind = rows["number"].to_numpy(), rows["kind"].to_physical().to_numpy()
    present = np.zeros((len(sites), len(KINDS)), dtype=bool)
    present[number, kind] = True
    many = max(len(sites), 1)
    which = (rows["value"].to_physical().to_numpy().astype(np.int64) * len(KINDS) + kind) * many + number
    order = np.argsort(which, kind="stable")
    which = which[order]
    first = _changes(which)
    begins = np.minimum.reduceat(rows["from"].fill_null(ALWAYS[0]).to_numpy()[order], first)
    ends = np.maximum.reduceat(rows["to"].fill_null(ALWAYS[1]).to_numpy()[order], first)
    value, site = np.divmod(which[first], many)
    starts = _changes(value)
    sizes = np.diff(starts, append=len(value))
    several = sizes > 1
    told = rows.select("kind", "value")[order[first[starts[several]]]].cast(pl.String())
    told = told.with_columns(n=sizes[several].astype(np.uint32), start=starts[several]).sort("n", "kind", "value")
    pointers = np.append(0, np.cumsum(told["n"].cast(pl.Int64).to_numpy())).astype(np.int64)
    at = np.arange(pointers[-1]) + np.repeat(told["start"].to_numpy() - pointers[:-1], np.diff(pointers))
    return Members(
        sites.to_list(), told.drop("start"), pointers, site[at].astype(np.int32), begins[at], ends[at], present
    )


def _changes(ascending: Longs) -> Longs:
    """Return where each value of an ascending array stands first."""
    return np.flatnonzero(np.diff(ascending, prepend=-1))
