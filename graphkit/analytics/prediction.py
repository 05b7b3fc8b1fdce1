"""Which things that are not linked share most. A reason to look, never a finding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from graphkit.analytics.metric import PLAIN, Counting, computed_on, links_for
from graphkit.errors import ChooseAgain, did_you_mean
from graphkit.graph.snapshot import Snapshot

MEASURES = {
    "adamic_adar": "what two share counts less the more others share it: Adamic and Adar, 2003",
    "resource_allocation": "as adamic_adar, and hubs count still less: Zhou, Lü and Zhang, 2009",
    "jaccard": "the share of all that either is linked to that both are: Jaccard, 1901",
    "common_neighbours": "how many things both are linked to: Newman, 2001",
}
"""How likely links are scored, by name."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Pairs of things that are not linked, the highest score first: ``a``, ``b``, ``score`` and how many they share."""

    pairs: pl.DataFrame
    computed_on: str


def likely(view: Snapshot, measure: str, top: int, persons: bool = False, counting: Counting = PLAIN) -> Likely:
    """Return the ``top`` pairs of things that no relation links and that are linked to the same things.

    All pairs two steps apart are looked at. Pairs with a person are left out unless ``persons`` asks for them: that
    somebody knows the same others as another says nothing against either. Liben-Nowell and Kleinberg, The
    Link-Prediction Problem for Social Networks, 2007.
    """
    from graphkit.analytics.kernels import pairs as kernel

    if measure not in MEASURES:
        known = ", ".join(MEASURES)
        raise ChooseAgain(f"No measure named '{measure}'.{did_you_mean(measure, MEASURES)} There are: {known}.")
    links = links_for(view, counting, "likely links")
    person = (view.things["kind"] == "Person").to_numpy()
    barred = np.zeros(links.n, dtype=bool) if persons else person
    low, high, scores = kernel.likely(links.out, measure, top, barred, counting.told)
    shared = kernel.scored(links.out, "common_neighbours", low, high).astype(np.int64)
    ids = view.things["id"]
    found = pl.DataFrame({"a": ids.gather(low), "b": ids.gather(high), "score": scores, "n_shared": shared})
    left = "" if persons else "; pairs with persons left out"
    return Likely(
        found, computed_on(view, f"exact; {measure}; all pairs two steps apart{left}; compiled loops", counting)
    )
