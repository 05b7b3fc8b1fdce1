"""How well a relation is supported by what is said of it."""

from __future__ import annotations

from collections.abc import Iterable

CREDIBILITY = {1: 0.95, 2: 0.8, 3: 0.6, 4: 0.3, 5: 0.1}
RELIABILITY = {"A": 1.0, "B": 0.85, "C": 0.65, "D": 0.45, "E": 0.25}


def weight(confidence: int | None, credibility: int | None, reliability: str | None) -> float | None:
    """Return how much one claim supports what it says, 0 to 1, or None when nobody rated it.

    The claim's confidence counts, else its Admiralty credibility (1 to 5). A rated source discounts it
    (Shafer, A Mathematical Theory of Evidence, 1976, chapter 11); an unrated source leaves it as it is.
    """
    own = confidence / 100 if confidence is not None else CREDIBILITY.get(credibility or 6)
    return None if own is None else own * RELIABILITY.get(reliability or "", 1.0)


def support(claims: Iterable[tuple[str, str | None, float | None]]) -> float | None:
    """Return the support of a relation, 0 to 100, or None when no claim for it is rated.

    ``claims`` are (source root, claimant, weight) of the claims that assert or report it. Claims are
    independent when neither their sources rest on each other nor one claimant speaks in both; of claims
    that are not, the strongest counts. Independent ones are combined as simple support functions with
    Dempster's rule, 1 - prod(1 - w) (Shafer 1976, chapter 4), so more of them never lower it, and copies
    and order change nothing. Denials are not passed in: they set ``disputed`` and never raise support.
    """
    groups: list[tuple[set[tuple[str, str]], float]] = []
    for root, claimant, own in claims:
        if own is None:
            continue
        marks = {("source", root)} | ({("claimant", claimant)} if claimant else set())
        joined = [group for group in groups if group[0] & marks]
        groups = [group for group in groups if not group[0] & marks]
        groups.append((marks.union(*(g[0] for g in joined)), max([own, *(g[1] for g in joined)])))
    if not groups:
        return None
    doubt = 1.0
    for own in sorted(own for _, own in groups):
        doubt *= 1 - own
    return round(100 * (1 - doubt), 6)
